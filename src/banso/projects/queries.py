"""Reading projects: the public list, what is inside them, and what waits to be started."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from django.db.models import Exists, OuterRef, Q

from banso.catalogue.models import Concept
from banso.people.models import Organisation
from banso.projects.models import (
    PlanEdition,
    Project,
    ProjectMember,
    TeamChange,
    Viewpoint,
    inside,
)
from banso.proposals.models import Proposal
from banso.review.models import Decision

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


def projects() -> QuerySet[Project]:
    """List projects for everybody, those that started last first."""
    listed = Project.objects.select_related("concept", "agency", "institution")
    return listed.order_by("-starts_on", "code")


def narrowed(
    listed: QuerySet[Project], *, concept: str = "", agency: str = ""
) -> QuerySet[Project]:
    """Keep the projects of a concept, by its slug, and of an agency, by its short name."""
    wanted = {"concept__slug": concept, "agency__short_name": agency}
    return listed.filter(**{name: value for name, value in wanted.items() if value})


def with_words(listed: QuerySet[Project], words: str) -> QuerySet[Project]:
    """Keep projects whose code begins so, or in whose title the words are."""
    key = normalize("NFKC", words)
    in_title = Q(title_ja__icontains=words) | Q(title_ja__icontains=key)
    return listed.filter(Q(code__istartswith=key) | in_title | Q(title_en__icontains=key))


def project_by_code(code: str) -> Project:
    """Find a project for everybody."""
    return projects().get(code=code)


def project_started_from(proposal_id: UUID) -> Project | None:
    """Find the project that a proposal became, which everybody may see."""
    return projects().filter(proposal_id=proposal_id).first()


def concepts_with_projects() -> QuerySet[Concept]:
    """List the concepts by which a list of projects can be narrowed."""
    funded = Project.objects.filter(concept_id=OuterRef("pk"))
    return Concept.objects.filter(Exists(funded)).order_by("slug")


def agencies_with_projects() -> QuerySet[Organisation]:
    """List the agencies by which a list of projects can be narrowed."""
    funded = Project.objects.filter(agency_id=OuterRef("pk"))
    agencies = Organisation.objects.filter(Exists(funded)).exclude(short_name="")
    return agencies.order_by("name_ja", "pk")


def my_projects(viewer: Actor) -> QuerySet[Project]:
    """List projects whose inside the viewer reads: in the team today, or answering for it."""
    return projects().filter(inside(viewer, path=""))


def my_project(viewer: Actor, code: str) -> Project:
    """Find a project whose inside the viewer reads."""
    return my_projects(viewer).get(code=code)


def team_of(viewer: Actor, project_id: UUID) -> QuerySet[ProjectMember]:
    """List who is in a project's team today, the lead first; each row has a place's id."""
    return (
        ProjectMember.objects.visible_to(viewer)
        .on(viewer.on)
        .filter(project_id=project_id)
        .select_related("person")
        .order_by("role", "from_on", "pk")
    )


def plans_of(viewer: Actor, project_id: UUID) -> QuerySet[PlanEdition]:
    """List the editions of a project's plan, the one in force first."""
    return PlanEdition.objects.visible_to(viewer).filter(project_id=project_id).order_by("-number")


def viewpoints_of(viewer: Actor, project_id: UUID) -> QuerySet[Viewpoint]:
    """List agreed items that name the project, with its answers; no person is in them (C7)."""
    return Viewpoint.objects.visible_to(viewer).filter(project_id=project_id).order_by("pk")


def team_changes_of(viewer: Actor, project_id: UUID) -> QuerySet[TeamChange]:
    """List requests to change a project's team, the latest first."""
    return _team_changes(viewer).filter(project_id=project_id)


def team_changes_about(viewer: Actor) -> QuerySet[TeamChange]:
    """List requests about the viewer; they stay readable after the viewer left the team."""
    return _team_changes(viewer).filter(member__person_id=viewer.person_id)


def team_change_about(viewer: Actor, change_id: UUID) -> TeamChange:
    """Find a request about the viewer."""
    return team_changes_about(viewer).get(pk=change_id)


def team_change_for(viewer: Actor, change_id: UUID) -> TeamChange:
    """Find a request to change a team."""
    return _team_changes(viewer).get(pk=change_id)


def proposals_to_start(viewer: Actor, *, at: datetime) -> QuerySet[Proposal]:
    """List adopted proposals that have no project yet, of calls that the viewer runs."""
    return (
        Proposal.objects.to_judge(viewer, at=at)
        .filter(letter__outcome=Decision.Outcome.ADOPT, project=None)
        .select_related("call__concept", "institution", "letter")
        .order_by("letter__sent_at", "pk")
    )


def is_code_taken(code: str) -> bool:
    """Tell whether a project has the code, which everybody may see."""
    return Project.objects.filter(code=code).exists()


def _team_changes(viewer: Actor) -> QuerySet[TeamChange]:
    return (
        TeamChange.objects.visible_to(viewer)
        .select_related("project", "member__person", "requested_by")
        .order_by("-requested_at", "pk")
    )
