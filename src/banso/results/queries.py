"""Reading results, and requests to withhold as each viewer may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from banso.councils.models import BylawsEdition, Membership, sits_with
from banso.ledger.clock import read_clock
from banso.projects.models import Project, ProjectMember
from banso.results.models import Consent, Result, Roll, Withholding
from banso.rulebook.limits import Terms, terms_where_silent, without_part, yearly_figures
from banso.rulebook.results import may_be_asked_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Actor
    from banso.people.models import Person
    from banso.rulebook.limits import YearlyFigures
    from banso.rulebook.results import WithholdingState
    from banso.rulebook.verdicts import Verdict

STANCE_CHOICES = Consent.Stance.choices


def kinds() -> list[tuple[str, StrOrPromise]]:
    """List what a result can be, by code and name."""
    return list(Result.Kind.choices)


def published_results(*, kind: str = "", concept: str = "") -> QuerySet[Result]:
    """List published results, newest first; `concept` is its slug."""
    wanted = {"kind": kind, "project__concept__slug": concept}
    return (
        Result.objects.published()
        .filter(**{name: value for name, value in wanted.items() if value})
        .select_related("project__concept", "project__agency", "project__institution")
        .order_by("-published_at", "pk")
    )


def concepts_with_results() -> list[tuple[str, str]]:
    """List concepts that have published results, by slug and title, for the filter."""
    slugs = Result.objects.published().values_list(
        "project__concept__slug", "project__concept__title"
    )
    return sorted(set(slugs))


def published_result(result_id: UUID) -> Result:
    """Find a published result, without the part that is withheld today (R7)."""
    found = published_results().prefetch_related("authors").get(pk=result_id)
    today = localdate(read_clock())
    for kept_back in Withholding.objects.in_force_on(today).filter(result=found):
        found.summary = without_part(found.summary, kept_back.part)
    return found


def withheld_by_year() -> list[YearlyFigures]:
    """Count requests to withhold in each fiscal year that is over, for the whole program (R7)."""
    today = localdate(read_clock())
    return yearly_figures([one.span_on(today) for one in Withholding.objects.all()], on=today)


def results_for(viewer: Actor) -> QuerySet[Result]:
    """List what is planned or published in the viewer's own projects, plans first."""
    return (
        Result.objects.of_own_projects(viewer)
        .select_related("project__concept")
        .order_by(F("published_at").desc(nulls_first=True), "-planned_at", "pk")
    )


def result_for(viewer: Actor, result_id: UUID) -> Result:
    """Find a result that the viewer may read."""
    results = Result.objects.visible_to(viewer).select_related("project__concept")
    return results.prefetch_related("authors").get(pk=result_id)


def results_to_publish(viewer: Actor) -> QuerySet[Result]:
    """List what the viewer planned as an author and may publish at any time."""
    planned = Result.objects.visible_to(viewer).filter(authors=viewer.person_id, published_at=None)
    return planned.select_related("project__concept").order_by("planned_at", "pk")


def presented_results(viewer: Actor) -> QuerySet[Result]:
    """List planned results that teams present to councils in which the viewer sits today."""
    presented = Result.objects.visible_to(viewer).presented_to(viewer)
    return presented.select_related("project__concept").order_by("planned_at", "pk")


def is_author(viewer: Actor, result: Result) -> bool:
    """Tell whether the viewer is an author of a result that they may read."""
    return any(author.pk == viewer.person_id for author in result.authors.all())


def projects_to_plan_in(viewer: Actor) -> QuerySet[Project]:
    """List the projects whose team the viewer is in today."""
    places = _team(localdate(read_clock())).filter(person_id=viewer.person_id)
    return Project.objects.filter(pk__in=places.values("project_id")).order_by("code")


def project_to_plan_in(viewer: Actor, project_id: UUID) -> Project:
    """Find a project whose team the viewer is in today."""
    return projects_to_plan_in(viewer).get(pk=project_id)


def team_today(project: Project) -> list[Person]:
    """List who is in a project's team today: the people who can be named as its authors."""
    places = _team(localdate(read_clock())).filter(project=project).select_related("person")
    return [place.person for place in places.order_by("role", "from_on", "pk")]


def team_on(project_id: UUID, day: date) -> frozenset[UUID]:
    """Name the persons in a project's team on a day."""
    places = _team(day).filter(project_id=project_id)
    return frozenset(places.values_list("person_id", flat=True))


