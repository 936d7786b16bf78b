"""What a person puts right in their own record."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from banso.people.forms.records import NamesForm


class OwnRecordForm(NamesForm):
    """One's own names, numbers, and the language in which mail is written."""

    language = forms.ChoiceField(
        label=_("Language of mail to you"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    def facts(self) -> dict[str, Any]:
        """Give everything as the values of the record."""
        return {"values": {**self.values(), "language": self.cleaned_data["language"]}}
