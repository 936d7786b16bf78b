"""The fields of a person's name, each script by itself; names are kept exactly as given (J6)."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from banso.people.entering import Names
from banso.rulebook.writing import is_written, without_hidden
from banso.web.fields import LineField

_KANA: Final = re.compile(r"[ぁ-ゖァ-ヺー・゛゜ゝゞヽヾ\s]*")
_LETTERS: Final = re.compile(r"[^ぁ-ヿ\u3400-\u9fff\U00020000-\U0003ffff]*")
LONGEST_NAME: Final = 100


class NameField(LineField):
    """A part of a name; nothing is composed or folded, which would change some kanji (J5)."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**{"max_length": LONGEST_NAME, **options})

    def to_python(self, value: object) -> str:
        """Leave out what shows nothing; a name without a visible character is empty."""
        text = without_hidden(forms.CharField.to_python(self, value) or "")
        return text.strip() if is_written(text) else ""


class KanaField(NameField):
    """A part of a name in kana."""

    def validate(self, value: str) -> None:
        """Refuse what nobody could read aloud or sort by."""
        super().validate(value)
        if not _KANA.fullmatch(value):
            raise ValidationError(_("Write this part of the name in hiragana or katakana."))


class RomajiField(NameField):
    """A part of a name in letters."""

    def validate(self, value: str) -> None:
        """Refuse kana and kanji, which have fields of their own."""
        super().validate(value)
        if not _LETTERS.fullmatch(value):
            raise ValidationError(_("Write this part of the name in Roman letters."))


class NameForm(forms.Form):
    """A person's name; whoever has one name enters it as the family name."""

    family_name = NameField(
        label=_("Family name"),
        help_text=_("As you write it. If you have only one name, enter it here."),
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    given_name = NameField(
        label=_("Given name"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name_kana = KanaField(label=_("Family name in kana"), required=False)
    given_name_kana = KanaField(label=_("Given name in kana"), required=False)
    family_name_en = RomajiField(label=_("Family name in Roman letters"), required=False)
    given_name_en = RomajiField(label=_("Given name in Roman letters"), required=False)

    def names(self) -> Names:
        """Give the name in the commands' own words."""
        entered = self.cleaned_data
        return Names(**{name: entered[name] for name in NameForm.base_fields})
