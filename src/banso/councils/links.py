"""The signed link of a council's invitation: its person answers by it without an account (C3)."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from django.core import signing
from django.urls import reverse

from banso.councils.models import Membership

if TYPE_CHECKING:
    from banso.people.actors import Actor

SALT: Final = "banso.councils.invitation"


class Opened(NamedTuple):
    """What a link names: the invitation, and when it was made, which another one changes."""

    membership_id: UUID
    invited_at: str


def answering_address(membership: Membership) -> str:
    """Write the address by which its person answers; it works until they have answered."""
    named = [membership.pk.hex, _instant_of(membership)]
    return reverse("councils:answer_by_letter", args=[signing.dumps(named, salt=SALT)])


def opened_link(token: str) -> Opened | None:
    """Read what a link names; nothing where we did not make it or it is not whole."""
    try:
        key, invited_at = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Opened(UUID(key), invited_at)


def invitation_under(opened: Opened, holder: Actor) -> Membership | None:
    """Find the invitation of its own person while it waits and no later one took its place."""
    waiting = Membership.objects.visible_to(holder).own(holder).waiting()
    found = waiting.filter(pk=opened.membership_id).select_related(
        "council__concept", "council__organiser", "organisation"
    )
    membership = found.first()
    if membership is None or _instant_of(membership) != opened.invited_at:
        return None
    return membership


def _instant_of(membership: Membership) -> str:
    return membership.invited_at.astimezone(UTC).isoformat()


def person_under(opened: Opened) -> UUID | None:
    """Tell whose invitation a link names; the letter went to that person's address alone."""
    named = Membership.objects.filter(pk=opened.membership_id)
    return named.values_list("person_id", flat=True).first()
