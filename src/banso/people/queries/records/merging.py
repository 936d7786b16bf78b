"""Reading which records may be of one person or body, and which are to become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from banso.people.models import Merging, Organisation, Person
from banso.people.models.organisations import NUMBERS as BODY_NUMBERS
from banso.people.models.persons import NAMES, NUMBERS
from banso.people.queries.persons import with_places
from banso.people.queries.registry import likely_same

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor

PERSON_FIELDS = (*NAMES, *NUMBERS)
BODY_FIELDS = ("name_ja", "name_kana", "name_en", "short_name", "kind", *BODY_NUMBERS)


def likely_duplicates(viewer: Actor, person: Person) -> list[Person]:
    """Find records that may be of the same person, among those that the viewer may read."""
    values = {name: getattr(person, name) for name in PERSON_FIELDS}
    found = [one.pk for one in likely_same(values, viewer.on) if one.pk != person.pk]
    readable = Person.objects.visible_to(viewer).filter(pk__in=found)
    return list(with_places(readable, viewer.on).order_by("sort_key", "pk"))


def two_persons(viewer: Actor, kept_id: UUID, gone_id: UUID) -> tuple[Person, Person]:
    """Find two records that the viewer may both read; the same one twice is found as well."""
    readable = with_places(Person.objects.visible_to(viewer), viewer.on)
    return readable.get(pk=kept_id), readable.get(pk=gone_id)


def two_bodies(kept_id: UUID, gone_id: UUID) -> tuple[Organisation, Organisation]:
    """Find two bodies that are not merged yet."""
    standing = Organisation.objects.standing()
    return standing.get(pk=kept_id), standing.get(pk=gone_id)


def likely_bodies(body: Organisation) -> QuerySet[Organisation]:
    """Find bodies whose name holds this one's, or is held by it."""
    others = Organisation.objects.standing().exclude(pk=body.pk)
    return others.matching(body.name_ja).order_by("sort_key", "pk")[:10]


def waiting_mergings(viewer: Actor) -> QuerySet[Merging]:
    """List what waits for a second person."""
    related = ("kept", "gone", "kept_body", "gone_body", "proposed_by")
    waiting = Merging.objects.visible_to(viewer).waiting()
    return waiting.select_related(*related).order_by("proposed_at", "pk")


def compared(kept: Any, gone: Any) -> list[tuple[str, object, object]]:  # noqa: ANN401 - two of a kind
    """List the fields of two records, side by side."""
    fields = PERSON_FIELDS if isinstance(kept, Person) else BODY_FIELDS
    return [(name, getattr(kept, name), getattr(gone, name)) for name in fields]
