"""Whom the secretariat asks to join a council, and what they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.councils.models import Membership
from banso.people.forms.choosing import AffiliationField
from banso.web.forms import ActForm

if TYPE_CHECKING:
    from datetime import date

ACCEPT, DECLINE = "accept", "decline"


class InvitationForm(ActForm):
    """A person's own answer to an invitation: yes or no, neither beforehand."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[(ACCEPT, _("Join the council")), (DECLINE, _("Do not join"))],
        widget=forms.RadioSelect,
    )


class InviteForm(ActForm):
    """Whom to ask, and for which side."""

    affiliation = AffiliationField(label=_("Person to invite"))
    side = forms.ChoiceField(
        label=_("Side"), choices=Membership.Side.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, on: date) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args)
        cast("AffiliationField", self.fields["affiliation"]).offer_on(on)

    def facts(self) -> dict[str, Any]:
        """Give ids of person and body."""
        affiliation = self.cleaned_data["affiliation"]
        return {
            "person_id": affiliation.person_id,
            "organisation_id": affiliation.organisation_id,
            "side": self.cleaned_data["side"],
        }


class SideForm(forms.Form):
    """Which side of the exchange a list of people shows."""

    side = forms.ChoiceField(
        label=_("Side"), choices=[("", _("All")), *Membership.Side.choices], required=False
    )


class JoinedForm(SideForm):
    """Which side, and whether they have joined."""

    joined = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), ("yes", _("Joined")), ("no", _("Not joined"))],
        required=False,
    )
