"""Signed links of letters: they carry no secret of the database, and name what they open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from uuid import UUID

from django.core import signing

from banso.rulebook.people.entering import SIGN_UP_LASTS

if TYPE_CHECKING:
    from banso.people.models import Invitation

INVITATION: Final = "banso.people.invitation"
SIGN_UP: Final = "banso.people.sign-up"
# Where a token goes in the address of a page that a letter leads to.
TOKEN: Final = "{token}"  # noqa: S105 - a place, no secret


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
