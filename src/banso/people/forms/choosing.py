"""Fields that choose a person or a body, as every app's forms use them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.people.queries.persons import (
    affiliations_matching,
    affiliations_on,
    people_matching,
    with_places,
)
from banso.web.choosing import SearchedField
from banso.web.fronts import in_language

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from banso.people.models import Affiliation, Organisation, Person


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice of a body by its name, where there are few."""

    def label_from_instance(self, organisation: Organisation) -> str:
        """Show the name in the reader's language where there is one."""
        return in_language(organisation.name_ja, organisation.name_en)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice of a person by name, where there are few."""

    def label_from_instance(self, person: Person) -> str:
        """Show the name in the order of the reader's language, and the number."""
        return with_number(person, in_language(person.name_ja, person.name_en))


class AffiliationField(SearchedField):
    """A choice of a person in a body, by words of either's name."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        words = gettext_lazy("Name of the person or the body")
        super().__init__(**{"words_label": words, **options})

    def offer_on(self, day: date) -> None:
        """Offer everybody who belongs somewhere on the day."""
        self.offer(affiliations_on(day), search=affiliations_matching, label=affiliation_text)


class SearchedPersonField(SearchedField):
    """A choice of one of several people, by words of their names or of where they belong."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        words = gettext_lazy("Name of the person or the body")
        super().__init__(**{"words_label": words, **options})

    def offer_people(self, people: QuerySet[Person], *, on: date) -> None:
        """Offer these people, each with where they belong on the day."""
        self.offer(with_places(people, on), search=people_matching, label=person_text)


def person_text(person: Any) -> str:  # noqa: ANN401 - a person with their `places`
    """Write a person with the bodies to which they belong."""
    name = in_language(person.name_ja, person.name_en)
    if not person.places:
        return with_number(person, name)
    bodies = (place.organisation for place in person.places)
    place = " / ".join(in_language(body.name_ja, body.name_en) for body in bodies)
    return with_number(person, _("%(person)s (%(place)s)") % {"person": name, "place": place})


def with_number(person: Person, text: str) -> str:
    """Write the number behind a person, which tells two of one name and one body apart."""
    return _("%(person)s, no. %(number)s") % {"person": text, "number": person.number}


def affiliation_text(affiliation: Affiliation) -> str:
    """Write person, body and unit, so that two people of one name can be told apart."""
    person, body = affiliation.person, affiliation.organisation
    place = f"{in_language(body.name_ja, body.name_en)} {affiliation.unit}".strip()
    name = in_language(person.name_ja, person.name_en)
    return with_number(person, _("%(person)s (%(place)s)") % {"person": name, "place": place})
