"""Reading requests to withhold: each viewer sees one state and their own answer alone (R5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from banso.councils.models import sits_with
from banso.results.judging.withholding import answers_of, rolls_of
from banso.results.models import Consent, Withholding
from banso.rulebook.japan import day_in_japan
from banso.rulebook.results.limits import yearly_figures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from banso.councils.models import Membership
    from banso.people.actors import Actor
    from banso.results.models import Result, Roll
    from banso.rulebook.results.limits import YearlyFigures
    from banso.rulebook.results.withholding import WithholdingState

STANCE_CHOICES = Consent.Stance.choices


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """What the viewer last said to a request; void once its text or the council's roll changed."""

    is_asked: bool
    stance: str
    label: str
    is_void: bool

    @property
    def is_consent(self) -> bool:
        """Whether there is a consent that could be taken back."""
        return self.stance == Consent.Stance.CONSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class WithholdingSeen:
    """A request to withhold, its one state, and the viewer's own answer: nobody else's (R5)."""

    withholding: Withholding
    state: WithholdingState
    own: OwnAnswer
    is_author: bool
    is_asker: bool
    is_under_review: bool

    @property
    def pk(self) -> UUID:
        """The request's key, by which a list tells its rows apart."""
        return self.withholding.pk

    @property
    def state_label(self) -> StrOrPromise:
        """Name the state for people."""
        if self.state == "ended" and self.was_in_force:
            return _("Ended; the result is open again")
        return Withholding.State(self.state).label

    @property
    def was_in_force(self) -> bool:
        """Whether the part was withheld at any time."""
        return self.withholding.in_force_at is not None

    @property
    def takes_answers(self) -> bool:
        """Whether the viewer may answer now."""
        is_hearing = self.state == "open" or (self.state == "in-force" and self.is_under_review)
        return self.own.is_asked and is_hearing

    @property
    def may_take_back(self) -> bool:
        """Whether the viewer asked and can still take the request back (R6)."""
        return self.is_asker and self.own.is_asked and self.state != "ended"

    @property
    def waits_for_viewer(self) -> bool:
        """Whether nothing that the viewer said counts; silence leaves the result open."""
        return self.takes_answers and (not self.own.stance or self.own.is_void)


def requests_for(viewer: Actor) -> QuerySet[Withholding]:
    """List the requests that the viewer may read, newest first, as they are on record."""
    requests = Withholding.objects.visible_to(viewer).select_related(
        "result__project__concept", "council", "ministry"
    )
    return requests.order_by("-requested_at", "pk")


def withholdings_for(viewer: Actor, *, at: datetime) -> list[WithholdingSeen]:
    """List the requests that the viewer may read, newest first."""
    return as_seen(viewer, requests_for(viewer), at=at)


def withheld_by_year(at: datetime) -> list[YearlyFigures]:
    """Count requests to withhold in each fiscal year that is over, for the whole program (R7)."""
    today = day_in_japan(at)
    return yearly_figures([one.span_on(today) for one in Withholding.objects.all()], on=today)


def withholdings_to_answer(viewer: Actor, *, at: datetime) -> list[Withholding]:
    """List requests of the viewer's councils to which nothing that they said counts.

    Whether an answer counts hangs on the council's roll and on the review, so the rule is asked;
    about requests of the viewer's own rooms whose time to answer runs or that are in force.
    """
    today = day_in_japan(at)
    in_time = Q(answer_by_on=None) | Q(answer_by_on__gte=today)
    running = (Q(state=Withholding.State.OPEN) & in_time) | Q(state=Withholding.State.IN_FORCE)
    asked = requests_for(viewer).filter(
        running, Q(sits_with(viewer, "council_id")), ends_on__gt=today
    )
    return [seen.withholding for seen in as_seen(viewer, asked, at=at) if seen.waits_for_viewer]


def withholding_for(viewer: Actor, withholding_id: UUID, *, at: datetime) -> WithholdingSeen:
    """Find a request that the viewer may read."""
    [seen] = as_seen(viewer, [requests_for(viewer).get(pk=withholding_id)], at=at)
    return seen


def withholdings_of(viewer: Actor, result: Result, *, at: datetime) -> list[WithholdingSeen]:
    """List the requests about one result that the viewer may read, newest first."""
    return as_seen(viewer, requests_for(viewer).filter(result=result), at=at)


def as_seen(
    viewer: Actor, requests: Iterable[Withholding], *, at: datetime
) -> list[WithholdingSeen]:
    """Add the one state of each request and the viewer's own answer, for all in three queries."""
    withholdings = list(requests)
    if not withholdings:
        return []
    rolls = rolls_of({withholding.council_id for withholding in withholdings})
    answers = answers_of({withholding.pk for withholding in withholdings})
    authored = _authored(viewer)
    today = day_in_japan(at)
    return [
        WithholdingSeen(
            withholding=one,
            state=one.state_on(today, rolls[one.council_id], answers[one.pk]),
            own=_own_answer(
                viewer, one, roll=rolls[one.council_id], answers=answers[one.pk], today=today
            ),
            is_author=one.result_id in authored,
            is_asker=one.requested_by_id == viewer.person_id,
            is_under_review=one.is_under_review(today),
        )
        for one in withholdings
    ]


def _own_answer(
    viewer: Actor, withholding: Withholding, *, roll: Roll, answers: list[Consent], today: date
) -> OwnAnswer:
    is_review = withholding.is_under_review(today)
    heard = withholding.answers_that_count(answers) if is_review else answers
    latest = next((one for one in reversed(heard) if one.person_id == viewer.person_id), None)
    bound = (withholding.text_sha256, roll.version)
    return OwnAnswer(
        is_asked=any(
            place.person_id == viewer.person_id
            and place.left_at is None
            and (is_review or not _joined_after_it_took_effect(place, withholding))
            for place in roll.memberships
        ),
        stance=latest.stance if latest else "",
        label=latest.get_stance_display() if latest else "",
        is_void=latest is not None and (latest.text_sha256, latest.roll_sha256) != bound,
    )


def _joined_after_it_took_effect(place: Membership, withholding: Withholding) -> bool:
    since, joined = withholding.in_force_at, place.accepted_at
    return since is not None and joined is not None and joined > since


def _authored(viewer: Actor) -> frozenset[UUID]:
    own = Withholding.objects.filter(result__authors=viewer.person_id)
    return frozenset(own.values_list("result_id", flat=True))
