"""What visitors choose, and what agencies and teams enter about projects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from banso.projects import queries
from banso.projects.messages import COUNCIL_GROUNDS, GROUNDS
from banso.web.date_fields import JapaneseDateField
from banso.web.fields import LineField, ProseField, YenField
from banso.web.formats import active_language
from banso.web.forms import ActForm, offer
from banso.web.fronts import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from banso.projects.models import ProjectMember


class FilterForm(forms.Form):
    """Concept and agency of a list of projects; each may be left open."""

    concept = forms.ChoiceField(label=_("R&D concept"), required=False)
    agency = forms.ChoiceField(label=_("Funding agency"), required=False)

    def __init__(self, chosen: QueryDict) -> None:
        super().__init__(chosen)
        concepts = [
            (concept.slug, in_language(concept.title, concept.title_en))
            for concept in queries.concepts_with_projects()
        ]
        agencies = [(agency.short_name,) * 2 for agency in queries.agencies_with_projects()]
        offer(self, "concept", [("", _("All")), *concepts])
        offer(self, "agency", [("", _("All")), *agencies])


class StartForm(ActForm):
    """What the agency and the team agreed on before the project starts."""

    is_kept = True

    code = LineField(
        label=_("Project code"),
        help_text=_("Letters, digits and hyphens, for example JPMJKP24U4."),
        max_length=40,
        validators=[
            RegexValidator(r"\A[A-Za-z0-9-]+\Z", _("Use letters, digits and hyphens only."))
        ],
    )
    summary_ja = ProseField(label=_("Public summary (Japanese)"), max_length=2000)
    summary_en = ProseField(label=_("Public summary (English)"), max_length=4000, required=False)
    amount_yen = YenField(
        label=_("Amount (yen)"),
        help_text=_("Whole yen for the whole period."),
        min_value=1,
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


class TeamChangeForm(ActForm):
    """Who is asked to leave a team, on which ground (G2); no freedom is a choice (C5)."""

    member_id = forms.ChoiceField(label=_("Person"))
    ground = GroundField(label=_("Ground"), choices=[("", "—"), *GROUNDS.items()])
    explanation = ProseField(
        label=_("Explanation"),
        help_text=_(
            "The person concerned reads it first, alone, and may end the request. For a person"
            " who died nobody else reads it."
        ),
        max_length=2000,
    )
    refused_at = {"ground-is-a-council-freedom": "ground", "ground-not-on-list": "ground"}

    def __init__(self, entered: QueryDict | None = None, *, team: Iterable[ProjectMember]) -> None:
        super().__init__(entered)
        is_english = active_language() == "en"
        members = [
            (str(place.pk), place.person.name_en if is_english else place.person.name_ja)
            for place in team
        ]
        offer(self, "member_id", [("", "—"), *members])
