"""What programs ask of the ledger, as an address carries it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 2**62
A_NUMBER = {
    "required": _("Give a whole number from 0."),
    "invalid": _("Give a whole number from 0."),
    "min_value": _("Give a whole number from 0."),
    "max_value": _("No tree is that large."),
}
A_LEAF = _("Give the leaf as 64 hexadecimal digits.")


def _size(*, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        min_value=0, max_value=LARGEST, required=required, error_messages=A_NUMBER
    )


class InclusionForm(forms.Form):
    """Which leaf, and in the tree of which size; without a size, of the latest checkpoint."""

    leaf = forms.RegexField(
        r"\A[0-9a-fA-F]{64}\Z", error_messages={"required": A_LEAF, "invalid": A_LEAF}
    )
    size = _size(required=False)


class ConsistencyForm(forms.Form):
    """Which two trees, the smaller first."""

    first = _size()
    second = _size()

    def clean(self) -> dict[str, Any]:
        """See that the first tree is not the larger one."""
        cleaned = self.cleaned_data
        if {"first", "second"} <= cleaned.keys() and cleaned["first"] > cleaned["second"]:
            self.add_error("first", _("The first tree is larger than the second. Swap them."))
        return cleaned
