"""Reading who people are, and where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q

from banso.people.actors import VISITOR
from banso.people.models import Affiliation, Organisation, Person
from banso.people.models.keys import words_in

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet


def person_named(person_id: UUID) -> Person | None:
    """Find a person by id, for the name in the page's head; a visitor has none."""
    if person_id == VISITOR.person_id:
        return None
    return Person.objects.filter(pk=person_id).first()


def person_with_email(email: str) -> Person | None:
    """Find a person by the address with which they sign in."""
    return Person.objects.filter(account__email__iexact=email).first()


def has_persons() -> bool:
    """Tell whether anyone is registered at all."""
    return Person.objects.exists()


def has_persons_beyond_sample() -> bool:
    """Tell whether anyone is registered who is no sample."""
    return Person.objects.filter(is_sample=False).exists()


def affiliations_on(day: date) -> QuerySet[Affiliation]:
    """List who belongs where on a day."""
    related = Affiliation.objects.on(day).select_related("person", "organisation")
    return related.order_by("organisation__sort_key", "person__sort_key", "pk")


def affiliations_matching(
    affiliations: QuerySet[Affiliation], words: str
) -> QuerySet[Affiliation]:
    """Keep those whose person or body is named by every word, however it is written."""
    for word in words.split():
        named = words_in(word, "person__") | words_in(word, "organisation__")
        affiliations = affiliations.filter(named)
    return affiliations


def with_places(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """Add where each person belongs on a day, as `places`."""
    places = Affiliation.objects.on(day).select_related("organisation").order_by("from_on", "pk")
    return people.prefetch_related(Prefetch("affiliations", places, to_attr="places"))


def people_matching(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Keep people who are named by every word, themselves or by where they belong."""
    for word in words.split():
        bodies = Organisation.objects.matching(word).values("pk")
        belonging = Affiliation.objects.filter(organisation__in=bodies).values("person_id")
        people = people.filter(words_in(word) | Q(pk__in=belonging))
    return people
