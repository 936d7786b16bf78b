"""What is wrong between rows, and between the files and what the catalogue holds."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from banso.catalogue.program.chains import chain_faults
from banso.catalogue.program.rows import AgencyRow, ConceptRow, ProgramRow, VisionRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from banso.catalogue.program.rows import ProgramFiles, StoredProgram

# Kind, row, field and reason.
Wrong: TypeAlias = tuple[str, str, str, str]


def faults_between(
    files: ProgramFiles, unreadable: Mapping[str, AbstractSet[str]], stored: StoredProgram
) -> Iterator[Wrong]:
    """List what is wrong; rows that could not be read are blamed for nothing more."""
    if not (files.of(ProgramRow) or stored.of(ProgramRow) or ProgramRow.kind in unreadable):
        yield ProgramRow.kind, "program", "", "is neither in the files nor in the catalogue yet"
    for kind in files.rows:
        yield from _repeated(files, kind)
        yield from _taken_away(files, unreadable, (kind, stored))
    yield from _unknown_names(files, unreadable, stored)
    lost = frozenset(unreadable.get(ConceptRow.kind, ()))
    for row, name, reason in chain_faults(
        files.of(ConceptRow), stored.of(ConceptRow), unreadable=lost
    ):
        yield ConceptRow.kind, row, name, reason


def _repeated(files: ProgramFiles, kind: str) -> Iterator[Wrong]:
    counted = Counter(row.key for row in files.rows[kind])
    for key, count in counted.items():
        if count > 1:
            yield kind, key, "", f"stands {count} times"


def _taken_away(
    files: ProgramFiles,
    unreadable: Mapping[str, AbstractSet[str]],
    of_stored: tuple[str, StoredProgram],
) -> Iterator[Wrong]:
    kind, stored = of_stored
    lost = unreadable.get(kind, set())
    if any(" " in place for place in lost):
        return  # a row whose name could not be read may be the one that is looked for
    kept = {row.key for row in files.rows[kind]} | lost
    for row in stored.rows.get(kind, ()):
        if not row.is_withdrawable and row.key not in kept:
            reason = f"is missing: a {kind} that the catalogue has is never taken away (E1)"
            yield kind, row.key, "", reason


def _unknown_names(
    files: ProgramFiles, unreadable: Mapping[str, AbstractSet[str]], stored: StoredProgram
) -> Iterator[Wrong]:
    visions = {row.number for row in files.of(VisionRow) or stored.of(VisionRow)}
    agencies = {row.short for row in files.of(AgencyRow) or stored.of(AgencyRow)}
    for row in files.of(ConceptRow):
        if row.vision not in visions and VisionRow.kind not in unreadable:
            reason = f"{row.vision} is not known"
            yield row.kind, row.id, "vision", reason
        if row.funding_agency not in agencies and AgencyRow.kind not in unreadable:
            reason = f"{row.funding_agency} is not known"
            yield row.kind, row.id, "funding_agency", reason
        if (row.call_type or row.budget_as_printed) and not row.call_source:
            reason = "must say where call_type and budget_as_printed are from"
            yield row.kind, row.id, "call_source", reason
