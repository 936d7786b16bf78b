"""A mail address as people type and paste it."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.rulebook.writing import without_hidden
from banso.web.forms import ActForm

LONGEST = 254


def address_in(text: str) -> str:
    r"""Read one address: full-width letters are folded, blanks around it and hidden signs go.

    >>> address_in(" Ａｏｉ@Example.JP\u200b")
    'aoi@example.jp'
    """
    address = unicodedata.normalize("NFKC", without_hidden(text)).strip().casefold()
    if any(character.isspace() for character in address):
        raise ValidationError(
            _("There is a blank inside this mail address. Take it out, or enter one address.")
        )
    if len(address) > LONGEST:
        raise ValidationError(_("A mail address has at most 254 characters."))
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            _("This is not a mail address. Enter one like aoi@example.jp.")
        ) from None
    return address


class AddressField(forms.CharField):
    """One mail address, read as `address_in` does."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        widget = forms.EmailInput(attrs={"autocomplete": "email"})
        super().__init__(**{"label": gettext_lazy("Mail address"), "widget": widget, **options})

    def to_python(self, value: object) -> str:
        """Keep what is empty for the check that something is required."""
        text = super().to_python(value) or ""
        return address_in(text) if text.strip() else ""


class NewAddressForm(ActForm):
    """The address that one's account is to have."""

    email = AddressField(label=gettext_lazy("New mail address"))
    refused_at = {"address-is-own": "email"}
