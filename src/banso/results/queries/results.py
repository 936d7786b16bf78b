"""Reading results: what is published, what is planned in one's own projects, what a team shows."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from django.db.models import Exists, OuterRef, Q

from banso.catalogue.models import Concept
from banso.councils.models import Membership
from banso.projects.models import Project, ProjectMember, in_team
from banso.results.models import Result, Withholding
from banso.rulebook.japan import day_in_japan
from banso.rulebook.results.limits import without_part

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Actor
    from banso.people.models import Person

PLANNED, PUBLISHED = "planned", "published"


def kinds() -> list[tuple[str, StrOrPromise]]:
    """List what a result can be, by code and name."""
    return list(Result.Kind.choices)


def published_results() -> QuerySet[Result]:
    """List published results, newest first."""
    return (
        Result.objects.published()
        .select_related("project__concept", "project__agency", "project__institution")
        .order_by("-published_at", "pk")
    )


def published_of_concept(slug: str) -> QuerySet[Result]:
    """List the published results of one concept, newest first."""
    return narrowed(published_results(), concept=slug)


def narrowed(
    listed: QuerySet[Result], *, kind: str = "", concept: str = "", state: str = ""
) -> QuerySet[Result]:
    """Keep results of a kind, of a concept by its slug, and those planned or published."""
    wanted = {"kind": kind, "project__concept__slug": concept}
    kept = listed.filter(**{name: value for name, value in wanted.items() if value})
    return kept.filter(published_at__isnull=state == PLANNED) if state else kept


def with_words(listed: QuerySet[Result], words: str) -> QuerySet[Result]:
    """Keep results with the words in their title, with the DOI, or of the project's code."""
    key = normalize("NFKC", words)
    in_title = Q(title_ja__icontains=words) | Q(title_ja__icontains=key)
    named = Q(doi__iexact=key) | Q(project__code__iexact=key)
    return listed.filter(in_title | Q(title_en__icontains=key) | named)


def concepts_with_results() -> QuerySet[Concept]:
    """List the concepts that have published results, by which the list can be narrowed."""
    published = Result.objects.published().filter(project__concept_id=OuterRef("pk"))
    return Concept.objects.filter(Exists(published)).order_by("slug")


def published_result(result_id: UUID, *, at: datetime) -> Result:
    """Find a published result, without the part that is withheld today (R7)."""
    found = published_results().prefetch_related("authors").get(pk=result_id)
    today = day_in_japan(at)
    for kept_back in Withholding.objects.in_force_on(today).filter(result=found):
        found.summary = without_part(found.summary, kept_back.part)
    return found


def results_for(viewer: Actor) -> QuerySet[Result]:
    """List what is planned or published in the viewer's own projects."""
    return (
        Result.objects.of_own_projects(viewer)
        .annotate(is_published=Q(published_at__isnull=False))
        .select_related("project__concept")
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
    return Project.objects.filter(in_team(viewer, path="")).order_by("code")


def project_to_plan_in(viewer: Actor, project_id: UUID) -> Project:
    """Find a project whose team the viewer is in today."""
    return projects_to_plan_in(viewer).get(pk=project_id)


def possible_authors(project: Project, *, at: datetime) -> list[Person]:
    """List who is in a project's team today: the people who can be named as its authors."""
    places = ProjectMember.objects.on(day_in_japan(at)).filter(project=project)
    places = places.select_related("person")
    return [place.person for place in places.order_by("role", "from_on", "pk")]


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
