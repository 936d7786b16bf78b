"""The desk of whoever runs calls and projects: their lists, with how much is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist

from banso.web.fronts import fronts

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor
    from banso.web.fronts import DeskList


class NoDesk(ObjectDoesNotExist):
    """The viewer runs nothing, so there is no desk of theirs."""


def desk_of(viewer: Actor, at: datetime) -> list[DeskList]:
    """Count what is on the desk of whoever runs calls and projects; others have none."""
    if not (viewer.agencies or viewer.directs):
        raise NoDesk
    return [count(viewer, at) for front in fronts().values() for count in front.desk]
