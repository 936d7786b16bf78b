"""Signed links of letters: they carry no secret of the database, and name what they open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from banso.rulebook.people.entering import SIGN_UP_LASTS

if TYPE_CHECKING:
    from django.http import HttpRequest

    from banso.people.models import AddressChange, Invitation

INVITATION: Final = "banso.people.invitation"
SIGN_UP: Final = "banso.people.sign-up"
CONFIRM_ADDRESS: Final = "banso.people.confirm-address"
STOP_ADDRESS: Final = "banso.people.stop-address"
# Where a token goes in the address of a page that a letter leads to.
TOKEN: Final = "{token}"  # noqa: S105 - a place, no secret
_PLACE: Final = "TOKEN"


def address_in_letter(request: HttpRequest, path: str) -> str:
    """Write an address of ours for a letter: at the site's own name, else at the request's."""
    own: str = settings.GIVEN_ADDRESS
    return own + path if own else request.build_absolute_uri(path)


def link_to(request: HttpRequest, name: str) -> str:
    """Write the address of a page that a letter leads to, with `{token}` where its token goes."""
    return address_in_letter(request, reverse(name, args=[_PLACE])).replace(_PLACE, TOKEN)


class Opened(NamedTuple):
    """What a link to an invitation names: its row and the number of its letter."""

    invitation_id: UUID
    letter: int


def invitation_token(invitation: Invitation) -> str:
    """Sign the invitation with the number of its latest letter."""
    return signing.dumps([invitation.pk.hex, invitation.letter], salt=INVITATION)


def opened_invitation(token: str) -> Opened | None:
    """Read what a link names; nothing where we did not make it or it is not whole."""
    try:
        key, letter = signing.loads(token, salt=INVITATION)
    except signing.BadSignature:
        return None
    return Opened(UUID(key), letter)


def sign_up_token(email: str) -> str:
    """Sign the address that somebody wants an account for."""
    return signing.dumps(email, salt=SIGN_UP)


def signed_up_address(token: str) -> str | None:
    """Read the address that a link of the last day proves to be its holder's."""
    try:
        return str(signing.loads(token, salt=SIGN_UP, max_age=SIGN_UP_LASTS))
    except signing.BadSignature:
        return None


def address_token(change: AddressChange, purpose: str) -> str:
    """Sign a change of address, for confirming it or for stopping it."""
    return signing.dumps(change.pk.hex, salt=purpose)


def opened_address_change(token: str, purpose: str) -> UUID | None:
    """Read which change a link names; nothing where we did not make it for this."""
    try:
        return UUID(signing.loads(token, salt=purpose))
    except signing.BadSignature:
        return None
