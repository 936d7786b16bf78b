"""What allauth asks of us: limits before hashing, devices, letters and words of our own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from banso.ledger.clock import read_clock
from banso.people.accounts import letters
from banso.people.accounts.devices import known_device, note_device, program_of, remember
from banso.people.accounts.links import address_in_letter
from banso.people.accounts.recording import note
from banso.people.accounts.second_factor import STEP_UP_LASTS
from banso.people.accounts.throttling import (
    ACCOUNT,
    ACCOUNT_AND_CLIENT,
    CLIENT,
    DEVICE,
    LETTER_FROM_CLIENT,
    LETTER_TO_ADDRESS,
    LETTERS,
    PASSWORDS,
    TooManyTries,
    client_of,
    count,
)
from banso.people.models.sign_ins import SignIn

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from banso.people.accounts.throttling import Counted
    from banso.people.models import Account

Outcome = SignIn.Outcome

# What is said on the next page, by the name under which allauth knows it; the rest is not said.
SAID = {
    "account/messages/password_changed.txt": _("Your password is set. Other sign-ins have ended."),
    "account/messages/password_set.txt": _("Your password is set. Other sign-ins have ended."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is kept."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "socialaccount/messages/account_connected.txt": _("The identity is linked."),
    "socialaccount/messages/account_connected_updated.txt": _("The identity is linked."),
    "socialaccount/messages/account_disconnected.txt": _("The identity is unlinked."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes are made."),
}
# What a letter tells of a change, and what is kept of it, by allauth's name of it.
CHANGES = {
    "account/email/password_changed": (Outcome.PASSWORD_SET, _("Your password was changed.")),
    "account/email/password_set": (Outcome.PASSWORD_SET, _("A password was set.")),
    "account/email/password_reset": (
        Outcome.PASSWORD_RESET,
        _("Your password was set anew by a link from a mail."),
    ),
    "mfa/email/totp_activated": (
        Outcome.FACTOR_ADDED,
        _("An authenticator app was set up for your account."),
    ),
    "mfa/email/totp_deactivated": (
        Outcome.FACTOR_REMOVED,
        _("The authenticator app was removed from your account."),
    ),
    "mfa/email/webauthn_added": (
        Outcome.FACTOR_ADDED,
        _("A passkey was added to your account."),
    ),
    "mfa/email/webauthn_removed": (
        Outcome.FACTOR_REMOVED,
        _("A passkey was removed from your account."),
    ),
    "mfa/email/recovery_codes_generated": (
        Outcome.CODES_MADE,
        _("New recovery codes were made for your account. Earlier ones no longer work."),
    ),
    "socialaccount/email/account_connected": (
        Outcome.IDENTITY_LINKED,
        _("An outside identity was linked with your account."),
    ),
    "socialaccount/email/account_disconnected": (
        Outcome.IDENTITY_UNLINKED,
        _("An outside identity was unlinked from your account."),
    ),
    "code-used": (
        Outcome.CODE_USED,
        _("A recovery code was used to sign in. It cannot be used again."),
    ),
}
# allauth would tell these once its transaction has ended, and a kill could lose them.
TOLD_BY_VIEWS = frozenset({"mfa/email/totp_activated", "mfa/email/recovery_codes_generated"})


class ResetTokens(PasswordResetTokenGenerator):
    """Tokens of links that set a password: for one account, one use and an hour."""


class SignInAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps accounts in step with what we count, keep and write."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The address or the password is not correct. Check both; capital letters count in"
            " the password."
        ),
        "enter_current_password": _("This is not your present password. Enter it once more."),
        "incorrect_password": _("This is not your password. Enter it once more."),
        "incorrect_code": _("This code is not correct. Enter the one that is shown now."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Answer no: accounts are made by our own commands, which know persons."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Tell the client as our front does, past the proxies that we trust."""
        return str(request.META.get("REMOTE_ADDR", ""))

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:  # noqa: ANN401 - allauth's own
        """Count a try before the password is hashed, and give it back where it was right."""
        email = credentials.get("email", "")
        try:
            tries = self._count(request, email)
        except TooManyTries:
            note(request, Outcome.TOO_MANY_TRIES, email=email)
            raise
        account: Account | None = super().authenticate(request, **credentials)
        if account is not None:
            tries.give_back()
        return account

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - allauth's own
        """Leave it to `authenticate`, whose counters every process shares."""

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ANN401 - allauth's own
        """Keep a wrong password for its person."""
        note(request, Outcome.WRONG_PASSWORD, email=credentials.get("email", ""))

    def reauthenticate(self, user: Account, password: str) -> bool:
        """Check the password of who is signed in, within the same limits."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def post_login(self, request: HttpRequest, user: Account, **facts: Any) -> HttpResponse:  # noqa: ANN401 - allauth's own
        """Keep the sign-in and its device, and tell its person of one that is new."""
        response: HttpResponse = super().post_login(request, user, **facts)
        at = read_clock()
        had_signed_in = user.devices.exists()
        seen = note_device(request, user, at=at)
        note(request, Outcome.SIGNED_IN, account=user, is_new_device=seen.is_new)
        remember(request, response, seen.device)
        UserSession.objects.filter(session_key=request.session.session_key).update(
            data={"device": str(seen.device.pk)}
        )
        if seen.is_new and had_signed_in:
            facts = _facts(request)
            letters.send(
                user.email, user.person.language, lambda: letters.new_device(at=at, **facts)
            )
        return response

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *_more: object,
        **named: Any,  # noqa: ANN401 - allauth's own
    ) -> None:
        """Say our own sentence, or nothing where we have none."""
        said = named.get("message") or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write our own letter; those of the reset count for the address and for the client."""
        if template_prefix == "account/email/unknown_account":
            address = address_in_letter(self.request, reverse("people:sign_up"))
            letters.send(email, get_language() or "", lambda: letters.no_account(address))
            return
        address = context["password_reset_url"]
        language = context["user"].person.language
        letters.send(email, language, lambda: letters.reset(address))

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Lead to our own name, whatever host the request named."""
        address = urlsplit(super().get_reset_password_from_key_url(key))
        return address_in_letter(self.request, address.path)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,  # noqa: ARG002 - allauth's signature
        email: str | None = None,  # noqa: ARG002 - allauth's signature
    ) -> None:
        """Keep a change of how somebody signs in, and tell them of it."""
        if template_prefix not in TOLD_BY_VIEWS:
            tell_change(self.request, template_prefix, user)

    def is_reauthentication_required(self, *, app: str, **facts: Any) -> bool:  # noqa: ANN401 - allauth's own
        """Ask for nothing again of whoever has shown just now who they are."""
        records = get_authentication_records(self.request, self.request.user)
        latest = max((record["at"] for record in records), default=0)
        if time.time() - latest < STEP_UP_LASTS.total_seconds():
            return False
        return bool(super().is_reauthentication_required(app=app, **facts))

    def _count(self, request: HttpRequest, email: str) -> Counted:
        """Count for the device that is known, else for the account and for the client."""
        email, client = email.casefold(), client_of(self.get_client_ip(request))
        device = known_device(request, email)
        if device:
            return count(PASSWORDS, (DEVICE, (device.pk,)))
        return count(
            PASSWORDS,
            (ACCOUNT_AND_CLIENT, (email, client)),
            (CLIENT, (client,)),
            (ACCOUNT, (email,)),
        )


def tell_change(request: HttpRequest, change: str, account: Account) -> None:
    """Keep a change of how somebody signs in, and write to them of it."""
    outcome, what = CHANGES[change]
    note(request, outcome, account=account)
    at, facts = read_clock(), _facts(request)
    letters.send(
        account.email,
        account.person.language,
        lambda: letters.changed(str(what), at=at, **facts),
    )


def display_name(account: Account) -> str:
    """Name an account by its person."""
    return account.person.name_ja


def _facts(request: HttpRequest) -> dict[str, str]:
    return {
        "client": str(request.META.get("REMOTE_ADDR", "")),
        "program": program_of(request),
        "address": address_in_letter(request, reverse("people:sign_ins")),
    }


def count_letter(request: HttpRequest, email: str) -> None:
    """Count a letter that a visitor lets us send, whether or not anybody has the address."""
    client = client_of(str(request.META.get("REMOTE_ADDR", "")))
    count(LETTERS, (LETTER_TO_ADDRESS, (email.casefold(),)), (LETTER_FROM_CLIENT, (client,)))
