"""What waits for a person, whatever their roles; each part comes from its own app."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from banso.portal.queries.applying import ForSome
from banso.web.fronts import fronts

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor
    from banso.web.fronts import TaskSource
    from banso.web.fronts.tasks import Tasks


def tasks_for(viewer: Actor, at: datetime) -> list[Tasks]:
    """Gather the first few of each kind that wait for the viewer; kinds without any are left out.

    No part looks at more than a few rows, and each has two queries at most, whatever waits.
    """
    _person, sources = _sources().that_apply(viewer)
    gathered = [source.gather(viewer, at) for source in sources]
    return [tasks for tasks in gathered if tasks.total]


@cache
def _sources() -> ForSome[TaskSource]:
    return ForSome([source for front in fronts().values() for source in front.tasks])
