"""What visitors choose of the calls, and what an agency announces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.calls.queries import agencies_with_calls, call_states, call_types, is_call_known
from banso.web.date_fields import JapaneseInstantField
from banso.web.fields import LineField, NumberField, ProseField, YenField
from banso.web.forms import ActForm, offer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.http import QueryDict

    from banso.catalogue.models import Concept


class FilterForm(forms.Form):
    """State and agency of the public list; each may be left open."""

    state = forms.ChoiceField(label=_("State"), required=False)
    agency = forms.ChoiceField(label=_("Funding agency"), required=False)

    def __init__(self, chosen: QueryDict) -> None:
        super().__init__(chosen)
        offer(self, "state", [("", _("All")), *call_states()])
        offer(self, "agency", [("", _("All")), *((one, one) for one in agencies_with_calls())])


class AnnounceForm(ActForm):
    """A new call, as its agency announces it."""

    is_kept = True

    concept_id = forms.ChoiceField(label=_("R&D concept"))
    fiscal_year = NumberField(label=_("Fiscal year"), min_value=2022, max_value=2100)
    round = NumberField(label=_("Round"), min_value=1, max_value=99)
    type = forms.ChoiceField(label=_("Type of call"), widget=forms.RadioSelect)
    slots = NumberField(label=_("Slots"), min_value=1, max_value=999)
    title_ja = LineField(label=_("Title (Japanese)"), max_length=300)
    title_en = LineField(label=_("Title (English)"), max_length=300, required=False)
    summary_ja = ProseField(label=_("Summary (Japanese)"), max_length=2000)
    summary_en = ProseField(label=_("Summary (English)"), max_length=4000, required=False)
    guidelines_ja = ProseField(label=_("Guidelines (Japanese)"), max_length=20000)
    guidelines_en = ProseField(label=_("Guidelines (English)"), max_length=40000, required=False)
    ceiling_yen = YenField(label=_("Most yen for one project"), required=False, min_value=1)
    opens_at = JapaneseInstantField(label=_("Opens"))
    closes_at = JapaneseInstantField(
        label=_("Closes"), help_text=_("At noon, Japan time, unless you enter another time.")
    )
    refused_at = {
        "call-has-no-round": "round",
        "call-has-no-slot": "slots",
        "call-has-no-type": "type",
    }

    def __init__(self, entered: QueryDict | None = None, *, concepts: Iterable[Concept]) -> None:
        super().__init__(entered)
        self._concepts = {str(concept.pk): concept for concept in concepts}
        titles = [(key, concept.title) for key, concept in self._concepts.items()]
        offer(self, "concept_id", titles)
        offer(self, "type", call_types())

    def clean(self) -> dict[str, Any]:
        """See that the call closes after it opens, and that its concept has no such call yet."""
        entered = self.cleaned_data
        opens_at: datetime | None = entered.get("opens_at")
        closes_at: datetime | None = entered.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("A call closes after it opens. Enter a later instant."))
        concept = self._concepts.get(entered.get("concept_id", ""))
        year, number = entered.get("fiscal_year"), entered.get("round")
        if concept and year and number and is_call_known(concept.pk, year, number):
            self.add_error(
                "round",
                _("This concept already has a call in this year and round. Enter the next."),
            )
        return entered

    def facts(self) -> dict[str, Any]:
        """Give what was entered, with the address of the call."""
        entered = super().facts()
        concept = self._concepts[entered["concept_id"]]
        slug = f"{concept.slug}-{entered['fiscal_year']}-{entered['round']}"
        return {**entered, "slug": slug}
