"""Reading one's own sign-ins, sessions and devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession

from banso.people.models import Account, Device, SignIn

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from banso.people.actors import Actor

LATEST = 50


def account_of(viewer: Actor) -> Account:
    """Find the viewer's own account."""
    return Account.objects.select_related("person").get(person_id=viewer.person_id)


def sign_ins_of(viewer: Actor) -> QuerySet[SignIn]:
    """List what was tried lately with the viewer's account, latest first."""
    return SignIn.objects.visible_to(viewer).order_by("-at", "pk")[:LATEST]


def devices_of(viewer: Actor) -> QuerySet[Device]:
    """List devices that the viewer's account knows, latest first."""
    return Device.objects.visible_to(viewer).filter(ended_at=None).order_by("-last_at", "pk")


def sessions_of(viewer: Actor) -> QuerySet[UserSession]:
    """List the viewer's own sessions, latest first."""
    own: QuerySet[UserSession] = UserSession.objects.filter(user__person_id=viewer.person_id)
    return own.order_by("-last_seen_at", "pk")


def living_sessions_of(viewer: Actor) -> list[UserSession]:
    """List sessions that still open something; those that ended by themselves are forgotten."""
    return [session for session in sessions_of(viewer) if not session.purge()]
