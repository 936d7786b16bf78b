"""Reading who people are: the actor of a request, and the persons of the demo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Prefetch, Q

from banso.people.actors import NOBODY, VISITOR, Actor, Appointed
from banso.people.models import Affiliation, Organisation, Person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import Exists, QuerySet
    from django.db.models.expressions import Combinable

_ACTOR = """
SELECT 'affiliation', organisation_id, NULL FROM people_affiliation
 WHERE person_id = %(person)s AND from_on <= %(day)s AND (until_on IS NULL OR until_on > %(day)s)
UNION ALL
SELECT role, organisation_id, scope_id FROM people_appointment
 WHERE person_id = %(person)s AND from_on <= %(day)s AND (until_on IS NULL OR until_on > %(day)s)
"""


def actor_for(person_id: UUID, *, on: date) -> Actor:
    """Load a person's affiliations and appointments of one day, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ACTOR, {"person": person_id, "day": on})
        rows: list[tuple[str, UUID | None, UUID | None]] = cursor.fetchall()
    return Actor(
        person_id=person_id,
        on=on,
        affiliations=frozenset(
            organisation
            for kind, organisation, _ in rows
            if kind == "affiliation" and organisation
        ),
        appointments=frozenset(
            Appointed(role, organisation, scope)
            for role, organisation, scope in rows
            if role != "affiliation"
        ),
    )


def person_named(person_id: UUID) -> Person | None:
    """Find a person by id, for the name in the page's head; a visitor has none."""
    if person_id == VISITOR.person_id:
        return None
    return Person.objects.filter(pk=person_id).first()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a person, written out; `NOBODY` is where the person's id goes."""

    sql: str
    parameters: tuple[object, ...]
    columns: tuple[str, ...]


def question_about_persons(asked: Sequence[Exists | Q | Combinable]) -> Question:
    """Write what is asked about any person as one query."""
    columns = {f"asked_{number}": one for number, one in enumerate(asked)}
    nobody = Person.objects.annotate(**columns).filter(pk=NOBODY)
    sql, parameters = nobody.query.sql_with_params()
    return Question(sql, tuple(parameters), tuple(columns))


def person_asked(person_id: UUID, question: Question) -> tuple[Person, Sequence[bool]]:
    """Find a person and answer what is asked about them, all in one query."""
    about = [person_id if one == NOBODY else one for one in question.parameters]
    [person] = Person.objects.raw(question.sql, about)
    return person, [bool(getattr(person, column)) for column in question.columns]


def person_with_email(email: str) -> Person | None:
    """Find a person by the address with which they sign in."""
    return Person.objects.filter(account__email__iexact=email).first()


def organisations_of_kind(kind: str) -> QuerySet[Organisation]:
    """List organisations of a kind by name; their names are public."""
    return Organisation.objects.filter(kind=kind).order_by("name_ja", "pk")


def organisation_with_short_name(short_name: str) -> Organisation:
    """Find the body that everyone calls by these letters."""
    return Organisation.objects.get(short_name=short_name)


def organisation_named(name: str) -> Organisation | None:
    """Find a body by its Japanese name or its short one."""
    return Organisation.objects.filter(Q(name_ja=name) | Q(short_name=name)).first()


def has_persons() -> bool:
    """Tell whether anyone is registered at all."""
    return Person.objects.exists()


def has_persons_beyond_sample() -> bool:
    """Tell whether anyone is registered who is no sample."""
    return Person.objects.filter(is_sample=False).exists()


def affiliations_on(day: date) -> QuerySet[Affiliation]:
    """List who belongs where on a day."""
    related = Affiliation.objects.on(day).select_related("person", "organisation")
    return related.order_by("organisation__name_ja", "person__family_name", "pk")


def affiliations_matching(
    affiliations: QuerySet[Affiliation], words: str
) -> QuerySet[Affiliation]:
    """Keep those whose person's or body's names contain every word."""
    for word in words.split():
        affiliations = affiliations.filter(_names_contain(word))
    return affiliations


def with_places(people: QuerySet[Person], day: date) -> QuerySet[Person]:
    """Add where each person belongs on a day, as `places`."""
    places = Affiliation.objects.on(day).select_related("organisation").order_by("from_on", "pk")
    return people.prefetch_related(Prefetch("affiliations", places, to_attr="places"))


def people_matching(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Keep people who are named by every word, themselves or by where they belong."""
    for word in words.split():
        belonging = Affiliation.objects.filter(_names_contain(word)).values("person_id")
        names = ("family_name", "given_name", "family_name_kana", "given_name_kana")
        named = Q(pk__in=belonging)
        for name in (*names, "family_name_en", "given_name_en"):
            named |= Q((f"{name}__icontains", word))
        people = people.filter(named)
    return people


def _names_contain(word: str) -> Q:
    names = (
        *("person__family_name", "person__given_name"),
        *("person__family_name_en", "person__given_name_en"),
        *("organisation__name_ja", "organisation__name_en", "organisation__short_name"),
    )
    contains = Q()
    for name in names:
        contains |= Q((f"{name}__icontains", word))
    return contains
