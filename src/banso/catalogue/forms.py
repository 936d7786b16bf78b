"""What a visitor may choose in the lists of concepts and of meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.catalogue.models import Body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict


class ConceptFilterForm(forms.Form):
    """Domain, agency and vision; each may be left open."""

    use_required_attribute = False

    domain = forms.ChoiceField(label=_("Domain"), required=False)
    agency = forms.ChoiceField(label=_("Funding agency"), required=False)
    vision = forms.ChoiceField(label=_("Vision"), required=False)

    def __init__(
        self, chosen: QueryDict, choices: Mapping[str, Sequence[tuple[str, str]]]
    ) -> None:
        super().__init__(chosen)
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", _("All")), *offered]


class MeetingFilterForm(forms.Form):
    """Of which body."""

    body = forms.ChoiceField(
        label=_("Body"), choices=[("", _("All")), *Body.choices], required=False
    )
