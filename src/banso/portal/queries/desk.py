"""The desk of whoever runs calls and projects: their lists, with how much is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _

from banso.calls.queries import calls_to_run
from banso.ledger.clock import read_clock
from banso.portal.queries.needs_in_funding import calls_to_decide
from banso.projects.queries import my_projects, proposals_to_start

if TYPE_CHECKING:
    from banso.people.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskList:
    """A list of the desk, with how much is in it."""

    title: str
    address: str
    note: str
    count: int


class NoDesk(ObjectDoesNotExist):
    """The viewer runs nothing, so there is no desk of theirs."""


def desk_of(viewer: Actor) -> list[DeskList]:
    """Count what is on the desk of whoever runs calls and projects; others have none."""
    if not (viewer.agencies or viewer.directs):
        raise NoDesk
    at = read_clock()
    return [
        DeskList(
            title=_("Calls"),
            address=reverse("proposals:desk"),
            note=_("Announce, open, see what was received."),
            count=calls_to_run(viewer).count(),
        ),
        DeskList(
            title=_("Review and decisions"),
            address=reverse("review:desk"),
            note=_("Assign reviewers, examine, decide. Closed calls with proposals to decide:"),
            count=len(calls_to_decide(viewer, at)),
        ),
        DeskList(
            title=_("Projects"),
            address=reverse("projects:desk"),
            note=_("Start projects of adopted proposals. Waiting to be started:"),
            count=proposals_to_start(viewer, at=at).count(),
        ),
        DeskList(
            title=_("Projects that you run"),
            address=reverse("projects:my_projects"),
            note=_("Plans, teams and agreed items."),
            count=my_projects(viewer).count(),
        ),
    ]
