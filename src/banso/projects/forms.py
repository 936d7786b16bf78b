"""What visitors choose, and what agencies and teams enter about projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.projects import queries
from banso.projects.messages import COUNCIL_GROUNDS, GROUNDS
from banso.web.date_fields import JapaneseDateField
from banso.web.fields import ProseField
from banso.web.formats import active_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from banso.projects.models import ProjectMember


class FilterForm(forms.Form):
    """Concept and agency of the public list; each may be left open."""

    concept = forms.ChoiceField(label=_("R&D concept"), required=False)
    agency = forms.ChoiceField(label=_("Funding agency"), required=False)

    def __init__(self, chosen: QueryDict) -> None:
        super().__init__(chosen)
        is_english = active_language() == "en"
        concepts = [
            (concept.slug, concept.title_en if is_english and concept.title_en else concept.title)
            for concept in queries.concepts_with_projects()
        ]
        agencies = [(agency.short_name,) * 2 for agency in queries.agencies_with_projects()]
        _offer(self.fields["concept"], [("", _("All")), *concepts])
        _offer(self.fields["agency"], [("", _("All")), *agencies])


class StartForm(forms.Form):
    """What the agency and the team agreed on before the project starts."""

    code = forms.RegexField(
        label=_("Project code"),
        help_text=_("Letters, digits and hyphens, for example JPMJKP24U4."),
        regex=r"^[A-Za-z0-9-]+\Z",
        max_length=40,
        error_messages={"invalid": _("Use letters, digits and hyphens only.")},
    )
    summary_ja = ProseField(label=_("Public summary (Japanese)"), max_length=2000)
    summary_en = ProseField(label=_("Public summary (English)"), max_length=4000, required=False)
    amount_yen = forms.IntegerField(
        label=_("Amount (yen)"),
        help_text=_("Whole yen for the whole period."),
        min_value=1,
        max_value=10**13,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Enter a whole number of yen, for example 250000000."),
            "min_value": _("Enter an amount of at least 1 yen."),
        },
    )
    starts_on = JapaneseDateField(label=_("First day"))
    ends_on = JapaneseDateField(label=_("Last day"))
    plan_text = ProseField(
        label=_("Plan"),
        help_text=_("The first edition. The team, its institution and those who run it read it."),
        max_length=20000,
    )

    def clean_code(self) -> str:
        """Keep codes apart: each names one project for good."""
        code: str = self.cleaned_data["code"]
        if queries.is_code_taken(code):
            raise forms.ValidationError(_("Another project has this code. Enter a different one."))
        return code

    def clean(self) -> dict[str, Any]:
        """Ask for a period that begins before it ends."""
        starts_on = self.cleaned_data.get("starts_on")
        ends_on = self.cleaned_data.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("Enter a last day after the first day."))
        return self.cleaned_data


class GroundField(forms.ChoiceField):
    """A ground from the list; one that was sent by hand and rests on a freedom is for the rule."""

    def valid_value(self, value: object) -> bool:
        """Let the rule answer with its clause where the form would only say that it is unknown."""
        return value in COUNCIL_GROUNDS or super().valid_value(value)


class TeamChangeForm(forms.Form):
    """Who is asked to leave a team, on which ground (G2); no freedom is a choice (C5)."""

    member = forms.ChoiceField(label=_("Person"))
    ground = GroundField(label=_("Ground"), choices=[("", "—"), *GROUNDS.items()])
    explanation = ProseField(
        label=_("Explanation"),
        help_text=_(
            "The person concerned reads it first, alone, and may end the request. For a person"
            " who died nobody else reads it."
        ),
        max_length=2000,
    )

    def __init__(self, entered: QueryDict | None = None, *, team: Iterable[ProjectMember]) -> None:
        super().__init__(entered)
        is_english = active_language() == "en"
        members = [
            (str(place.pk), place.person.name_en if is_english else place.person.name_ja)
            for place in team
        ]
        _offer(self.fields["member"], [("", "—"), *members])


def _offer(field: forms.Field, choices: Sequence[tuple[str, StrOrPromise]]) -> None:
    field.choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField
