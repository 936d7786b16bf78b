"""A member answers a request to withhold, for themselves alone (R5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.models import Council, Membership
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.results.judging.withholding import answers_to, roll_of, terms_of
from banso.results.models import STANCES, Consent, Withholding
from banso.results.permissions import ANSWER_WITHHOLDING
from banso.rulebook.japan import day_in_japan
from banso.rulebook.results.limits import next_review_on
from banso.rulebook.results.withholding import WITHHOLDING, Stance, may_respond
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor
    from banso.results.models import Roll


@command
def answer_withholding(
    *, actor: Actor, withholding_id: UUID, stance: str, read_sha256: str = "", at: datetime
) -> Consent:
    """Consent, refuse or take back; the last consent puts it in force or renews it.

    One refusal ends it, at a review too.
    `read_sha256` is of the text that stood before the member on a page. The council is locked,
    so that nobody joins or leaves between counting and committing.
    """
    withholdings = Withholding.objects.visible_to(actor)
    council = _locked_room(withholdings.get(pk=withholding_id).council_id)
    withholding = locked(withholdings).get(pk=withholding_id)
    withholding.council = council
    roll, answers = roll_of(withholding.council_id), answers_to(withholding)

    ANSWER_WITHHOLDING.require(actor, withholding)
    enforce(
        may_respond(
            response=STANCES[stance],
            stance=_last_said(withholding.answers_that_count(answers), actor.person_id),
            state=withholding.state_on(day_in_japan(at), roll, answers),
            in_office=True,
            for_self=True,
            under_review=withholding.is_under_review(day_in_japan(at)),
            has_text_changed=(read_sha256 or withholding.text_sha256)
            != withholding.text_version(),
        )
    )
    consent = Consent.objects.create(
        withholding=withholding,
        person_id=actor.person_id,
        stance=stance,
        text_sha256=withholding.text_sha256,
        roll_sha256=roll.version,
        at=at,
    )
    _take_state(withholding, roll, [*answers, consent], at=at)
    record(
        subject=withholding,
        clause=WITHHOLDING,
        details={
            "stance": stance,
            "text_sha256": consent.text_sha256,
            "roll_sha256": consent.roll_sha256,
        },
        sealed=True,
    )
    return consent


def _locked_room(council_id: UUID) -> Council:
    # The council's row keeps new invitations waiting; the memberships' rows, answers to earlier
    # ones and leaving.
    council = locked(Council.objects.filter(pk=council_id)).get()
    list(locked(Membership.objects.filter(council_id=council_id)))
    return council


def _last_said(answers: list[Consent], person_id: UUID) -> Stance:
    own = (answer for answer in reversed(answers) if answer.person_id == person_id)
    last = next(own, None)
    return STANCES[last.stance] if last else Stance.SILENT


def _take_state(
    withholding: Withholding, roll: Roll, answers: list[Consent], *, at: datetime
) -> None:
    day = day_in_japan(at)
    was_in_force = withholding.in_force_at is not None
    state = withholding.state_by_rule(day, roll, answers)
    withholding.state = state
    if state == "ended":
        withholding.ended_at = at
    elif state == "in-force" and not was_in_force:
        withholding.in_force_at = at
    elif state == "in-force" and withholding.is_consented_by_all(roll, answers):
        withholding.next_review_on = next_review_on(
            review_on=withholding.review_due_on,
            ends_on=withholding.ends_on,
            terms=terms_of(withholding.council_id, day),
        )
        withholding.renewed_at = at
    withholding.save(
        update_fields=["state", "ended_at", "in_force_at", "renewed_at", "next_review_on"]
    )
