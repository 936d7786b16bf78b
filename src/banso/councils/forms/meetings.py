"""What is recorded of a meeting: when it is held, its agenda, its minutes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from banso.councils.models import AgendaItem
from banso.web.date_fields import JapaneseInstantField
from banso.web.fields import LineField, ProseField
from banso.web.forms import ActForm

MATTERS_ON_AN_AGENDA = 5


class MeetingForm(ActForm):
    """When a meeting is held, and what was said if it is over."""

    is_kept = True

    held_at = JapaneseInstantField(
        label=_("Date and time"), help_text=_("The date of a meeting is public.")
    )
    minutes = ProseField(
        label=_("Minutes"),
        help_text=_("Read by the current members. They hold no protected information."),
        max_length=20_000,
        required=False,
    )


class MatterForm(forms.Form):
    """One matter of an agenda, of a kind in the Act (C10); only the first must be there."""

    kind = forms.ChoiceField(
        label=_("Kind of matter"), choices=[("", "—"), *AgendaItem.Kind.choices]
    )
    title = LineField(label=_("Matter"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = not self.empty_permitted

    def clean(self) -> dict[str, Any]:
        """Ask for the other half of a matter that was begun."""
        entered: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("kind", "title"):
            if name not in self.errors and not entered.get(name):
                self.add_error(name, ValidationError("", code="required"))
        return entered


AgendaFormSet = forms.formset_factory(
    MatterForm,
    extra=MATTERS_ON_AN_AGENDA - 1,
    max_num=MATTERS_ON_AN_AGENDA,
    min_num=1,
    validate_min=True,
)
