"""Whether a session has shown a second factor, and how long ago (A-50)."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from allauth.account.internal.flows.login import (
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings

from banso.people.actors import (
    AGENCY_OFFICER,
    AUDITOR,
    MINISTRY_OFFICER,
    OPERATOR,
    PROGRAM_DIRECTOR,
    PROGRAM_OFFICER,
)

if TYPE_CHECKING:
    from django.http import HttpRequest

    from banso.people.models import Account

STEP_UP_LASTS: Final = timedelta(minutes=15)
# Who decides over others, or reads what others may not, shows a second factor everywhere (O5).
REQUIRED_OF: Final = frozenset(
    {
        *(AGENCY_OFFICER, PROGRAM_DIRECTOR, PROGRAM_OFFICER),
        *(MINISTRY_OFFICER, AUDITOR, OPERATOR),
    }
)
# A recovery code stands for a lost factor, so it counts as one.
KINDS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
_METHOD: Final = "mfa"
_DEMO: Final = "demo"


def has_shown(request: HttpRequest, *, within: timedelta | None = None) -> bool:
    """Tell whether this session has shown a second factor, lately where a time is given.

    In demo mode, stepping into a role counts as one.
    """
    shown = [
        record
        for record in get_authentication_records(request, _account(request))
        if record["method"] == _METHOD
    ]
    if not shown:
        return False
    if settings.IS_DEMO and any(record.get("type") == _DEMO for record in shown):
        return True
    return within is None or time.time() - shown[-1]["at"] < within.total_seconds()


def has_factor(account: Account) -> bool:
    """Tell whether an account has an app or a passkey."""
    return bool(Authenticator.objects.filter(user=account, type__in=KINDS).exists())


def has_passkey(account: Account) -> bool:
    """Tell whether an account has a passkey."""
    passkeys = Authenticator.objects.filter(user=account, type=Authenticator.Type.WEBAUTHN)
    return bool(passkeys.exists())


def mark_enrolled(request: HttpRequest, account: Account, kind: str) -> None:
    """Keep in the session that a factor was shown: it has just been set up, in this browser."""
    record_authentication(request, account, _METHOD, type=kind, reauthenticated=True)


def mark_demo(request: HttpRequest, account: Account) -> None:
    """Keep in the session that somebody stepped into a role of the sample program."""
    UserSession.objects.create_from_request(request)
    if settings.IS_DEMO:
        record_authentication(request, account, _METHOD, type=_DEMO, reauthenticated=True)


def _account(request: HttpRequest) -> Account | None:
    return request.user if request.user.is_authenticated else None
