"""What persons and bodies give to the apps on their left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.people.messages import REFUSALS
from banso.people.queries import entering as queries
from banso.people.queries import factors
from banso.people.queries.registry import keeps_a_registry, proposed_appointments
from banso.people.told import CLAIM, TOLD, claim_titles
from banso.web.fronts import Applies, Front, MenuEntry, TaskSource, in_language
from banso.web.fronts.tasks import Task, tasks_of

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor
    from banso.web.fronts.tasks import Tasks


def _to_confirm(viewer: Actor, _at: datetime) -> Tasks:
    return tasks_of(
        queries.claims_waiting(viewer),
        lambda claim: Task(
            title=_("Confirm where %(person)s belongs")
            % {"person": in_language(claim.person.name_ja, claim.person.name_en)},
            address=reverse("people:claim", args=[claim.pk]),
        ),
        heading=_("Affiliations to confirm"),
        list_address="people:claims",
    )


def _to_second(viewer: Actor, _at: datetime) -> Tasks:
    return tasks_of(
        queries.invitations_to_confirm(viewer),
        lambda invitation: Task(
            title=_("Confirm the invitation of %(email)s") % {"email": invitation.email},
            address=reverse("people:one_invitation", args=[invitation.pk]),
            note=str(invitation.get_purpose_display()),
        ),
        heading=_("Invitations to confirm"),
        list_address="people:invitations",
    )


def _resets(viewer: Actor, _at: datetime) -> Tasks:
    return tasks_of(
        factors.resets_to_confirm(viewer),
        lambda reset: Task(
            title=_("Confirm the reset of second factors of %(person)s")
            % {"person": in_language(reset.account.person.name_ja, reset.account.person.name_en)},
            address=reverse("people:resets"),
        ),
        heading=_("Resets to confirm"),
        list_address="people:resets",
    )


def _appointments_to_confirm(viewer: Actor, _at: datetime) -> Tasks:
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


def _invites(viewer: Actor) -> bool:
    return bool(viewer.agencies or viewer.ministries or viewer.institutions or viewer.is_operator)


def _confirms(viewer: Actor) -> bool:
    return bool(viewer.agencies or viewer.institutions or viewer.is_operator)


_WITH_A_DESK = Applies(role=keeps_a_registry)

FRONT = Front(
    refusals=REFUSALS,
    told=TOLD,
    titles={CLAIM: claim_titles},
    menu=(
        MenuEntry(
            place=190,
            label=gettext_lazy("My record"),
            address="record:own",
            applies=Applies(role=lambda _viewer: True),
        ),
        MenuEntry(
            place=95,
            label=gettext_lazy("Registry"),
            address="registry:desk",
            applies=_WITH_A_DESK,
        ),
        MenuEntry(
            place=185,
            label=gettext_lazy("Invitations"),
            address="people:invitations",
            applies=Applies(role=_invites),
        ),
        MenuEntry(
            place=195,
            label=gettext_lazy("Sign-in and devices"),
            address="people:sign_ins",
            applies=Applies(role=lambda _viewer: True),
        ),
    ),
    tasks=(
        TaskSource(applies=_WITH_A_DESK, gather=_appointments_to_confirm),
        TaskSource(applies=Applies(role=_confirms), gather=_to_confirm),
        TaskSource(applies=Applies(role=_invites), gather=_to_second),
        TaskSource(applies=Applies(role=_invites), gather=_resets),
    ),
)
