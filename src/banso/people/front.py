"""What persons and bodies give to the apps on their left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.people.messages import REFUSALS
from banso.people.queries.registry import keeps_a_registry, proposed_appointments
from banso.web.fronts import Applies, Front, MenuEntry, TaskSource, in_language
from banso.web.fronts.tasks import Task, tasks_of

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor
    from banso.web.fronts.tasks import Tasks


def _to_confirm(viewer: Actor, _at: datetime) -> Tasks:
    """List the appointments that somebody else proposed and the viewer may confirm (O1)."""
    of_others = proposed_appointments(viewer).exclude(proposed_by_id=viewer.person_id)
    return tasks_of(
        of_others.exclude(person_id=viewer.person_id),
        lambda proposed: Task(
            title=in_language(proposed.person.name_ja, proposed.person.name_en),
            address=reverse("registry:proposed", args=[proposed.pk]),
            note=str(proposed.get_role_display()),
            is_sample=proposed.person.is_sample,
        ),
        heading=_("Appointments to confirm"),
        list_address="registry:desk",
    )


_WITH_A_DESK = Applies(role=keeps_a_registry)

FRONT = Front(
    refusals=REFUSALS,
    menu=(
        MenuEntry(
            place=95,
            label=gettext_lazy("Registry"),
            address="registry:desk",
            applies=_WITH_A_DESK,
        ),
    ),
    tasks=(TaskSource(applies=_WITH_A_DESK, gather=_to_confirm),),
)
