"""What projects give to the apps on their left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.projects import queries
from banso.projects.events import PROJECT, TEAM_CHANGE, TOLD, change_titles, project_titles
from banso.projects.lists import PROJECTS
from banso.projects.messages import REFUSALS
from banso.projects.models import PlanEdition, Project, ProjectMember, TeamChange
from banso.web.formats import active_language, date_text
from banso.web.fronts import (
    Applies,
    DeskList,
    Front,
    HomePart,
    MenuEntry,
    PublicList,
    PublicPage,
    TaskSource,
    in_language,
)
from banso.web.fronts.concepts import LATEST, Followed, Reached, Stage, Step
from banso.web.fronts.tasks import FEW, Task, tasks_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from banso.catalogue.queries import ConceptPage
    from banso.people.actors import Actor
    from banso.web.fronts.tasks import Tasks


def researches(on: date) -> Exists:
    """Ask whether the person is in the team of a project on a day."""
    return Exists(ProjectMember.objects.on(on).filter(person_id=OuterRef("pk")))


def _answers_for_projects(viewer: Actor) -> bool:
    return bool(viewer.agencies or viewer.directs or viewer.institutions)


def _projects_to_start(viewer: Actor, at: datetime) -> Tasks:
    """List adopted proposals without a project."""
    return tasks_of(
        queries.proposals_to_start(viewer, at=at),
        lambda proposal: Task(
            title=in_language(proposal.title_ja, proposal.title_en),
            address=reverse("projects:start", args=[proposal.pk]),
            note=_("The proposal was adopted"),
            is_sample=proposal.is_sample,
        ),
        heading=_("Projects to start"),
        list_address="projects:desk",
    )


def _is_to_read_a_request(_on: date) -> Exists:
    requests = TeamChange.objects.filter(seen_at=None, ended_at=None)
    return Exists(requests.filter(member__person_id=OuterRef("pk")))


def _team_changes(viewer: Actor, _at: datetime) -> Tasks:
    """List requests about the viewer that they have not seen (G2)."""
    return tasks_of(
        queries.team_changes_about(viewer).filter(seen_at=None, ended_at=None),
        lambda change: Task(
            title=in_language(change.project.title_ja, change.project.title_en),
            address=reverse("projects:acknowledge", args=[change.pk]),
            note=_("Read the request and its ground"),
            is_sample=change.project.is_sample,
        ),
        heading=_("Requests to change a team that concern you"),
        list_address="projects:my_projects",
    )


def _of_concept(page: ConceptPage, at: datetime) -> Followed:
    adopted = queries.narrowed(queries.projects(), concept=page.concept.slug)
    found = adopted.order_by("-starts_on", "-code")
    projects = list(found[:LATEST])[::-1]
    none = Step(title=_("Projects adopted"), state=Reached.AHEAD)
    return Followed(
        steps=[_adopted(project, at) for project in projects] or [none],
        template="projects/_of_concept.html",
        rows=projects,
    )


def _adopted(project: Project, at: datetime) -> Step:
    language = active_language()
    return Step(
        title=_("Project adopted: %(code)s %(title)s")
        % {"code": project.code, "title": in_language(project.title_ja, project.title_en)},
        state=Reached.DONE if project.starts_on <= at.date() else Reached.AHEAD,
        when=_("from %(start)s to %(end)s")
        % {
            "start": date_text(project.starts_on, language),
            "end": date_text(project.ends_on, language),
        },
        address=reverse("projects:project", args=[project.code]),
    )


def _desk(viewer: Actor, at: datetime) -> DeskList:
    return DeskList(
        title=_("Projects"),
        address=reverse("projects:desk"),
        note=_("Start projects of adopted proposals. Waiting to be started:"),
        count=queries.proposals_to_start(viewer, at=at).count(),
    )


def _desk_of_own(viewer: Actor, _at: datetime) -> DeskList:
    return DeskList(
        title=_("Projects that you run"),
        address=reverse("projects:my_projects"),
        note=_("Plans, teams and agreed items."),
        count=queries.my_projects(viewer).count(),
    )


FRONT = Front(
    refusals=REFUSALS,
    told=TOLD,
    titles={PROJECT: project_titles, TEAM_CHANGE: change_titles},
    public_pages=(
        PublicPage(place=40, label=gettext_lazy("Projects"), address="projects:projects"),
    ),
    menu=(
        MenuEntry(
            place=60,
            label=gettext_lazy("My projects"),
            address="projects:my_projects",
            applies=Applies(role=_answers_for_projects, record=researches),
        ),
    ),
    tasks=(
        TaskSource(
            applies=Applies(role=lambda viewer: bool(viewer.agencies or viewer.directs)),
            gather=_projects_to_start,
        ),
        TaskSource(applies=Applies(record=_is_to_read_a_request), gather=_team_changes),
    ),
    desk=(_desk, _desk_of_own),
    home=(
        HomePart(
            place=20,
            template="projects/_home.html",
            gather=lambda _at: list(queries.projects()[:FEW]),
            is_decision=True,
        ),
    ),
    of_concept=_of_concept,
    public_lists=(
        PublicList(
            place=30,
            label=gettext_lazy("Projects"),
            page="projects:projects",
            files="projects:projects",
            columns=PROJECTS.columns,
            formats=PROJECTS.formats,
        ),
    ),
    stages={
        "projects": Stage(rows=Project.objects.all, concept="concept"),
        "plans": Stage(rows=PlanEdition.objects.all, concept="project__concept"),
    },
)
