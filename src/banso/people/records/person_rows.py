"""What uploaded rows of persons would do, found against the records that are there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from banso.ledger.locks import locked
from banso.people.actors import OPERATOR
from banso.people.models import Affiliation, Organisation, Person
from banso.people.models.persons import NAMES, NUMBERS
from banso.people.records.judging import Judged, State, differing, repeated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banso.people.actors import Actor
    from banso.people.records.judging import CleanRow

NEW: Final = "new"
_FIELDS: Final = (*NAMES, *NUMBERS)


def stamp_of(record: Person) -> str:
    """Mark the values of a record, so that a change since a download is noticed."""
    text = "\n".join(str(getattr(record, name)) for name in _FIELDS)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def judge_persons(actor: Actor, rows: Sequence[CleanRow], *, lock: bool = False) -> list[Judged]:
    """Judge every row; the records that change are locked where they are about to be changed."""
    known = _Known(actor, rows, lock=lock)
    judged = [known.judge(row) for row in rows]
    _refuse_repeated(judged)
    return judged


class _Known:
    """The records that the rows can be about, read at once."""

    def __init__(self, actor: Actor, rows: Sequence[CleanRow], *, lock: bool) -> None:
        self.bodies = _bodies(actor)
        self.default = (
            next(iter(self.bodies.values())) if len(set(self.bodies.values())) == 1 else None
        )
        ids = {key for row in rows if (key := _uuid(row.record))}
        asked = Q(pk__in=ids)
        for number in NUMBERS:
            asked |= Q(
                (f"{number}__in", {row.values[number] for row in rows if row.values.get(number)})
            )
        found = Person.objects.filter(asked, merged_into=None)
        self.persons = {one.pk: one for one in (locked(found) if lock else found)}
        self.by_number = {
            (name, value): person
            for person in self.persons.values()
            for name in NUMBERS
            if (value := getattr(person, name))
        }
        self._read_places(actor, rows)
        self.kept = self._kept(actor)

    def _read_places(self, actor: Actor, rows: Sequence[CleanRow]) -> None:
        named = {body.pk for row in rows if (body := self.body_of(row))}
        places = Affiliation.objects.filter(
            Q(until_on=None) | Q(until_on__gt=actor.on), organisation__in=named
        ).select_related("person")
        self.places: dict[tuple[UUID, UUID], Affiliation] = {}
        self.by_name: dict[tuple[UUID, str, str], list[Person]] = {}
        for place in places:
            person = place.person
            self.places[person.pk, place.organisation_id] = place
            key = (place.organisation_id, person.family_name, person.given_name)
            self.by_name.setdefault(key, []).append(self.persons.get(person.pk, person))

    def _kept(self, actor: Actor) -> set[UUID] | None:
        if actor.holds({OPERATOR}):
            return None
        kept = Person.objects.kept_at(actor).filter(pk__in=self.persons)
        return set(kept.values_list("pk", flat=True))

    def body_of(self, row: CleanRow) -> Organisation | None:
        """Find the body that a row names; an empty cell is the desk's only one."""
        return self.bodies.get(row.organisation) if row.organisation else self.default

    def judge(self, row: CleanRow) -> Judged:
        """Find what one row is about, and what it would change."""
        name = f"{row.values.get('family_name', '')} {row.values.get('given_name', '')}".strip()
        judged = Judged(number=row.number, name=name, state=State.UNCHANGED, row=row)
        for fault in row.faults:
            judged.refuse(fault)
        judged.organisation = self.body_of(row)
        if judged.organisation is None:
            judged.refuse(
                _(
                    "The body “%(name)s” is not one for which you register people. Write its"
                    " name in Japanese, its short name or its corporate number."
                )
                % {"name": row.organisation}
            )
        if judged.is_refused:
            return judged
        person = self._person_of(judged)
        if not judged.is_refused:
            if person is None:
                self._enter(judged)
            else:
                self._compare(judged, person)
        return judged

    def _person_of(self, judged: Judged) -> Person | None:
        row = judged.row
        if row.record.casefold() == NEW:
            return None
        if row.record:
            key = _uuid(row.record)
            person = self.persons.get(key) if key else None
            if person is None:
                judged.refuse(
                    _(
                        "No record has the number “%(record)s”. Leave the cell as it was"
                        " downloaded, or empty."
                    )
                    % {"record": row.record}
                )
            return person
        found = {
            person.pk: person
            for number in NUMBERS
            if (person := self.by_number.get((number, row.values.get(number, ""))))
        }
        if len(found) > 1:
            judged.refuse(_("The numbers of this row are of different people. Compare them."))
            return None
        return next(iter(found.values()), None) or self._of_the_name(judged)

    def _of_the_name(self, judged: Judged) -> Person | None:
        values = judged.row.values
        key = (judged.organisation.pk, values.get("family_name", ""), values.get("given_name", ""))
        same = self.by_name.get(key, [])
        if same:
            judged.refuse(
                _(
                    "Somebody of this name belongs to the body already (no. %(number)s). Write"
                    " their record into the column “record”, or “new” if this is another person."
                )
                % {"number": same[0].number}
            )
        return None

    def _enter(self, judged: Judged) -> None:
        values = judged.row.values
        if not values.get("family_name"):
            judged.refuse(_("The family name is missing."))
        if judged.row.from_on is None:
            judged.refuse(_("The first day of the affiliation is missing."))
        for number in NUMBERS:
            if self.by_number.get((number, values.get(number, ""))):
                judged.refuse(
                    _("The number %(number)s is another person's.") % {"number": values[number]}
                )
        if not judged.is_refused:
            judged.state = State.NEW

    def _compare(self, judged: Judged, person: Person) -> None:
        row, judged.record = judged.row, person
        if row.stamp and row.stamp != stamp_of(person):
            judged.refuse(
                _(
                    "The record was changed after you downloaded it. Download it once more and"
                    " enter your change there."
                )
            )
            return
        changed = differing(person, row.values)
        for name, value in changed.items():
            judged.changes.append((name, getattr(person, name), value))
            other = self.by_number.get((name, value)) if name in NUMBERS else None
            if other is not None and other.pk != person.pk:
                judged.refuse(_("The number %(number)s is another person's.") % {"number": value})
        if changed and self.kept is not None and person.pk not in self.kept:
            judged.refuse(
                _(
                    "This record is kept by another body, which alone corrects it. Leave names"
                    " and numbers as they are."
                )
            )
        self._compare_place(judged, person)
        if judged.changes and not judged.is_refused:
            judged.state = State.CHANGED

    def _compare_place(self, judged: Judged, person: Person) -> None:
        row, body = judged.row, judged.organisation
        place = self.places.get((person.pk, body.pk))
        if place is None:
            if row.from_on is None:
                judged.refuse(_("The first day of the affiliation is missing."))
            judged.changes.append(("organisation", "", body.name_ja))
        elif row.unit and row.unit != place.unit:
            judged.affiliation = place
            judged.changes.append(("unit", place.unit, row.unit))


