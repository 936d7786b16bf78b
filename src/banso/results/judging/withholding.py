"""Who sits in a council, what they answered, and what its bylaws say, for the rules (R5 to R7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.models import BylawsEdition, Membership
from banso.results.models import Consent, Roll, Withholding
from banso.rulebook.japan import day_in_japan
from banso.rulebook.results.limits import Terms, terms_where_silent
from banso.rulebook.results.withholding import may_be_asked_for

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime
    from uuid import UUID

    from banso.results.models import Result
    from banso.rulebook.verdicts import Verdict


def roll_of(council_id: UUID) -> Roll:
    """Read who was ever in a council's room."""
    return rolls_of({council_id})[council_id]


def terms_of(council_id: UUID, day: date) -> Terms:
    """Read the longest terms of a council's bylaws; where these are silent, the default (R7)."""
    silent = terms_where_silent(day)
    bylaws = BylawsEdition.objects.filter(council_id=council_id).order_by("-number").first()
    if bylaws is None:
        return silent
    return Terms(
        end_months=bylaws.withholding_end_months or silent.end_months,
        review_months=bylaws.withholding_review_months or silent.review_months,
        answer_days=bylaws.withholding_answer_days or silent.answer_days,
    )


def request_about(result: Result, at: datetime) -> Verdict:
    """Tell whether a request about the result can be made now, before a word is written."""
    concept = result.project.concept
    return may_be_asked_for(
        is_published=result.published_at is not None,
        has_another_request=has_another_request(result, day_in_japan(at)),
        maturity=concept.maturity or None,
        has_foreseen_concern=concept.has_foreseen_concern,
    )


def has_another_request(result: Result, day: date) -> bool:
    """Tell whether a request about the result is open or in force on the day (R6)."""
    asked = result.withholdings.exclude(state=Withholding.State.ENDED).select_related("council")
    return any(
        one.state_on(day, roll_of(one.council_id), answers_to(one)) != "ended" for one in asked
    )


def answers_to(withholding: Withholding) -> list[Consent]:
    """Read every answer, for the rule alone: a viewer is shown no other than their own."""
    return answers_of({withholding.pk})[withholding.pk]


def rolls_of(council_ids: Collection[UUID]) -> dict[UUID, Roll]:
    """Read who was ever in the rooms of several councils, in one query."""
    places: dict[UUID, list[Membership]] = {council_id: [] for council_id in council_ids}
    joined = Membership.objects.filter(council_id__in=places, accepted_at__isnull=False)
    for place in joined:
        places[place.council_id].append(place)
    return {council_id: Roll(memberships) for council_id, memberships in places.items()}


def answers_of(withholding_ids: Collection[UUID]) -> dict[UUID, list[Consent]]:
    """Read every answer to several requests, the earliest first, in one query."""
    answers: dict[UUID, list[Consent]] = {one: [] for one in withholding_ids}
    for answer in Consent.objects.filter(withholding_id__in=answers).order_by("pk"):
        answers[answer.withholding_id].append(answer)
    return answers
