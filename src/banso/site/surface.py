"""Every address by its name: whom it answers. An address that is not named here asks for sign-in.

A name stands here or the house test fails (A-01); the rest of the row, who sees what of it, is
each app's `visible_to`.
"""

from __future__ import annotations

from enum import StrEnum

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override


class Surface(StrEnum):
    """Whom an address answers."""

    PUBLIC = "public"  # everybody, the same page; kept whole for visitors
    SIGN_IN = "sign-in"  # everybody, on the way in or out
    SIGNED_IN = "signed-in"  # whoever has signed in; what they see is theirs
    MACHINE = "machine"  # whoever watches over the server
    DEMO = "demo"  # everybody, in demo mode alone


_PUBLIC = (
    *("portal:home", "portal:concept", "portal:rules", "portal:rule", "portal:help"),
    *("portal:data", "web:gallery"),
    *("results:results", "results:results_csv", "results:results_json", "results:result"),
)
_SIGN_IN = (
    *("account_login", "account_logout", "account_signup", "account_inactive"),
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("account_email_verification_sent", "account_confirm_email", "account_confirm_login_code"),
)
_SIGNED_IN = (
    *("account_reauthenticate", "account_email", "account_change_password"),
    *("account_set_password",),
    *("portal:my", "portal:desk"),
    *(
        "results:my_results",
        "results:my_result",
        "results:plan_result",
        "results:publish_result",
        "results:request_withholding",
    ),
    *("results:withholdings", "results:withholding"),
)
_MACHINE = ("healthz", "readyz")
_DEMO = ("rehearsal:roles", "rehearsal:step_into")

SURFACE: dict[str, Surface] = {
    **dict.fromkeys(_PUBLIC, Surface.PUBLIC),
    **dict.fromkeys(_SIGN_IN, Surface.SIGN_IN),
    **dict.fromkeys(_SIGNED_IN, Surface.SIGNED_IN),
    **dict.fromkeys(_MACHINE, Surface.MACHINE),
    **dict.fromkeys(_DEMO, Surface.DEMO),
}


def surface_of(name: str) -> Surface:
    """Tell whom an address answers, by its name; one that was forgotten asks for sign-in."""
    return SURFACE.get(name, Surface.SIGNED_IN)


def is_public(path: str) -> bool:
    """Tell whether a path leads to a page that is the same for every visitor."""
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return False
    return surface_of(match.view_name) is Surface.PUBLIC
