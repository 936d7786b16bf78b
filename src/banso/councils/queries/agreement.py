"""What councils agreed, and what the projects that it names did about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Prefetch, Q

from banso.councils.models import AgreedItem, Response
from banso.projects.models import Project, led_by

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.councils.models import Council
    from banso.people.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedProject:
    """A project that an agreed item names, with its answer if there is one."""

    project: Project
    response: Response | None
    is_led_by_viewer: bool


def agreed_items_for(viewer: Actor) -> QuerySet[AgreedItem]:
    """List the agreed items that the viewer may read, newest first, with every answer."""
    answers = Prefetch("responses", Response.objects.select_related("project"))
    readable = AgreedItem.objects.visible_to(viewer).select_related("council__concept")
    related = readable.prefetch_related("projects", answers)
    return related.order_by("-agreed_at", "-number", "pk")


def agreed_items_to_follow(viewer: Actor) -> QuerySet[AgreedItem]:
    """List what the viewer may read, with what still waits: for anybody, and for the viewer."""
    projects = Project.objects.order_by("code")
    return (
        AgreedItem.objects.visible_to(viewer)
        .select_related("council__concept")
        .prefetch_related(Prefetch("projects", projects))
        .annotate(
            waits_for_viewer=Exists(_unanswered().filter(led_by(viewer, path=""))),
            waits=Exists(_unanswered()),
        )
    )


def agreed_items_matching(items: QuerySet[AgreedItem], words: str) -> QuerySet[AgreedItem]:
    """Keep items whose text, concept or project is named by every word."""
    for word in words.split():
        named = AgreedItem.projects.through.objects.filter(
            agreeditem=OuterRef("pk"), project__code__icontains=word
        )
        items = items.filter(
            Q(text__icontains=word)
            | Q(council__concept__title__icontains=word)
            | Q(council__concept__title_en__icontains=word)
            | Exists(named)
        )
    return items


def agreed_item_for(viewer: Actor, agreed_item_id: UUID) -> AgreedItem:
    """Find an agreed item that the viewer may read."""
    return agreed_items_for(viewer).get(pk=agreed_item_id)


def evidence_of(viewer: Actor, agreed_item_id: UUID, response_id: UUID) -> str:
    """Give the evidence that is on record for one answer to an agreed item."""
    answers = agreed_item_for(viewer, agreed_item_id).responses.all()
    return next(one.evidence for one in answers if one.pk == response_id)


def agreed_items_of(viewer: Actor, council_id: UUID) -> QuerySet[AgreedItem]:
    """List the agreed items of a viewer's room."""
    return agreed_items_for(viewer).filter(council_id=council_id)


def agreed_items_to_answer(viewer: Actor) -> QuerySet[AgreedItem]:
    """List what the projects that the viewer leads have not answered yet."""
    led = _unanswered().filter(led_by(viewer, path=""))
    waiting = AgreedItem.objects.visible_to(viewer).filter(Exists(led))
    return waiting.select_related("council__concept").order_by("-agreed_at", "-number", "pk")


def named_projects(viewer: Actor, item: AgreedItem) -> list[NamedProject]:
    """List the projects that a readable agreed item names, each with its answer."""
    answers = {response.project_id: response for response in item.responses.all()}
    led = set(item.projects.filter(led_by(viewer, path="")).values_list("pk", flat=True))
    return [
        NamedProject(
            project=project,
            response=answers.get(project.pk),
            is_led_by_viewer=project.pk in led,
        )
        for project in sorted(item.projects.all(), key=lambda project: project.code)
    ]


def projects_of_concept(council: Council) -> QuerySet[Project]:
    """List the projects that a council's agreed item can name."""
    return Project.objects.filter(concept_id=council.concept_id).order_by("code")


def _unanswered() -> QuerySet[Project]:
    """Projects that the outer agreed item names and that have not answered it."""
    return Project.objects.filter(agreed_items=OuterRef("pk")).exclude(
        responses__agreed_item=OuterRef("pk")
    )
