"""What visitors choose of the calls, and what an agency announces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.calls.queries import agencies_with_calls, call_states, call_types
from banso.web.date_fields import JapaneseInstantField
from banso.web.fields import ProseField

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.http import QueryDict

    from banso.catalogue.models import Concept

YEN_FIELD: dict[str, Any] = {
    "min_value": 1,
    "max_value": 10**13,
    "widget": forms.TextInput({"inputmode": "numeric"}),
}


class FilterForm(forms.Form):
    """State and agency of the public list; each may be left open."""

    state = forms.ChoiceField(label=_("State"), required=False)
    agency = forms.ChoiceField(label=_("Funding agency"), required=False)

    def __init__(self, chosen: QueryDict) -> None:
        super().__init__(chosen)
        _offer(self.fields["state"], [("", _("All")), *call_states()])
        _offer(
            self.fields["agency"], [("", _("All")), *((one, one) for one in agencies_with_calls())]
        )


class AnnounceForm(forms.Form):
    """A new call, as its agency announces it."""

    concept_id = forms.ChoiceField(label=_("R&D concept"))
    fiscal_year = forms.IntegerField(
        label=_("Fiscal year"),
        min_value=2022,
        max_value=2100,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    round = forms.IntegerField(
        label=_("Round"),
        min_value=1,
        max_value=99,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    type = forms.ChoiceField(label=_("Type of call"), widget=forms.RadioSelect)
    slots = forms.IntegerField(
        label=_("Slots"),
        min_value=1,
        max_value=999,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=300)
    title_en = forms.CharField(label=_("Title (English)"), max_length=300, required=False)
    summary_ja = ProseField(label=_("Summary (Japanese)"), max_length=2000)
    summary_en = ProseField(label=_("Summary (English)"), max_length=4000, required=False)
    guidelines_ja = ProseField(label=_("Guidelines (Japanese)"), max_length=20000)
    guidelines_en = ProseField(label=_("Guidelines (English)"), max_length=40000, required=False)
    ceiling_yen = forms.IntegerField(
        label=_("Most yen for one project"), required=False, **YEN_FIELD
    )
    opens_at = JapaneseInstantField(label=_("Opens"))
    closes_at = JapaneseInstantField(
        label=_("Closes"), help_text=_("At noon, Japan time, unless you enter another time.")
    )

    def __init__(self, *arguments: Any, concepts: Iterable[Concept], **options: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*arguments, **options)
        _offer(self.fields["concept_id"], [(str(one.pk), one.title) for one in concepts])
        _offer(self.fields["type"], call_types())

    def clean(self) -> dict[str, Any]:
        """See that the call closes after it opens."""
        entered = super().clean() or {}
        opens_at: datetime | None = entered.get("opens_at")
        closes_at: datetime | None = entered.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("A call closes after it opens. Enter a later instant."))
        return entered


def _offer(field: forms.Field, choices: Iterable[tuple[Any, Any]]) -> None:
    field.choices = list(choices)  # type: ignore[attr-defined] # only choice fields come here
