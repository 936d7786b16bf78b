"""Letters to whoever's second factors are to be reset, or were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from banso.people.accounts.letters import Letter, send

if TYPE_CHECKING:
    from banso.people.models import FactorReset


def send_reset_asked(reset: FactorReset) -> None:
    """Tell the person that a reset was asked for, so that they can object."""
    account = reset.account
    send(account.email, account.person.language, lambda: _asked(reset))


def send_reset_done(reset: FactorReset) -> None:
    """Tell the person how they sign in now."""
    account = reset.account
    send(account.email, account.person.language, _done)


def _asked(reset: FactorReset) -> Letter:
    return Letter(
        _("A reset of your second factors was asked for"),
        (
            _("An officer asked to reset the second factors of your account."),
            _("Reason: %(reason)s") % {"reason": reset.reason},
            _(
                "They are reset once another officer confirms it. If you did not ask for it, tell"
                " your body's officers or the operator at once."
            ),
        ),
    )


def _done() -> Letter:
    return Letter(
        _("Your second factors were reset"),
        (
            _(
                "Two officers together reset the second factors of your account. All your sessions"
                " have ended."
            ),
            _(
                "Sign in with your password; you are then led to set up a second factor anew."
                " If you did not ask for it, tell the operator at once."
            ),
        ),
    )
