"""Devices from which an account has signed in, known by a signed cookie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings
from django.core import signing

from banso.people.models.sign_ins import Device

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponseBase

    from banso.people.models import Account

SALT: Final = "banso.people.device"
KEPT_SECONDS: Final = 400 * 24 * 60 * 60  # as long as a browser keeps a cookie
# Accounts that sign in from one browser; the one that was not used for longest goes first.
MOST_ACCOUNTS: Final = 8
LONGEST_PROGRAM: Final = 300


@dataclass(frozen=True, slots=True)
class Seen:
    """The device of a sign-in, and whether the account had never signed in from it."""

    device: Device
    is_new: bool


def cookie_name() -> str:
    """Name the cookie; over TLS no subdomain may set it."""
    return "__Host-device" if settings.IS_BEHIND_TLS else "device"


def known_device(request: HttpRequest, email: str) -> Device | None:
    """Find the device from which the account of this address signed in before, unless ended."""
    ids = _ids_in(request)
    if not ids:
        return None
    own = Device.objects.filter(pk__in=ids, account__email__iexact=email, ended_at=None)
    return own.first()


def note_device(request: HttpRequest, account: Account, *, at: datetime) -> Seen:
    """Keep that the account signs in from this browser."""
    device = Device.objects.filter(pk__in=_ids_in(request), account=account, ended_at=None).first()
    if device is None:
        made = Device.objects.create(
            account=account, program=program_of(request), first_at=at, last_at=at
        )
        return Seen(made, is_new=True)
    device.program, device.last_at = program_of(request), at
    device.save(update_fields=["program", "last_at"])
    return Seen(device, is_new=False)


def remember(request: HttpRequest, response: HttpResponseBase, device: Device) -> None:
    """Let the browser name the device when it comes again."""
    others = [one for one in _ids_in(request) if one != device.pk]
    ids = [str(one) for one in (device.pk, *others)][:MOST_ACCOUNTS]
    response.set_cookie(
        cookie_name(),
        signing.dumps(ids, salt=SALT),
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def program_of(request: HttpRequest) -> str:
    """Read what the browser calls itself."""
    return request.headers.get("User-Agent", "")[:LONGEST_PROGRAM]


def _ids_in(request: HttpRequest) -> list[UUID]:
    text = request.COOKIES.get(cookie_name(), "")
    try:
        return [UUID(one) for one in signing.loads(text, salt=SALT, max_age=KEPT_SECONDS)]
    except (signing.BadSignature, ValueError):
        return []
