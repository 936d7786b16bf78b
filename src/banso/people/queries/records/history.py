"""How a record became what it is, and who opened it: read from the ledger."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from banso.ledger.models import Entry
from banso.people.actors import CONSOLE
from banso.people.models import Change, Person
from banso.people.permissions import OPEN_RECORD
from banso.people.records.changes import changed_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from banso.people.models import Organisation

LATEST = 50
ACTS: Mapping[str, StrOrPromise] = {
    "people.register_person": _("Registered"),
    "people.enter_person": _("Registered"),
    "people.correct_person": _("Record corrected"),
    "people.affiliate_person": _("Affiliation added"),
    "people.correct_affiliation": _("Affiliation corrected"),
    "people.end_affiliation": _("Affiliation ended"),
    "people.appoint": _("Appointed"),
    "people.propose_appointment": _("Appointment proposed"),
    "people.confirm_appointment": _("Appointment confirmed"),
    "people.withdraw_proposed_appointment": _("Proposed appointment withdrawn"),
    "people.end_appointment": _("Appointment ended"),
    "people.name_deputy": _("Deputy named"),
    "people.end_deputy": _("Deputy ended"),
    "people.propose_merging": _("Merging proposed"),
    "people.confirm_merging": _("Merged"),
    "people.withdraw_merging": _("Proposed merging withdrawn"),
    "people.import_persons": _("Taken from a table"),
    "people.import_bodies": _("Taken from a table"),
    "people.register_organisation": _("Registered"),
    "people.correct_organisation": _("Record corrected"),
}
LABELS: Mapping[str, StrOrPromise] = {
    "family_name": _("Family name"),
    "given_name": _("Given name"),
    "family_name_kana": _("Family name in kana"),
    "given_name_kana": _("Given name in kana"),
    "family_name_en": _("Family name in Latin letters"),
    "given_name_en": _("Given name in Latin letters"),
    "erad_number": _("e-Rad researcher number"),
    "orcid": _("ORCID iD"),
    "researchmap_id": _("researchmap"),
    "language": _("Language"),
    "organisation": _("Affiliation"),
    "unit": _("Unit"),
    "from_on": _("First day"),
    "until_on": _("No longer from"),
    "name_ja": _("Name in Japanese"),
    "name_kana": _("Name in kana"),
    "name_en": _("Name in English"),
    "short_name": _("Short name"),
    "kind": _("Kind"),
    "further_kinds": _("Also"),
    "corporate_number": _("Corporate number"),
    "ror": _("ROR"),
    "erad_code": _("e-Rad institution code"),
    "units": _("Units"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A field that changed, before and after."""

    label: StrOrPromise
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An act on a record: when, by whom, what it was and what it changed."""

    at: datetime
    act: StrOrPromise
    by: Person | None
    is_console: bool
    changed: Sequence[Changed]


def history_of(record: Person | Organisation) -> list[Step]:
    """List the latest acts on a record, with what each changed in it."""
    own = {"person": record} if isinstance(record, Person) else {"organisation": record}
    touched = Change.objects.filter(**own).values("entry_id")
    entries = Entry.objects.filter(pk__in=touched).select_related("detail").order_by("-number")
    found = list(entries[:LATEST])
    people = _people(entry.actor_id for entry in found)
    return [_step(entry, record.pk, people) for entry in found]


def openings_of(person_id: UUID) -> list[Step]:
    """List who opened a person's record lately; no opening of one's own is among them."""
    about = Entry.objects.filter(
        subject_type="people.person", subject_id=str(person_id), act=OPEN_RECORD.name
    )
    found = list(about.exclude(actor_id=person_id).order_by("-number")[:LATEST])
    people = _people(entry.actor_id for entry in found)
    return [_step(entry, person_id, people) for entry in found]


def _step(entry: Entry, record_id: UUID, people: Mapping[UUID, Person]) -> Step:
    detail = getattr(entry, "detail", None) if entry.act in ACTS else None
    details = json.loads(detail.text).get("details", {}) if detail else {}
    return Step(
        at=entry.at,
        act=ACTS.get(entry.act, entry.act),
        by=people.get(entry.actor_id),
        is_console=entry.actor_id == CONSOLE,
        changed=[
            Changed(LABELS.get(name, name), _shown(before), _shown(after))
            for name, (before, after) in changed_of(details, record_id).items()
        ],
    )


def _people(keys: Iterable[UUID]) -> Mapping[UUID, Person]:
    asked = set(keys)
    if not asked:
        return {}
    found: QuerySet[Any] = Person.objects.filter(pk__in=asked)
    return {person.pk: person for person in found}


def _shown(value: object) -> str:
    match value:
        case None:
            return ""
        case list():
            return ", ".join(map(str, value))
        case _:
            return str(value)
