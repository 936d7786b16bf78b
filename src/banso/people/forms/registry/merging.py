"""Which values stay when two records become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.people.forms.choosing import SearchedPersonField
from banso.people.queries.records.history import LABELS
from banso.people.queries.records.merging import compared
from banso.web.forms import ActForm

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import QueryDict

    from banso.people.models import Person

KEPT, GONE = "kept", "gone"


class MergeForm(ActForm):
    """For each field in which two records differ, which of the two values stays."""

    def __init__(self, sent: QueryDict | None, *, kept: Any, gone: Any) -> None:  # noqa: ANN401 - two of a kind
        super().__init__(sent)
        self.differing = {
            name: (ours, theirs) for name, ours, theirs in compared(kept, gone) if ours != theirs
        }
        for name, (ours, theirs) in self.differing.items():
            self.fields[name] = forms.ChoiceField(
                label=LABELS[name],
                choices=[(KEPT, ours or _("none")), (GONE, theirs or _("none"))],
                initial=KEPT if ours else GONE,
                widget=forms.RadioSelect,
            )

    def facts(self) -> dict[str, Any]:
        """Give the values that the record that stays has afterwards."""
        chosen = {
            name: pair[0] if self.cleaned_data[name] == KEPT else pair[1]
            for name, pair in self.differing.items()
        }
        return {"values": chosen}


class OtherRecordForm(ActForm):
    """Which other record may be of the same person."""

    person = SearchedPersonField(label=_("The other record"))

    def __init__(self, sent: QueryDict | None, *, people: QuerySet[Person], on: date) -> None:
        super().__init__(sent)
        self.fields["person"].offer_people(people, on=on)  # type: ignore[attr-defined] # searched
