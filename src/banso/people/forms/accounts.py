"""Forms of signing in and of passwords: allauth's own, with our fields and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext_lazy as _

from banso.people.accounts.adapter import count_letter
from banso.people.accounts.passwords import HELP
from banso.people.forms.addresses import AddressField

if TYPE_CHECKING:
    from django.http import HttpRequest


class PresentPasswordField(forms.CharField):
    """The password that somebody has."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
        super().__init__(**{"label": _("Password"), "strip": False, "widget": widget, **options})


class NewPasswordField(forms.CharField):
    """A new password, looked at together with whose it will be."""

    user: object = None

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        given = {"label": _("New password"), "strip": False, "widget": widget, "help_text": HELP}
        super().__init__(**{**given, **options})

    def clean(self, value: object) -> str:
        """Refuse a password that is too short or easy to guess."""
        return str(get_adapter().clean_password(super().clean(value), user=self.user))


class AgainField(forms.CharField):
    """The same password once more, so that a slip of the finger is noticed."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        label = _("New password, once more")
        super().__init__(**{"label": label, "strip": False, "widget": widget, **options})


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Address and password."""

    password = PresentPasswordField()

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - allauth's own
        super().__init__(*arguments, **named)
        self.fields["login"] = AddressField(
            widget=forms.EmailInput(attrs={"autocomplete": "username"})
        )


class _TwiceTheSame:
    def clean(self) -> dict[str, Any]:
        """Compare both entries, and say at the second where they differ."""
        entered: dict[str, Any] = super().clean()  # type: ignore[misc]  # the form beside it
        first, again = entered.get("password1"), entered.get("password2")
        if first and again and first != again:
            self.add_error(  # type: ignore[attr-defined]  # the form beside it
                "password2", _("The two entries differ. Enter the same password twice.")
            )
        return entered


class ChangePasswordForm(_TwiceTheSame, allauth_forms.UserForm):  # type: ignore[misc]  # as above
    """The present password, then the new one."""

    oldpassword = PresentPasswordField(label=_("Present password"))
    password1 = NewPasswordField()
    password2 = AgainField()
    clean_oldpassword = allauth_forms.ChangePasswordForm.clean_oldpassword
    save = allauth_forms.ChangePasswordForm.save

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - allauth's own
        super().__init__(*arguments, **named)
        self.fields["password1"].user = self.user


class SetPasswordForm(_TwiceTheSame, allauth_forms.UserForm):  # type: ignore[misc]  # as above
    """A first password, for who signs in otherwise."""

    password1 = NewPasswordField()
    password2 = AgainField()
    save = allauth_forms.SetPasswordForm.save

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - allauth's own
        super().__init__(*arguments, **named)
        self.fields["password1"].user = self.user


class NewPasswordForm(_TwiceTheSame, forms.Form):
    """A new password, for who opened the link of a letter."""

    password1 = NewPasswordField()
    password2 = AgainField()
    save = allauth_forms.ResetPasswordKeyForm.save

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - allauth's own
        self.user = named.pop("user", None)
        self.temp_key = named.pop("temp_key", None)
        super().__init__(*arguments, **named)
        self.fields["password1"].user = self.user  # type: ignore[attr-defined]  # our own field


class ForgottenForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # as above
    """The address to which the link to a new password goes."""

    email = AddressField()

    def save(self, request: HttpRequest, **facts: Any) -> str:  # noqa: ANN401 - allauth's own
        """Send one letter, whether or not an account has the address (A-52)."""
        count_letter(request, self.cleaned_data["email"])
        return str(super().save(request, **facts))


class PasswordAgainForm(allauth_forms.ReauthenticateForm):  # type: ignore[misc]  # as above
    """The password once more, before something that matters."""

    password = PresentPasswordField()
