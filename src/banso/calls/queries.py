"""Reading calls: the public list, one call, and those that an agency runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, F, Min, Q, Value, When

from banso.calls.models import Call, CallEdition
from banso.catalogue.models import Concept, ProgramBody
from banso.ledger.doubt import closed_until
from banso.web.fronts.tasks import left_until

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


@dataclass(frozen=True, slots=True)
class ListedCall:
    """A call in a list, with its state and the time left at the instant of the list."""

    call: Call
    state: Call.State
    left: str

    @property
    def pk(self) -> UUID:
        """The call's key."""
        return self.call.pk


def listed(calls: Sequence[Call], *, at: datetime) -> Sequence[ListedCall]:
    """Say of each call its state, and the time left while it receives proposals."""
    states = [(call, call.state_at(at)) for call in calls]
    return [
        ListedCall(call, state, left_until(call.closes_at, at) if state is state.OPEN else "")
        for call, state in states
    ]


def calls(at: datetime) -> QuerySet[Call]:
    """List announced calls: those still to close by their deadline, then the latest closed.

    `state_code` is each one's state at the instant; `running_until` is empty once it closed.
    """
    states = [When(meant, then=Value(code)) for code, meant in _states(at).items()]
    return (
        Call.objects.filter(announced_at__isnull=False)
        .annotate(
            state_code=Case(*states, default=Value(Call.State.DRAFT)),
            running_until=Case(When(closes_at__gt=at, then=F("closes_at"))),
        )
        .select_related("concept", "agency")
        .order_by(F("running_until").asc(nulls_last=True), "-closes_at", "slug")
    )


def narrowed(calls: QuerySet[Call], *, state: str = "", agency: str = "") -> QuerySet[Call]:
    """Keep the calls of a list that are in a state, and those of an agency."""
    if state:
        calls = calls.filter(Q(("state_code", state)))
    return calls.filter(agency__short_name=agency) if agency else calls


def with_words(calls: QuerySet[Call], words: str) -> QuerySet[Call]:
    """Keep the calls whose title has these words."""
    return calls.filter(Q(title_ja__icontains=words) | Q(title_en__icontains=words))


def open_calls(at: datetime) -> QuerySet[Call]:
    """List the calls that receive proposals at an instant, by their deadline."""
    return narrowed(calls(at), state=Call.State.OPEN)


def calls_of_concept(concept_id: UUID) -> QuerySet[Call]:
    """List the announced calls of a concept, oldest first, with their agency."""
    announced = Call.objects.filter(concept_id=concept_id, announced_at__isnull=False)
    return announced.select_related("agency").order_by("opens_at", "slug")


def call_for(viewer: Actor, slug: str) -> Call:
    """Find a call that the viewer may read."""
    return Call.objects.visible_to(viewer).select_related("concept", "agency").get(slug=slug)


def editions_of(call: Call) -> QuerySet[CallEdition]:
    """List the editions of a call's guidelines, newest first (E1)."""
    return CallEdition.objects.filter(call=call).order_by("-number")


def agency_calls_page(call: Call) -> str:
    """Find the address of the agency's own page of calls; empty where it is not known (E3)."""
    body = ProgramBody.objects.filter(organisation_id=call.agency_id).first()
    return body.calls_page if body else ""


def agencies_with_calls() -> list[str]:
    """Name the agencies that have announced calls, for the filter of the public list."""
    announced = Call.objects.filter(announced_at__isnull=False)
    names = announced.order_by("agency__short_name").values_list("agency__short_name", flat=True)
    return [name for name in names.distinct() if name]


def next_change_of_calls(at: datetime) -> datetime | None:
    """Tell when a call next opens or closes by the clock: until then a kept page is true."""
    announced = Call.objects.filter(announced_at__isnull=False)
    opens = announced.filter(opens_at__gt=at).aggregate(at=Min("opens_at"))
    closes = announced.filter(closes_at__gt=at).aggregate(at=Min("closes_at"))
    return min((found["at"] for found in (opens, closes) if found["at"]), default=None)


def calls_to_run(viewer: Actor) -> QuerySet[Call]:
    """List the calls of the viewer's agencies and directed concepts, latest closing first."""
    run = Q(agency_id__in=viewer.agencies) | Q(concept_id__in=viewer.directs)
    calls_run = Call.objects.visible_to(viewer).filter(run)
    return calls_run.select_related("concept", "agency").order_by("-closes_at", "slug")


def paused_closings(calls: QuerySet[Call], at: datetime) -> Sequence[datetime]:
    """List the closings that would be over if the clock were not in doubt (A-89)."""
    certain = closed_until(at)
    if certain == at:
        return []
    paused = calls.filter(closes_at__lte=at, closes_at__gt=certain)
    return list(paused.order_by("closes_at").values_list("closes_at", flat=True).distinct())


def is_closing_paused(call: Call, at: datetime) -> bool:
    """Tell whether a call would be closed if the clock were not in doubt (A-89)."""
    return at >= call.closes_at > closed_until(at)


def calls_to_open(viewer: Actor, at: datetime) -> QuerySet[Call]:
    """List calls of the viewer's agencies whose opening instant has come and nobody opened."""
    announced = calls_to_run(viewer).filter(
        agency_id__in=viewer.agencies, announced_at__isnull=False, opened_at=None
    )
    return announced.filter(opens_at__lte=at, closes_at__gt=at)


def call_to_run(viewer: Actor, slug: str) -> Call:
    """Find a call that the viewer runs as an officer, PD or PO."""
    return calls_to_run(viewer).get(slug=slug)


def concepts_to_call(viewer: Actor) -> QuerySet[Concept]:
    """List the concepts of the agencies that the viewer serves, for a new call."""
    return Concept.objects.filter(agency_id__in=viewer.agencies).order_by("slug")


def is_call_known(concept_id: UUID, fiscal_year: int, number: int) -> bool:
    """Tell whether a concept already has a call in this year and round (K9)."""
    same = Call.objects.filter(concept_id=concept_id, fiscal_year=fiscal_year, round=number)
    return same.exists()


def _states(at: datetime) -> dict[str, Q]:
    """Say in SQL what `Call.state_at` says of one call."""
    undecided = Q(decided_at=None)
    begun = Q(opened_at__isnull=False, opens_at__lte=at)
    before_closing = undecided & Q(closes_at__gt=at)
    return {
        Call.State.ANNOUNCED: before_closing & ~begun,
        Call.State.OPEN: before_closing & begun,
        Call.State.CLOSED: undecided & Q(closes_at__lte=at),
        Call.State.DECIDED: Q(decided_at__isnull=False),
    }


def call_states() -> list[tuple[str, str]]:
    """List the states that a public call can be in, with their names."""
    return [(state.value, str(state.label)) for state in Call.State if state != Call.State.DRAFT]


def call_types() -> list[tuple[str, str]]:
    """List the types of a call, with their names (K9)."""
    return [(one.value, str(one.label)) for one in Call.Type]
