"""What people fill in around a council; each form gives the facts that its command takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from banso.councils.models import AgendaItem, Council, Membership, Response
from banso.councils.queries import (
    affiliations_of_today,
    agenda_items_of,
    concepts_to_choose,
    has_other_council,
    ministries,
    ministries_of,
    possible_representatives,
    projects_of_concept,
)
from banso.web.date_fields import JapaneseInstantField
from banso.web.fields import ProseField
from banso.web.formats import active_language

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from banso.catalogue.models import Concept
    from banso.people.actors import Actor
    from banso.people.models import Affiliation, Organisation, Person
    from banso.projects.models import Project

MATTERS_ON_AN_AGENDA = 5


class ActForm(forms.Form):
    """A form that names, in `facts`, what its command takes beside actor and subject."""

    def facts(self) -> dict[str, Any]:
        """Give what was entered under the names that the command takes."""
        return self.cleaned_data


class ConceptField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice of a concept by its title."""

    def label_from_instance(self, concept: Concept) -> str:
        """Show the title in the reader's language where there is one."""
        return (active_language() == "en" and concept.title_en) or concept.title


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice of a body by its name."""

    def label_from_instance(self, organisation: Organisation) -> str:
        """Show the name in the reader's language where there is one."""
        return _name_of(organisation)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice of a person by name."""

    def label_from_instance(self, person: Person) -> str:
        """Show the name in the order of the reader's language."""
        return person.name_en if active_language() == "en" else person.name_ja


class AffiliationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice of a person in a body."""

    def label_from_instance(self, affiliation: Affiliation) -> str:
        """Show person, body and unit."""
        person, unit = affiliation.person, affiliation.unit
        name = person.name_en if active_language() == "en" else person.name_ja
        place = f"{_name_of(affiliation.organisation)} {unit}".strip()
        return _("%(person)s (%(place)s)") % {"person": name, "place": place}


class AgendaItemField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice of a matter that the council took up."""

    def label_from_instance(self, item: AgendaItem) -> str:
        """Show meeting, number and title."""
        return _("Meeting %(meeting)s, item %(number)s: %(title)s") % {
            "meeting": item.meeting.number,
            "number": item.number,
            "title": item.title,
        }


class ProjectsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice of projects by code and title."""

    def label_from_instance(self, project: Project) -> str:
        """Show code and title."""
        title = (active_language() == "en" and project.title_en) or project.title_ja
        return f"{project.code} {title}"


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

    def __init__(self, *args: Any, council: Council) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args)
        self.fields["person"].queryset = possible_representatives(council)  # type: ignore[attr-defined]  # a choice of rows

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


class InviteForm(ActForm):
    """Whom to ask, and for which side."""

    affiliation = AffiliationField(
        label=_("Person to invite"), queryset=None, widget=forms.RadioSelect, empty_label=None
    )
    side = forms.ChoiceField(
        label=_("Side"), choices=Membership.Side.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, found: QuerySet[Affiliation]) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args)
        matches = [affiliation.pk for affiliation in found]
        self.fields["affiliation"].queryset = affiliations_of_today().filter(pk__in=matches)  # type: ignore[attr-defined]  # a choice of rows

    def facts(self) -> dict[str, Any]:
        """Give ids of person and body."""
        affiliation = self.cleaned_data["affiliation"]
        return {
            "person_id": affiliation.person_id,
            "organisation_id": affiliation.organisation_id,
            "side": self.cleaned_data["side"],
        }


class SearchForm(forms.Form):
    """Words to search people by."""

    words = forms.CharField(
        label=_("Name of the person or the body"), max_length=100, required=False
    )


class MeetingForm(ActForm):
    """When a meeting is held, and what was said if it is over."""

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
    title = forms.CharField(label=_("Matter"), max_length=300)

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


class AgreeForm(ActForm):
    """What was agreed, under which matter, and for which projects."""

    agenda_item = AgendaItemField(label=_("Agenda item"), queryset=None, empty_label="—")
    projects = ProjectsField(
        label=_("Projects that it names"),
        help_text=_("The agreed item goes to them, whether their people are members or not."),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )
    text = ProseField(
        label=_("What was agreed"),
        help_text=_("It carries no label, so it holds nothing of a protected item."),
        max_length=4_000,
    )
    research_side_took_part = forms.BooleanField(
        label=_("People of the research side took part in agreeing"),
        help_text=_(
            "Then the answer and its evidence are one viewpoint in the agency's evaluation."
        ),
        required=False,
    )

    def __init__(self, *args: Any, council: Council, viewer: Actor) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args)
        self.fields["agenda_item"].queryset = agenda_items_of(viewer, council.pk)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["projects"].queryset = projects_of_concept(council)  # type: ignore[attr-defined]  # a choice of rows

    def facts(self) -> dict[str, Any]:
        """Give ids."""
        return {
            "agenda_item_id": self.cleaned_data["agenda_item"].pk,
            "project_ids": [project.pk for project in self.cleaned_data["projects"]],
            "text": self.cleaned_data["text"],
            "research_side_took_part": self.cleaned_data["research_side_took_part"],
        }


class AnswerForm(ActForm):
    """What a project does about an agreed item, and why."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=Response.Answer.choices, widget=forms.RadioSelect
    )
    reason = ProseField(
        label=_("Reason"),
        help_text=_("The council, the agency and the ministry read it."),
        max_length=4_000,
    )


class EvidenceForm(ActForm):
    """What became of the answer."""

    evidence = ProseField(
        label=_("Evidence"),
        help_text=_("What was done, and where it can be seen."),
        max_length=4_000,
    )


def _name_of(organisation: Organisation) -> str:
    return (active_language() == "en" and organisation.name_en) or organisation.name_ja
