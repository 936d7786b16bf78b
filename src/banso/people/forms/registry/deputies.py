"""Who stands in for whom, and from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext_lazy as _

from banso.people.forms.choosing import OrganisationField, SearchedPersonField
from banso.people.forms.records import check_days, day_after
from banso.people.models import Organisation
from banso.web.date_fields import JapaneseDateField
from banso.web.forms import ActForm

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import QueryDict

    from banso.people.models import Person


class DeputyForm(ActForm):
    """An officer, a colleague, their body, and a period of a year at most (O2)."""

    refused_at: ClassVar = {
        "deputy-for-oneself": "deputy",
        "no-office-to-deputise": "person",
        "deputy-of-another-body": "deputy",
        "deputy-for-too-long": "last_on",
    }

    person = SearchedPersonField(label=_("Officer"))
    deputy = SearchedPersonField(
        label=_("Deputy"), help_text=_("A person who is affiliated with the same body.")
    )
    organisation = OrganisationField(label=_("Organisation"), queryset=Organisation.objects.none())
    from_on = JapaneseDateField(label=_("First day"))
    last_on = JapaneseDateField(label=_("Last day"), help_text=_("A year at most."))

    def __init__(
        self,
        sent: QueryDict | None,
        *,
        officers: QuerySet[Person],
        colleagues: QuerySet[Person],
        bodies: QuerySet[Organisation],
        on: date,
    ) -> None:
        super().__init__(sent)
        self.fields["person"].offer_people(officers, on=on)  # type: ignore[attr-defined] # searched
        self.fields["deputy"].offer_people(colleagues, on=on)  # type: ignore[attr-defined] # searched
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined] # a choice

    def clean(self) -> dict[str, Any]:
        """Let the last day be no earlier than the first."""
        given: dict[str, Any] = super().clean() or {}
        check_days(self, given.get("from_on"), given.get("last_on"))
        return given

    def facts(self) -> dict[str, Any]:
        """Give people and body by their keys."""
        given = self.cleaned_data
        return {
            "person_id": given["person"].pk,
            "deputy_id": given["deputy"].pk,
            "organisation_id": given["organisation"].pk,
            "from_on": given["from_on"],
            "until_on": day_after(given["last_on"]),
        }
