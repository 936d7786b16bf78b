"""What the secretariat fills in until a council is established."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.councils.models import Council
from banso.councils.queries.councils import (
    concepts_to_choose,
    has_other_council,
    ministries,
    ministries_of,
    possible_representatives,
)
from banso.people.forms.choosing import OrganisationField, PersonField
from banso.web.fields import ProseField
from banso.web.forms import ActForm
from banso.web.fronts import in_language

if TYPE_CHECKING:
    from datetime import datetime

    from banso.catalogue.models import Concept
    from banso.people.actors import Actor


class ConceptField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice of a concept by its title."""

    def label_from_instance(self, concept: Concept) -> str:
        """Show the title in the reader's language where there is one."""
        return in_language(concept.title, concept.title_en)


class PrepareForm(ActForm):
    """Which concept a council is for, and under which paragraph of the Act."""

    concept = ConceptField(label=_("R&D concept"), queryset=None)
    kind = forms.ChoiceField(
        label=_("Kind of council"), choices=Council.Kind.choices, widget=forms.RadioSelect
    )
    organiser = OrganisationField(
        label=_("Organiser"),
        help_text=_(
            "Keeps the secretariat. For a fund's council this is the Prime Minister's side."
        ),
        queryset=None,
    )
    fund_minister = OrganisationField(
        label=_("Ministry of the designated fund"),
        help_text=_("Needed for a council under Article 63(4)."),
        queryset=None,
        required=False,
    )

    def __init__(self, *args: Any, viewer: Actor) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args)
        self.fields["concept"].queryset = concepts_to_choose()  # type: ignore[attr-defined]  # a choice of rows
        self.fields["organiser"].queryset = ministries_of(viewer)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["fund_minister"].queryset = ministries()  # type: ignore[attr-defined]  # a choice of rows

    def facts(self) -> dict[str, Any]:
        """Give ids."""
        fund_minister = self.cleaned_data["fund_minister"]
        return {
            "concept_id": self.cleaned_data["concept"].pk,
            "kind": self.cleaned_data["kind"],
            "organiser_id": self.cleaned_data["organiser"].pk,
            "fund_minister_id": fund_minister.pk if fund_minister else None,
        }


class RepresentativeForm(ActForm):
    """Who represents the R&D."""

    person = PersonField(
        label=_("Representative of the R&D"),
        help_text=_("The PD, the PO or the principal investigator of a project of the concept."),
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, council: Council, at: datetime) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args)
        self.fields["person"].queryset = possible_representatives(council, at=at)  # type: ignore[attr-defined]  # a choice of rows

    def facts(self) -> dict[str, Any]:
        """Give the id."""
        return {"person_id": self.cleaned_data["person"].pk}


class ConsultationForm(ActForm):
    """That the consultation which the Act asks for was held."""

    is_held = forms.BooleanField(label=_("The prior consultation was held"))

    def facts(self) -> dict[str, Any]:
        """Give nothing: the instant is the act's own."""
        return {}


class EstablishForm(ActForm):
    """The first bylaws, and why the concept needs a further council where it has one."""

    is_kept = True

    refused_at: ClassVar = {"concept-has-a-council": "reason_for_another"}

    bylaws_text = ProseField(
        label=_("Bylaws, first edition"),
        help_text=_(
            "Quorum, how the council decides, chair, minutes, handling of material."
            " The program's rules apply whatever the bylaws say."
        ),
        max_length=20_000,
    )
    reason_for_another = ProseField(
        label=_("Why the concept needs another council"),
        help_text=_("As a rule a concept has one council."),
        max_length=1_000,
        required=False,
    )

    def __init__(self, *args: Any, council: Council) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args)
        if not has_other_council(council):
            del self.fields["reason_for_another"]


class EstablishedForm(forms.Form):
    """Which councils of a ministry a list shows."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("All")),
            ("prepared", _("In preparation")),
            ("established", _("Established")),
        ],
        required=False,
    )
