"""What officers and persons enter about persons and bodies."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from banso.engines.names.sounds import hiragana
from banso.people.forms.choosing import OrganisationField
from banso.people.forms.names import NameField
from banso.people.forms.numbers import (
    CorporateNumberField,
    EradCodeField,
    EradNumberField,
    OrcidField,
    ResearchmapField,
    RorField,
)
from banso.people.models import Organisation
from banso.web.date_fields import JapaneseDateField
from banso.web.fields import LineField, ProseField
from banso.web.forms import ActForm

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from django.http import QueryDict

_KANA = re.compile(r"[ぁ-ゖー・\s]*")
_LATIN = re.compile(r"[^\u3000-\u9fff\uff00-\uffef]*")
LONGEST_UNIT = 200
A_DAY = timedelta(days=1)


class KanaField(NameField):
    """A name in kana, katakana or hiragana, of either width."""

    def validate(self, value: str) -> None:
        """Refuse what is no kana, so that the name is sorted where people look for it."""
        super().validate(value)
        if not _KANA.fullmatch(hiragana(value)):
            raise ValidationError(_("Enter this in kana, for example タカハシ."), code="kana")


class RomanField(NameField):
    """A name in Latin letters."""

    def validate(self, value: str) -> None:
        """Refuse kanji and kana."""
        super().validate(value)
        if not _LATIN.fullmatch(value):
            raise ValidationError(
                _("Enter this in Latin letters, for example Takahashi."), code="roman"
            )


class NamesForm(ActForm):
    """Names of a person, family and given name apart, as they are (J6), and their numbers."""

    refused_at: ClassVar = {"number-of-another-record": "erad_number"}

    family_name = NameField(
        label=_("Family name"),
        help_text=_(
            "Exactly as the person writes it; 髙 and 﨑 stay as they are. A single name goes here."
        ),
        max_length=100,
    )
    given_name = NameField(label=_("Given name"), max_length=100, required=False)
    family_name_kana = KanaField(label=_("Family name in kana"), max_length=100, required=False)
    given_name_kana = KanaField(label=_("Given name in kana"), max_length=100, required=False)
    family_name_en = RomanField(
        label=_("Family name in Latin letters"), max_length=100, required=False
    )
    given_name_en = RomanField(
        label=_("Given name in Latin letters"), max_length=100, required=False
    )
    erad_number = EradNumberField(
        label=_("e-Rad researcher number"),
        help_text=_(
            "8 digits. How its check digit is made is not published, so only the length is"
            " checked."
        ),
    )
    orcid = OrcidField(label=_("ORCID iD"))
    researchmap_id = ResearchmapField(
        label=_("researchmap"),
        help_text=_("What follows researchmap.jp/ in the address of the page."),
    )

    def values(self) -> dict[str, str]:
        """Give names and numbers alone."""
        return {name: self.cleaned_data[name] for name in NamesForm.base_fields}

    def facts(self) -> dict[str, Any]:
        """Give them as the values of the record."""
        return {"values": self.values()}


class PlaceForm(ActForm):
    """Where somebody belongs, in which unit, since when."""

    organisation = OrganisationField(label=_("Organisation"), queryset=Organisation.objects.none())
    unit = LineField(
        label=_("Unit"),
        help_text=_("Faculty, department or laboratory, as the body writes it."),
        max_length=LONGEST_UNIT,
        required=False,
    )
    from_on = JapaneseDateField(label=_("First day"))

    def __init__(self, sent: QueryDict | None, *, bodies: QuerySet[Organisation]) -> None:
        super().__init__(sent)
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined] # a choice

    def facts(self) -> dict[str, Any]:
        """Give the body by its key."""
        facts = super().facts()
        return {"organisation_id": facts.pop("organisation").pk, **facts}


class EnterPersonForm(PlaceForm, NamesForm):
    """A person who is not known yet, and where they belong."""

    field_order = (*NamesForm.base_fields, "organisation", "unit", "from_on")
    is_another = forms.BooleanField(
        label=_("I compared them: this is another person"), required=False
    )

    def __init__(self, sent: QueryDict | None, *, bodies: QuerySet[Organisation]) -> None:
        super().__init__(sent, bodies=bodies)
        self.likely: list[Any] = []

    def look_for(self, likely: Iterable[Any]) -> None:
        """Ask to compare with people of the same name or number, before one is entered twice."""
        self.likely = list(likely)
        if not self.likely:
            del self.fields["is_another"]
        elif not self.cleaned_data.get("is_another"):
            sentence = _(
                "People of this name or number are registered. If one of them is this person, add"
                " the affiliation to that record; if not, tick the box below."
            )
            self.add_error("is_another", ValidationError(sentence, code="likely"))

    def facts(self) -> dict[str, Any]:
        """Give the values of the record, and where the person belongs."""
        given = self.cleaned_data
        return {
            "values": self.values(),
            "organisation_id": given["organisation"].pk,
            "unit": given["unit"],
            "from_on": given["from_on"],
        }


class PeriodForm(ActForm):
    """Unit, first and last day of an affiliation."""

    unit = LineField(label=_("Unit"), max_length=LONGEST_UNIT, required=False)
    from_on = JapaneseDateField(label=_("First day"))
    last_on = JapaneseDateField(
        label=_("Last day"), help_text=_("Empty while there is no end."), required=False
    )

    def clean(self) -> dict[str, Any]:
        """Let the last day be no earlier than the first."""
        given: dict[str, Any] = super().clean() or {}
        check_days(self, given.get("from_on"), given.get("last_on"))
        return given

    def facts(self) -> dict[str, Any]:
        """Say the end as the first day on which it holds no more."""
        facts = super().facts()
        return {"until_on": day_after(facts.pop("last_on")), **facts}


class EndForm(ActForm):
    """The last day of what has none yet."""

    last_on = JapaneseDateField(label=_("Last day"))

    def __init__(self, sent: QueryDict | None, *, from_on: date) -> None:
        super().__init__(sent)
        self.from_on = from_on

    def clean(self) -> dict[str, Any]:
        """Let the last day be no earlier than the first."""
        given: dict[str, Any] = super().clean() or {}
        check_days(self, self.from_on, given.get("last_on"))
        return given

    def facts(self) -> dict[str, Any]:
        """Say the end as the first day on which it holds no more."""
        return {"until_on": day_after(self.cleaned_data["last_on"])}


class BodyForm(ActForm):
    """Names, numbers, kinds and units of a body."""

    is_kept = True
    refused_at: ClassVar = {"number-of-another-record": "corporate_number"}

    name_ja = NameField(label=_("Name in Japanese"), max_length=200)
    name_kana = KanaField(label=_("Name in kana"), max_length=200, required=False)
    name_en = RomanField(label=_("Name in English"), max_length=200, required=False)
    short_name = LineField(label=_("Short name"), max_length=40, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Organisation.Kind.choices, widget=forms.RadioSelect
    )
    further_kinds = forms.MultipleChoiceField(
        label=_("Also"),
        help_text=_("Where a body is several things to the program."),
        choices=Organisation.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    corporate_number = CorporateNumberField(
        label=_("Corporate number"), help_text=_("13 digits; the check digit is reckoned.")
    )
    ror = RorField(label=_("ROR"))
    erad_code = EradCodeField(label=_("e-Rad institution code"))
    units = ProseField(
        label=_("Units"),
        help_text=_("Faculties, departments or laboratories, one on each line."),
        max_length=20_000,
        required=False,
    )

    @classmethod
    def of(cls, body: Organisation) -> dict[str, object]:
        """Fill the form with what is known."""
        known = {name: getattr(body, name) for name in cls.base_fields}
        return {**known, "units": "\n".join(body.units or ())}

    def clean_units(self) -> list[str]:
        """Read one unit from each line, each once."""
        lines = (line.strip() for line in self.cleaned_data["units"].split("\n"))
        units = list(dict.fromkeys(line for line in lines if line))
        if any(len(unit) > LONGEST_UNIT for unit in units):
            raise ValidationError(_("A unit has 200 characters at most."), code="long")
        return units

    def clean_further_kinds(self) -> list[str]:
        """Leave out what the body is first of all."""
        first = self.cleaned_data.get("kind")
        return [kind for kind in self.cleaned_data["further_kinds"] if kind != first]


class CorrectBodyForm(BodyForm):
    """The same, for a body that is known."""

    def facts(self) -> dict[str, Any]:
        """Give everything as the values of the record."""
        return {"values": super().facts()}


def check_days(form: forms.Form, from_on: date | None, last_on: date | None) -> None:
    """Tell at the last day that it is before the first."""
    if from_on and last_on and last_on < from_on:
        sentence = _("The last day is before the first day, %(day)s. Enter a later one.")
        form.add_error(
            "last_on", ValidationError(sentence, params={"day": from_on.isoformat()}, code="order")
        )


def day_after(last_on: date | None) -> date | None:
    """Name the first day on which something holds no more."""
    return last_on + A_DAY if last_on else None
