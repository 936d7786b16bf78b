"""What waits for a person, whatever their roles; each part comes from its own app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.portal.queries.applying import those_that_apply
from banso.web.fronts import fronts

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor
    from banso.web.fronts import Tasks


def tasks_for(viewer: Actor, at: datetime) -> list[Tasks]:
    """Gather the first few of each kind that wait for the viewer; kinds without any are left out.

    No part looks at more than a few rows, and each has two queries at most, whatever waits.
    """
    sources = [source for front in fronts().values() for source in front.tasks]
    _person, applying = those_that_apply(viewer, sources)
    gathered = [source.gather(viewer, at) for source in applying]
    return [tasks for tasks in gathered if tasks.total]
