"""What is entered to give an office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.people.forms.choosing import OrganisationField, SearchedPersonField
from banso.people.forms.records import check_days, day_after
from banso.people.models import Organisation
from banso.rulebook.offices import HELD_FOR
from banso.web.date_fields import JapaneseDateField
from banso.web.forms import ActForm, offer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.db.models import QuerySet
    from django.http import QueryDict
    from django_stubs_ext import StrOrPromise

    from banso.people.models import Person


class AppointForm(ActForm):
    """Who gets which role, for which body, from when to when."""

    refused_at: ClassVar = {
        "role-not-of-this-body": "organisation",
        "appointed-by-oneself": "person",
    }

    person = SearchedPersonField(label=_("Person"))
    role = forms.ChoiceField(
        label=_("Role"),
        help_text=_(
            "An officer, an auditor or an operator holds the role once another person confirms it;"
            " PD, PO and reviewers hold it at once (rule O1)."
        ),
        widget=forms.RadioSelect,
    )
    organisation = OrganisationField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False
    )
    from_on = JapaneseDateField(label=_("First day"))
    last_on = JapaneseDateField(
        label=_("Last day"), help_text=_("Empty while there is no end."), required=False
    )

    def __init__(
        self,
        sent: QueryDict | None,
        *,
        people: QuerySet[Person],
        roles: Sequence[tuple[str, StrOrPromise]],
        bodies: QuerySet[Organisation],
        on: date,
    ) -> None:
        super().__init__(sent)
        self.fields["person"].offer_people(people, on=on)  # type: ignore[attr-defined] # searched
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined] # a choice
        offer(self, "role", roles)

    def clean(self) -> dict[str, Any]:
        """Ask for the body where the role is held for one, and for days in their order."""
        given: dict[str, Any] = super().clean() or {}
        check_days(self, given.get("from_on"), given.get("last_on"))
        if HELD_FOR.get(given.get("role", "")) and not given.get("organisation"):
            self.add_error("organisation", _("Choose the body for which the role is held."))
        return given

    def facts(self) -> dict[str, Any]:
        """Give person and body by their keys."""
        given, body = self.cleaned_data, self.cleaned_data["organisation"]
        return {
            "person_id": given["person"].pk,
            "role": given["role"],
            "organisation_id": body.pk if body else None,
            "from_on": given["from_on"],
            "until_on": day_after(given["last_on"]),
        }