def _bodies(actor: Actor) -> dict[str, Organisation]:
    bodies = Organisation.objects.standing()
    if not actor.holds({OPERATOR}):
        bodies = bodies.filter(pk__in=actor.desks)
    return {
        key: body
        for body in bodies
        for key in (body.name_ja, body.short_name, body.corporate_number)
        if key
    }


def _refuse_repeated(judged: Sequence[Judged]) -> None:
    keys: list[tuple[str, Any]] = [
        ("record", lambda one: str(one.record.pk) if one.record else ""),
        *(
            (number, lambda one, number=number: one.row.values.get(number, ""))
            for number in NUMBERS
        ),
    ]
    for _name, key_of in keys:
        again = repeated((one.number, key_of(one)) for one in judged)
        for one in judged:
            if one.number in again:
                one.refuse(
                    _("The same person or number is in row %(row)d. Leave one of them.")
                    % {"row": again[one.number]}
                )
    names = repeated(
        (one.number, f"{one.organisation} {one.name}")
        for one in judged
        if one.state is State.NEW and one.row.record.casefold() != NEW
    )
    for one in judged:
        if one.number in names:
            one.refuse(
                _(
                    "The same name is in row %(row)d. Write “new” into the column “record” if"
                    " they are two people."
                )
                % {"row": names[one.number]}
            )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
