"""Reading the program's files whole, or saying of every row what is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banso.catalogue.program.checks import faults_between
from banso.catalogue.program.rows import (
    AgencyRow,
    ConceptRow,
    DocumentRow,
    LinkRow,
    MeetingRow,
    MinistryRow,
    NewsRow,
    OutreachRow,
    ProgramFiles,
    ProgramRow,
    QuestionRow,
    VisionRow,
)
from banso.catalogue.program.values import read_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banso.catalogue.program.row import Row
    from banso.catalogue.program.rows import StoredProgram

OWN_FILES = tuple(Path(__file__).with_name(name) for name in ("concepts.json", "program.json"))

# Each section of a file, and what its rows are.
SECTIONS: dict[str, type[Row]] = {
    "visions": VisionRow,
    "concepts": ConceptRow,
    "meetings": MeetingRow,
    "qa": QuestionRow,
    "news": NewsRow,
    "documents": DocumentRow,
    "links": LinkRow,
    "outreach": OutreachRow,
}
# The rows inside the section "program".
OF_THE_PROGRAM: dict[str, type[Row]] = {
    "program": ProgramRow,
    "run_by": MinistryRow,
    "funding_agencies": AgencyRow,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong where: in a file, a row and a field; empty for the whole of it."""

    file: str
    row: str
    field: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.row, self.field) if part) + (
            f" {self.reason}"
        )


class BadFilesError(Exception):
    """Files that cannot be loaded; every fault is listed, and nothing was changed."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class _RepeatedKeyError(ValueError):
    pass


@dataclass(slots=True)
class _Reading:
    """Rows by kind as far as they can be read; of the others, the ids that they may have."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    unreadable: dict[str, set[str]] = field(default_factory=dict)
    file_of: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_program_files(files: Mapping[str, bytes], stored: StoredProgram) -> ProgramFiles:
    """Read files by name against what the catalogue holds; one fault anywhere stops all."""
    reading = _Reading()
    for name, content in files.items():
        _read_file(reading, name, content)
    program = ProgramFiles({kind: tuple(rows) for kind, rows in reading.rows.items()})
    if program.rows:
        reading.faults.extend(
            Fault(reading.file_of.get(kind, ""), row, where, reason)
            for kind, row, where, reason in faults_between(program, reading.unreadable, stored)
        )
    if reading.faults:
        raise BadFilesError(reading.faults)
    return program


def _read_file(reading: _Reading, name: str, content: bytes) -> None:
    try:
        document = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_without_repetition)
    except UnicodeDecodeError as wrong:
        reading.faults.append(Fault(name, "", "", f"is not UTF-8 at byte {wrong.start}"))
    except (json.JSONDecodeError, RecursionError, _RepeatedKeyError) as wrong:
        reading.faults.append(Fault(name, "", "", f"is not the JSON that we read: {wrong}"))
    else:
        if isinstance(document, dict):
            _read_document(reading, name, document)
        else:
            reading.faults.append(Fault(name, "", "", "must be one JSON object"))


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    counted = Counter(key for key, _ in pairs)
    repeated = [key for key, count in counted.items() if count > 1]
    if repeated:
        raise _RepeatedKeyError(f"{', '.join(repeated)} is there twice in one object")
    return dict(pairs)


def _read_document(reading: _Reading, name: str, document: dict[str, Any]) -> None:
    known = {"program": None, **SECTIONS}
    for section in document:
        if section not in {"about", *known}:
            reading.faults.append(Fault(name, "", section, "is not a section of a program file"))
    if not document.keys() & known.keys():
        reading.faults.append(Fault(name, "", "", "has no section of a program file"))
    if "program" in document:
        _read_program(reading, name, document["program"])
    for section in SECTIONS:
        if section in document:
            _read_section(reading, name, (section, document[section]))


def _read_program(reading: _Reading, name: str, program: object) -> None:
    if not isinstance(program, dict):
        reading.faults.append(Fault(name, "program", "", "must be an object"))
        return
    texts = dict(program)
    run_by, agencies = texts.pop("run_by", None), texts.pop("funding_agencies", None)
    if isinstance(run_by, list):
        run_by = [{"name_ja": ministry} for ministry in run_by]
    _read_section(reading, name, ("program", [texts]))
    _read_section(reading, name, ("run_by", run_by))
    _read_section(reading, name, ("funding_agencies", agencies))


def _read_section(reading: _Reading, name: str, content: tuple[str, object]) -> None:
    section, items = content
    row_type = SECTIONS.get(section) or OF_THE_PROGRAM[section]
    if row_type.kind in reading.rows:
        earlier = reading.file_of[row_type.kind]
        reading.faults.append(Fault(name, "", section, f"is in {earlier} already"))
        return
    reading.file_of[row_type.kind] = name
    rows = reading.rows[row_type.kind] = []
    if not isinstance(items, list):
        reading.unreadable[row_type.kind] = {section}
        reading.faults.append(Fault(name, "", section, "must be a list of rows"))
        return
    for number, item in enumerate(items, start=1):
        place = _place(section, number, item)
        values, faults = read_fields(row_type, item)
        if faults:
            reading.unreadable.setdefault(row_type.kind, set()).add(place)
            reading.faults.extend(Fault(name, place, where, reason) for where, reason in faults)
        else:
            rows.append(row_type(**values))


def _place(section: str, number: int, item: object) -> str:
    row_id = item.get("id") if isinstance(item, dict) else None
    return row_id if isinstance(row_id, str) and row_id else f"{section} row {number}"
