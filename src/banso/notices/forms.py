"""How a person wants to be told, kind by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.notices.telling.declared import kinds
from banso.web.forms import ActForm
from banso.web.fronts.events import How

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS = {
    How.AT_ONCE: _("Mail at once"),
    How.DAILY: _("One mail a day (8:30)"),
    How.WEEKLY: _("One mail a week (Monday, 8:30)"),
    How.PAGE: _("No mail, on the page alone"),
}


class ChoicesForm(ActForm):
    """One choice for each kind; what has to reach its reader cannot be switched off."""

    def __init__(self, *args: Any, chosen: Mapping[str, str]) -> None:  # noqa: ANN401 - Django's own
        super().__init__(*args)
        for code, kind in kinds().items():
            self.fields[code] = forms.ChoiceField(
                label=kind.label,
                choices=[
                    (how, words)
                    for how, words in WORDS.items()
                    if how is not How.PAGE or not kind.must_reach
                ],
                initial=chosen[code],
                # Something is chosen from the start, so that nobody is told to fill it in.
                required=False,
            )

    def facts(self) -> dict[str, Any]:
        """Give the choices as the command takes them."""
        return {"chosen": {code: how for code, how in self.cleaned_data.items() if how}}