def councils_to_ask(viewer: Actor, result: Result) -> list[tuple[UUID, str]]:
    """List councils of the result's concept where the viewer sits for a ministry, by organiser."""
    places = Membership.objects.in_office().filter(
        person_id=viewer.person_id,
        organisation_id__in=viewer.ministries,
        council__concept_id=result.project.concept_id,
    )
    return list(
        places.order_by("council__prepared_at").values_list(
            "council_id", "council__organiser__name_ja"
        )
    )


def roll_of(council_id: UUID) -> Roll:
    """Read who was ever in a council's room."""
    return _rolls({council_id})[council_id]


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


def request_about(result: Result) -> Verdict:
    """Tell whether a request about the result can be made today, before a word is written."""
    concept = result.project.concept
    return may_be_asked_for(
        is_published=result.published_at is not None,
        has_another_request=has_standing_request(result, localdate(read_clock())),
        maturity=concept.maturity or None,
        has_foreseen_concern=concept.has_foreseen_concern,
    )


def has_standing_request(result: Result, day: date) -> bool:
    """Tell whether a request about the result is open or in force on the day (R6)."""
    asked = result.withholdings.exclude(state=Withholding.State.ENDED).select_related("council")
    return any(
        one.state_on(day, roll_of(one.council_id), answers_to(one)) != "ended" for one in asked
    )


def answers_to(withholding: Withholding) -> list[Consent]:
    """Read every answer, for the rule alone: a viewer is shown no other than their own."""
    return _answers({withholding.pk})[withholding.pk]


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


def withholdings_for(viewer: Actor) -> list[WithholdingSeen]:
    """List the requests that the viewer may read, newest first."""
    return _seen(viewer, _withholdings(viewer).order_by("-requested_at", "pk"))


def withholdings_to_answer(viewer: Actor) -> list[Withholding]:
    """List requests of the viewer's councils to which nothing that they said counts.

    Whether an answer counts hangs on the council's roll and on the review, so the rule is asked;
    about requests of the viewer's own rooms whose time to answer runs or that are in force.
    """
    today = localdate(read_clock())
    in_time = Q(answer_by_on=None) | Q(answer_by_on__gte=today)
    running = (Q(state=Withholding.State.OPEN) & in_time) | Q(state=Withholding.State.IN_FORCE)
    asked = _withholdings(viewer).filter(
        running, Q(sits_with(viewer, "council_id")), ends_on__gt=today
    )
    seen = _seen(viewer, asked.order_by("-requested_at", "pk"))
    return [one.withholding for one in seen if one.waits_for_viewer]


def withholding_for(viewer: Actor, withholding_id: UUID) -> WithholdingSeen:
    """Find a request that the viewer may read."""
    [seen] = _seen(viewer, [_withholdings(viewer).get(pk=withholding_id)])
    return seen


def withholdings_of(viewer: Actor, result: Result) -> list[WithholdingSeen]:
    """List the requests about one result that the viewer may read, newest first."""
    asked = _withholdings(viewer).filter(result=result)
    return _seen(viewer, asked.order_by("-requested_at", "pk"))


def _team(day: date) -> QuerySet[ProjectMember]:
    return ProjectMember.objects.on(day)


def _withholdings(viewer: Actor) -> QuerySet[Withholding]:
    return Withholding.objects.visible_to(viewer).select_related(
        "result__project__concept", "council", "ministry"
    )


def _seen(viewer: Actor, asked: Iterable[Withholding]) -> list[WithholdingSeen]:
    withholdings = list(asked)
    if not withholdings:
        return []
    rolls = _rolls({withholding.council_id for withholding in withholdings})
    answers = _answers({withholding.pk for withholding in withholdings})
    authored = _authored(viewer)
    today = localdate(read_clock())
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


def _rolls(council_ids: Collection[UUID]) -> dict[UUID, Roll]:
    places: dict[UUID, list[Membership]] = {council_id: [] for council_id in council_ids}
    joined = Membership.objects.filter(council_id__in=places, accepted_at__isnull=False)
    for place in joined:
        places[place.council_id].append(place)
    return {council_id: Roll(memberships) for council_id, memberships in places.items()}


def _answers(withholding_ids: Collection[UUID]) -> dict[UUID, list[Consent]]:
    answers: dict[UUID, list[Consent]] = {one: [] for one in withholding_ids}
    for answer in Consent.objects.filter(withholding_id__in=answers).order_by("pk"):
        answers[answer.withholding_id].append(answer)
    return answers


def _authored(viewer: Actor) -> frozenset[UUID]:
    own = Withholding.objects.filter(result__authors=viewer.person_id)
    return frozenset(own.values_list("result_id", flat=True))
