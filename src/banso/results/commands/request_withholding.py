"""A ministry that is a member asks to keep a part of a planned result back (R6, R7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.models import Membership
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.results.judging.withholding import has_another_request, roll_of, terms_of
from banso.results.models import Consent, Result, Withholding
from banso.results.permissions import REQUEST_WITHHOLDING
from banso.rulebook.japan import day_in_japan
from banso.rulebook.results.limits import last_day_to_answer, may_withhold_part, withholding_period
from banso.rulebook.results.withholding import REQUEST, may_request_withholding
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
    clear_diversion: str,
    grave_effect: str,
    copy: str = "",
    ends_on: date,
    review_on: date,
    at: datetime,
) -> Withholding:
    """Ask the council of the result's concept; until everyone consents, the result is open.

    Asking is the asker's own consent (R6).
    """
    membership = (
        Membership.objects.in_office()
        .select_related("council__concept", "organisation")
        .get(council_id=council_id, person_id=actor.person_id)
    )
    concept = membership.council.concept
    results = Result.objects.visible_to(actor).filter(project__concept=concept)
    result = locked(results).get(pk=result_id)

    REQUEST_WITHHOLDING.require(actor, membership)
    terms = terms_of(council_id, day_in_japan(at))
    enforce(
        may_request_withholding(
            requester_kind=membership.organisation.kind,
            requester_is_member=True,
            is_published=result.published_at is not None,
            has_another_request=has_another_request(result, day_in_japan(at)),
            clear_diversion=clear_diversion,
            grave_effect=grave_effect,
            maturity=concept.maturity or None,
            has_foreseen_concern=concept.has_foreseen_concern,
        ),
        withholding_period(
            starts_on=day_in_japan(at),
            ends_on=ends_on,
            review_on=review_on,
            terms=terms,
        ),
        may_withhold_part(
            part=part,
            titles=(result.title_ja, result.title_en),
            summary=result.summary,
            copy=copy,
        ),
    )
    roll = roll_of(membership.council_id)
    withholding = Withholding(
        result=result,
        council_id=council_id,
        requested_by_id=actor.person_id,
        ministry=membership.organisation,
        part=part,
        reason=reason,
        copy=copy,
        clear_diversion=clear_diversion,
        grave_effect=grave_effect,
        answer_by_on=last_day_to_answer(starts_on=day_in_japan(at), terms=terms),
        ends_on=ends_on,
        review_on=review_on,
        roll=roll.in_office,
        requested_at=at,
    )
    withholding.text_sha256 = withholding.text_version()
    withholding.save()
    Consent.objects.create(
        withholding=withholding,
        person_id=actor.person_id,
        stance=Consent.Stance.CONSENT,
        text_sha256=withholding.text_sha256,
        roll_sha256=roll.version,
        at=at,
    )
    record(
        subject=withholding,
        clause=REQUEST,
        details={
            "result": result_id,
            "council": council_id,
            "ministry": membership.organisation_id,
            "text_sha256": withholding.text_sha256,
            "roll_sha256": roll.version,
            "ends_on": ends_on,
            "review_on": review_on,
            "answer_by_on": withholding.answer_by_on,
        },
    )
    return withholding
