"""Which rows of the concept table are editions of one concept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from banso.rulebook.editions import may_correct, may_replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from banso.catalogue.program.rows import ConceptRow
    from banso.rulebook.verdicts import Verdict

# How a row's fault reads when a rule stands against it; the rule is named after it.
REASONS = {
    "edition-not-dated": "must have a day, because the row replaces {replaced}",
    "dated-before-the-previous": "must not be before {previous_dated}, the day of {replaced}",
    "nothing-changed": "says nothing that {replaced} does not say",
    "printed-text-not-kept": "must stay “{printed}”: a correction goes beside it, into title",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place: the first row of its concept, and which edition it is."""

    first: str
    number: int


def places_of(rows: Sequence[ConceptRow]) -> Mapping[str, Place]:
    """Follow `revision_of` to the first row; rows of a broken chain have no place."""
    by_id = {row.id: row for row in rows}
    places = {}
    for row in rows:
        seen = [row.id]
        while (earlier := by_id[seen[-1]].revision_of) in by_id and earlier not in seen:
            seen.append(earlier)
        if not by_id[seen[-1]].revision_of:
            places[row.id] = Place(first=seen[-1], number=len(seen))
    return places


def chain_faults(
    rows: Sequence[ConceptRow],
    stored: Sequence[ConceptRow],
    *,
    unreadable: frozenset[str] = frozenset(),
) -> Iterator[tuple[str, str, str]]:
    """Name what is wrong between rows, as (row, field, reason)."""
    by_id, places, settled = {row.id: row for row in rows}, places_of(rows), places_of(stored)
    revised: dict[str, str] = {}
    for row in rows:
        if row.revision_of in unreadable:
            continue
        if reason := _wrong_revision(row, by_id, revised):
            yield row.id, "revision_of", reason
        elif row.id in settled and row.id in places and places[row.id] != settled[row.id]:
            place = settled[row.id]
            yield (
                *(row.id, "revision_of"),
                f"must stay: the row is edition {place.number} of {place.first}",
            )
        elif row.id in places and row.revision_of:
            yield from _differences(row, by_id[places[row.id].first])
            yield from _wrong_replacement(row, by_id[row.revision_of])
    yield from _lost_prints(rows, stored)


def _wrong_revision(
    row: ConceptRow, by_id: Mapping[str, ConceptRow], revised: dict[str, str]
) -> str:
    if not row.revision_of:
        return ""
    if row.revision_of not in by_id:
        return f"{row.revision_of} is not a row of the table"
    first = revised.setdefault(row.revision_of, row.id)
    if first != row.id:
        return f"{row.revision_of} is revised by {first} already"
    seen = {row.id}
    while (earlier := by_id[row.id].revision_of) in by_id:
        if earlier in seen:
            return "leads back to the row itself"
        seen.add(earlier)
        row = by_id[earlier]
    return ""


def _differences(row: ConceptRow, first: ConceptRow) -> Iterator[tuple[str, str, str]]:
    for name in ("vision", "domain", "funding_agency"):
        if getattr(row, name) != getattr(first, name):
            yield row.id, name, f"must be that of {first.id}, whose concept this row revises"
    for name in ("maturity", "has_foreseen_concern"):
        if getattr(row, name) not in {"", None}:
            yield row.id, name, f"is a fact of the whole concept: state it at {first.id}"


def _wrong_replacement(row: ConceptRow, replaced: ConceptRow) -> Iterator[tuple[str, str, str]]:
    own = {"id": None, "revision_of": None, "maturity": None, "has_foreseen_concern": None}
    verdict = may_replace(
        previous_dated=_day_of(replaced),
        new_dated=_day_of(row),
        has_content_changed={**row.content, **own} != {**replaced.content, **own},
    )
    if verdict.is_refusal:
        yield row.id, "created_on", _reason(verdict, replaced=replaced.id)


def _lost_prints(
    rows: Sequence[ConceptRow], stored: Sequence[ConceptRow]
) -> Iterator[tuple[str, str, str]]:
    printed = {row.id: row.title_as_printed for row in stored if row.title_as_printed != row.title}
    for row in rows:
        earlier = printed.get(row.id, row.title_as_printed)
        verdict = may_correct(keeps_printed=row.title_as_printed == earlier)
        if verdict.is_refusal:
            yield row.id, "title_as_printed", _reason(verdict, printed=earlier)


def _day_of(row: ConceptRow) -> date | None:
    return row.created_on or row.announced_on


def _reason(verdict: Verdict, **facts: str) -> str:
    sentence = REASONS[verdict.reason].format(**{**verdict.facts, **facts})
    return f"{sentence} ({verdict.clause})"
