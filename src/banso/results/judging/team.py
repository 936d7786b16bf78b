"""Who is in a project's team on a day: the people who plan its results and are named in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.projects.models import ProjectMember

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


def team_on(project_id: UUID, day: date) -> frozenset[UUID]:
    """Name the persons in a project's team on a day."""
    places = ProjectMember.objects.on(day).filter(project_id=project_id)
    return frozenset(places.values_list("person_id", flat=True))
