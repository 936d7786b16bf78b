"""A ministry that is a member asks to keep a part of a planned result back (R6, R7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.models import Membership
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.results.models import Result, Withholding
from banso.results.permissions import REQUEST_WITHHOLDING
from banso.results.queries import roll_of
from banso.rulebook.japan import day_in_japan
from banso.rulebook.results import REQUEST, may_request_withholding, withholding_period
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def request_withholding(
    *,
    actor: Actor,
    result_id: UUID,
    council_id: UUID,
    part: str,
    reason: str,
    states_clear_diversion: bool,
    states_grave_effect: bool,
    ends_on: date,
    review_on: date,
    at: datetime,
) -> Withholding:
    """Ask the council of the result's concept; until everyone consents, the result is open."""
    membership = (
        Membership.objects.in_office()
        .select_related("council__concept", "organisation")
        .get(council_id=council_id, person_id=actor.person_id)
    )
    concept = membership.council.concept
    results = Result.objects.visible_to(actor).filter(project__concept=concept)
    result = locked(results).get(pk=result_id)

    REQUEST_WITHHOLDING.require(actor, membership)
    enforce(
        may_request_withholding(
            requester_kind=membership.organisation.kind,
            requester_is_member=True,
            is_published=result.published_at is not None,
            states_clear_diversion=states_clear_diversion,
            states_grave_effect=states_grave_effect,
            maturity=concept.maturity or None,
            has_foreseen_concern=concept.has_foreseen_concern,
        ),
        withholding_period(
            starts_on=day_in_japan(at),
            ends_on=ends_on,
            review_on=review_on,
            part_length=len(part.strip()),
            whole_length=_length_of_the_whole(result, part),
        ),
    )
    withholding = Withholding(
        result=result,
        council_id=council_id,
        requested_by_id=actor.person_id,
        ministry=membership.organisation,
        part=part,
        reason=reason,
        ends_on=ends_on,
        review_on=review_on,
        roll=roll_of(membership.council_id).in_office,
        requested_at=at,
    )
    withholding.text_sha256 = withholding.text_version()
    withholding.save()
    record(
        actor_id=actor.person_id,
        act=REQUEST_WITHHOLDING.name,
        subject=withholding,
        clause=REQUEST,
        at=at,
        details={
            "result": result_id,
            "council": council_id,
            "ministry": membership.organisation_id,
            "text_sha256": withholding.text_sha256,
            "ends_on": ends_on,
            "review_on": review_on,
        },
    )
    return withholding


def _length_of_the_whole(result: Result, part: str) -> int:
    # The manuscript is not here. Whoever asks for all that the team wrote of it asks for the
    # whole; any other passage is a part of something longer.
    asked = part.strip()
    is_whole = asked in {result.title_ja.strip(), result.title_en.strip(), result.summary.strip()}
    return len(asked) if is_whole else len(asked) + 1
