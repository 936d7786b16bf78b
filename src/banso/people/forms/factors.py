"""Forms of second factors: allauth's own, with our fields, words and limits."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as allauth_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from banso.people.accounts.adapter import tell_change
from banso.people.accounts.recording import note
from banso.people.accounts.throttling import CODE, CODES, USED_CODE, TooManyTries, count
from banso.people.forms.addresses import AddressField
from banso.people.models.sign_ins import SignIn
from banso.people.queries.factors import account_to_reset
from banso.web.fields import LineField
from banso.web.forms import ActForm

if TYPE_CHECKING:
    from django.http import QueryDict

    from banso.people.actors import Actor
    from banso.people.models import Account

_ONE_TIME = {"autocomplete": "one-time-code", "inputmode": "numeric"}


class CodeField(LineField):
    """A code as it is typed, in whatever width and with or without blanks."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        widget = forms.TextInput(attrs=_ONE_TIME)
        super().__init__(**{"label": _("Code"), "widget": widget, "max_length": 40, **options})

    def to_python(self, value: object) -> str:
        """Fold full-width digits and leave out blanks."""
        text = unicodedata.normalize("NFKC", super().to_python(value))
        return "".join(text.split())


class _Limited:
    """Counts codes of an account before they are looked at; each code of an app works once."""

    user: Account
    authenticator: Authenticator

    def clean_code(self) -> str:
        """Look at a code, and keep a wrong one for its person."""
        tries = count(CODES, (CODE, (self.user.pk,)))
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # the form beside it
            self._use_once(code)
        except ValidationError:
            note(context.request, SignIn.Outcome.WRONG_CODE, account=self.user)
            raise
        tries.give_back()
        return code

    def save(self) -> None:
        """Keep the sign-in, and tell of a recovery code that was used."""
        super().save()  # type: ignore[misc]  # the form beside it
        if self.authenticator.type == Authenticator.Type.RECOVERY_CODES:
            tell_change(context.request, "code-used", self.user)

    def _use_once(self, code: str) -> None:
        if self.authenticator.type != Authenticator.Type.TOTP:
            return
        try:
            count(CODES, (USED_CODE, (self.user.pk, code)))
        except TooManyTries:
            raise get_adapter().validation_error("incorrect_code") from None


class CodeForm(_Limited, allauth_forms.AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    """The second factor when somebody signs in."""

    code = CodeField(label=_("Code of the app, or a recovery code"))


class CodeAgainForm(_Limited, allauth_forms.ReauthenticateForm):  # type: ignore[misc]  # as above
    """The second factor once more, before something that matters."""

    code = CodeField(label=_("Code of the app, or a recovery code"))


class SetUpAppForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]  # as above
    """The first code of an app, which shows that it was set up."""

    code = CodeField(label=_("Code that the app shows"))

    def clean_code(self) -> str:
        """Look at the code within the same limit as any other."""
        tries = count(CODES, (CODE, (self.user.pk,)))
        code: str = super().clean_code()
        tries.give_back()
        return code


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):  # type: ignore[misc]  # as above
    """A name for the passkey; the browser brings the rest."""

    name = LineField(
        label=_("Name of the passkey"),
        max_length=60,
        required=False,
        help_text=_("So that you can tell it from others, for example by the device."),
    )
    passwordless = forms.BooleanField(required=False, widget=forms.HiddenInput, initial=True)


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):  # type: ignore[misc]  # as above
    """Another name for a passkey."""

    name = LineField(label=_("Name of the passkey"), max_length=60)


class PasskeyForm(webauthn_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]  # as above
    """A passkey as second factor; one that does not fit is kept for its person."""

    def clean_credential(self) -> Authenticator:
        """Look at what the browser signed."""
        try:
            return super().clean_credential()
        except ValidationError:
            note(context.request, SignIn.Outcome.WRONG_CODE, account=self.user)
            raise


class ResetForm(ActForm):
    """Whose second factors are to be reset, and why."""

    email = AddressField(label=_("Mail address of the account"))
    reason = LineField(
        label=_("Reason, which the person reads"),
        max_length=500,
        help_text=_("For example: the telephone was lost; identity checked by telephone."),
    )

    def __init__(self, entered: QueryDict | None = None, *, actor: Actor) -> None:
        super().__init__(entered)
        self._actor = actor

    def clean_email(self) -> str:
        """Find the account among the people of one's bodies; of others nothing is said."""
        email = self.cleaned_data["email"]
        self.account_id = account_to_reset(self._actor, email)
        if self.account_id is None:
            raise ValidationError(
                _("Nobody of your body has an account with this address. Check the address.")
            )
        return str(email)

    def facts(self) -> dict[str, Any]:
        """Give what `ask_factor_reset` takes."""
        return {"account_id": self.account_id, "reason": self.cleaned_data["reason"]}
