"""What waits for a person, whatever their roles; each part comes from its own app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.clock import read_clock
from banso.portal.queries import needs_in_councils as in_councils
from banso.portal.queries import needs_in_funding as in_funding

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from banso.people.actors import Actor
    from banso.portal.queries.need import NeedGroup

_SOURCES: tuple[Callable[[Actor, datetime], NeedGroup], ...] = (
    in_funding.proposals_of,
    in_funding.approvals_of,
    in_funding.reviews_of,
    in_funding.calls_to_open_of,
    in_funding.decisions_of,
    in_funding.projects_to_start_of,
    in_funding.team_changes_of,
    in_councils.council_questions_of,
    in_councils.councils_to_prepare_of,
    in_councils.agreed_items_of,
    in_councils.offers_of,
    in_councils.withholdings_of,
    in_councils.results_of,
)


def needs_of(viewer: Actor) -> list[NeedGroup]:
    """Gather what waits for the viewer now; a group with nothing in it is left out."""
    at = read_clock()
    groups = [gather(viewer, at) for gather in _SOURCES]
    return [group for group in groups if group.needs]
