"""What jobs give to the apps on their left: their page, and the job that clears up after them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.jobs.permissions import CANCEL_JOB, REPEAT_JOB
from banso.jobs.queue import delete_old
from banso.people.actors import OPERATOR
from banso.web.fronts import Applies, Front, MenuEntry
from banso.web.fronts.events import Told
from banso.web.fronts.jobs import JobKind

if TYPE_CHECKING:
    from banso.web.fronts.jobs import Work

# So often a worker is heard of even when nothing else is due; doctor and readiness count on it.
HEARD_EVERY = timedelta(seconds=30)


def _clear_up(work: Work) -> None:
    delete_old(work.at)


FRONT = Front(
    menu=(
        MenuEntry(
            place=180,
            label=_("Background jobs"),
            address="jobs:jobs",
            applies=Applies(role=lambda viewer: viewer.holds({OPERATOR})),
        ),
    ),
    told=Told(
        silent={
            CANCEL_JOB.name: "whoever did it sees it on the page of jobs",
            REPEAT_JOB.name: "whoever did it sees it on the page of jobs",
        }
    ),
    jobs={
        "jobs.clear_up": JobKind(
            label=_("Clear up after old jobs"), run=_clear_up, every=HEARD_EVERY
        )
    },
)
