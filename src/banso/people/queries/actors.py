"""Reading who acts: the actor of a request, and what is asked about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from banso.people.actors import NOBODY, Actor, Appointed
from banso.people.models import Person
from banso.rulebook.offices import MAY_BE_DEPUTISED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import Exists, Q
    from django.db.models.expressions import Combinable

_ACTOR = """
SELECT 'affiliation', organisation_id, NULL::uuid, NULL::uuid FROM people_affiliation
 WHERE person_id = %(person)s AND from_on <= %(day)s AND (until_on IS NULL OR until_on > %(day)s)
UNION ALL
SELECT role, organisation_id, scope_id, NULL FROM people_appointment
 WHERE person_id = %(person)s AND from_on <= %(day)s AND (until_on IS NULL OR until_on > %(day)s)
UNION ALL
SELECT 'formerly', id, NULL, NULL FROM people_person WHERE merged_into_id = %(person)s
UNION ALL
SELECT held.role, held.organisation_id, held.scope_id, stands.person_id
  FROM people_deputy stands
  JOIN people_appointment held
    ON held.person_id = stands.person_id AND held.organisation_id = stands.organisation_id
 WHERE stands.deputy_id = %(person)s
   AND stands.from_on <= %(day)s AND stands.until_on > %(day)s
   AND held.from_on <= %(day)s AND (held.until_on IS NULL OR held.until_on > %(day)s)
   AND held.role = ANY(%(deputised)s)
"""
_DEPUTISED = sorted(MAY_BE_DEPUTISED)
_NO_ROLE = {"affiliation", "formerly"}


def actor_for(person_id: UUID, *, on: date) -> Actor:
    """Load a person's affiliations and appointments of one day, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ACTOR, {"person": person_id, "day": on, "deputised": _DEPUTISED})
        rows: list[tuple[str, UUID | None, UUID | None, UUID | None]] = cursor.fetchall()
    return Actor(
        person_id=person_id,
        on=on,
        affiliations=frozenset(
            organisation
            for kind, organisation, *_ in rows
            if kind == "affiliation" and organisation
        ),
        formerly=frozenset(record for kind, record, *_ in rows if kind == "formerly" and record),
        appointments=frozenset(
            Appointed(role, organisation, scope, for_person)
            for role, organisation, scope, for_person in rows
            if role not in _NO_ROLE
        ),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a person, written out; `NOBODY` is where the person's id goes."""

    sql: str
    parameters: tuple[object, ...]
    columns: tuple[str, ...]


def question_about_persons(
    asked: Sequence[Exists | Q | Combinable], also: Mapping[str, Combinable] | None = None
) -> Question:
    """Write what is asked about any person as one query; `also` are read by their names."""
    columns = {f"asked_{number}": one for number, one in enumerate(asked)}
    nobody = Person.objects.annotate(**columns, **(also or {})).filter(pk=NOBODY)
    sql, parameters = nobody.query.sql_with_params()
    return Question(sql, tuple(parameters), tuple(columns))


def person_asked(person_id: UUID, question: Question) -> tuple[Person, Sequence[bool]]:
    """Find a person and answer what is asked about them, all in one query."""
    about = [person_id if one == NOBODY else one for one in question.parameters]
    [person] = Person.objects.raw(question.sql, about)
    return person, [bool(getattr(person, column)) for column in question.columns]
