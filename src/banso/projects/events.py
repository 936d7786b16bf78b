"""What is told about projects: to their teams, and first to whom a request concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from banso.people.actors import AGENCY_OFFICER, INSTITUTION_OFFICER
from banso.people.queries.serving import directors_of, officers_of
from banso.projects.models import Project, ProjectMember, TeamChange
from banso.projects.permissions import (
    ACKNOWLEDGE_TEAM_CHANGE,
    APPLY_TEAM_CHANGE,
    END_TEAM_CHANGE,
    REQUEST_TEAM_CHANGE,
    START_PROJECT,
)
from banso.web.fronts.events import Event, NoticeKind, Telling, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from uuid import UUID

    from banso.people.actors import Actor
    from banso.web.fronts import Titled
    from banso.web.fronts.events import Happened

PROJECT, TEAM_CHANGE = "projects.project", "projects.teamchange"


def project_titles(_viewer: Actor, keys: Iterable[str]) -> Iterable[Titled]:
    """Name projects, which are public."""
    return Project.objects.filter(pk__in=list(keys)).values_list("pk", "title_ja", "title_en")


def change_titles(viewer: Actor, keys: Iterable[str]) -> Iterable[Titled]:
    """Name the projects of the requests that the viewer may read."""
    readable = TeamChange.objects.visible_to(viewer).filter(pk__in=list(keys))
    return readable.values_list("pk", "project__title_ja", "project__title_en")


def _team(project: Project, day: date) -> list[UUID]:
    team = ProjectMember.objects.on(day).filter(project=project)
    return [project.lead_id, *team.values_list("person_id", flat=True)]


def _team_and_institution(happened: Happened) -> Iterator[Telling]:
    project = Project.objects.get(pk=happened.subject_id)
    day = localdate(happened.at)
    # A team begins on the project's first day, which may be to come.
    people = {
        *_team(project, max(day, project.starts_on)),
        *officers_of(INSTITUTION_OFFICER, project.institution_id, on=day),
    }
    for person_id in sorted(people):
        yield Telling(person_id=person_id, subject_type=PROJECT, subject_id=project.pk)


def _change(happened: Happened) -> TeamChange:
    found = TeamChange.objects.select_related("project", "member")
    return found.get(pk=happened.subject_id)


def _whom_it_concerns(happened: Happened) -> Iterator[Telling]:
    """Tell the person concerned, and nobody else before they have passed it on (G2, C5)."""
    change = _change(happened)
    yield Telling(
        person_id=change.member.person_id, subject_type=TEAM_CHANGE, subject_id=change.pk
    )


def _those_who_manage(happened: Happened) -> Iterator[Telling]:
    change, day = _change(happened), localdate(happened.at)
    people = {
        change.project.lead_id,
        *officers_of(AGENCY_OFFICER, change.project.agency_id, on=day),
        *directors_of(change.project.concept_id, on=day),
    }
    for person_id in sorted(people):
        yield Telling(person_id=person_id, subject_type=TEAM_CHANGE, subject_id=change.pk)


def _whose_team_changed(happened: Happened) -> Iterator[Telling]:
    change = _change(happened)
    for person_id in sorted({change.member.person_id, change.project.lead_id}):
        yield Telling(person_id=person_id, subject_type=TEAM_CHANGE, subject_id=change.pk)


def _project_page(key: str) -> str:
    code = Project.objects.values_list("code", flat=True).get(pk=key)
    return reverse("projects:my_project", args=[code])


def _acknowledgement(key: str) -> str:
    """Lead to the request until its person has seen or ended it, afterwards to their projects."""
    if TeamChange.objects.filter(pk=key, seen_at=None, ended_at=None).exists():
        return reverse("projects:acknowledge", args=[key])
    return reverse("projects:my_projects")


def _project_of_change(key: str) -> str:
    code = TeamChange.objects.values_list("project__code", flat=True).get(pk=key)
    return reverse("projects:my_project", args=[code])


TOLD = Told(
    kinds={"projects": NoticeKind(place=50, label=_("Projects and teams"), must_reach=True)},
    events={
        START_PROJECT.name: (
            Event(
                name="projects.started",
                kind="projects",
                words=_("The project was started: %(title)s"),
                tell=_team_and_institution,
                page=_project_page,
                shows_reach=True,
            ),
        ),
        REQUEST_TEAM_CHANGE.name: (
            Event(
                name="projects.change_requested",
                kind="projects",
                words=_("A request to change a team concerns you: %(title)s"),
                tell=_whom_it_concerns,
                page=_acknowledgement,
            ),
        ),
        ACKNOWLEDGE_TEAM_CHANGE.name: (
            Event(
                name="projects.change_passed_on",
                kind="projects",
                words=_("A request to change a team waits to be decided: %(title)s"),
                tell=_those_who_manage,
                page=_project_of_change,
            ),
        ),
        APPLY_TEAM_CHANGE.name: (
            Event(
                name="projects.change_applied",
                kind="projects",
                words=_("The team was changed as requested: %(title)s"),
                tell=_whose_team_changed,
                page=_project_of_change,
            ),
        ),
    },
    silent={END_TEAM_CHANGE.name: "a request that rests on a freedom ends unseen (C5)"},
)
