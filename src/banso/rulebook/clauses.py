"""The rules, the sources that they rest on and their dates, read once from `clauses.toml`."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, TypeVar

UNBINDING_SOURCE = "banso"


class ClausesError(ValueError):
    """`clauses.toml` does not have the shape that the code relies on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document, or a kind of document, that the rules come from."""

    key: str
    title_ja: str
    title_en: str
    about_ja: str
    about_en: str
    dated: date | None
    address: str | None
    in_force_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceClause:
    """One place in a source, as it reads in one period; its text is in our own words."""

    id: str
    title_ja: str
    title_en: str
    text_ja: str
    text_en: str
    in_force_from: date | None
    in_force_until: date | None
    note_ja: str | None
    note_en: str | None

    @property
    def source_key(self) -> str:
        """Name the source, which is the first word of the ID.

        >>> source_clause("act 62(7)", on=date(2027, 4, 1)).source_key
        'act'
        """
        return self.id.partition(" ")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseRecord:
    """A rule of the program: what it says, what it rests on and since when."""

    id: str
    subject: str
    title_ja: str
    title_en: str
    text_ja: str
    text_en: str
    basis: tuple[str, ...]
    in_force_from: date | None
    in_force_until: date | None
    refuses: bool
    permitted_ja: str
    permitted_en: str
    refused_ja: str
    refused_en: str
    note_ja: str | None
    note_en: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyText:
    """What S4's consent screen and ledger show: the duty and its penalty on one day."""

    text_ja: str
    text_en: str
    penalty_ja: str
    penalty_en: str
    note_ja: str | None
    note_en: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything that `clauses.toml` holds, checked for its shape."""

    started_on: date
    sources: tuple[Source, ...]
    source_clauses: tuple[SourceClause, ...]
    rules: Mapping[str, ClauseRecord]


def clause_record(clause_id: str) -> ClauseRecord | None:
    """Look up a rule by the ID that never changes.

    >>> clause_record("K1").title_en
    'When proposals are received'
    """
    return _book().rules.get(clause_id)


def all_clauses() -> tuple[ClauseRecord, ...]:
    """List the rules in the order of docs/program.md."""
    return tuple(_book().rules.values())


def sources() -> tuple[Source, ...]:
    """List the sources in the order of docs/program.md; what is not known of one is None."""
    return _book().sources


def source_clauses() -> tuple[SourceClause, ...]:
    """List every period of every clause that the rules cite."""
    return _book().source_clauses


def source_clause(clause_id: str, *, on: date) -> SourceClause | None:
    """Pick the wording of a source's clause that is in force on a day."""
    book = _book()
    editions = (clause for clause in book.source_clauses if clause.id == clause_id)
    return next((clause for clause in editions if _holds(clause, on, book.started_on)), None)


def in_force(clause_id: str, on: date) -> bool:
    """Tell whether a rule may be cited on a day; a rule without a date, since the start.

    >>> in_force("S4", date(2022, 7, 31)), in_force("S4", date(2022, 8, 1))
    (False, True)
    """
    book = _book()
    return _holds(book.rules[clause_id], on, book.started_on)


def program_started_on() -> date:
    """Name the day from which a rule without its own date counts as in force."""
    return _book().started_on


def duty_text(on: date) -> DutyText:
    """Show the duty of secrecy and its penalty in the law's words of the day (S4)."""
    duty, penalty = source_clause("act 62(7)", on=on), source_clause("act 95", on=on)
    if duty is None or penalty is None:
        raise LookupError(f"no duty of secrecy was in force on {on}")
    return DutyText(
        text_ja=duty.text_ja,
        text_en=duty.text_en,
        penalty_ja=penalty.text_ja,
        penalty_en=penalty.text_en,
        note_ja=penalty.note_ja,
        note_en=penalty.note_en,
    )


def read_clauses(text: str) -> Book:
    """Turn the file's text into records, or say loudly what is wrong with it."""
    tables = tomllib.loads(text)
    undated = tables["undated"]
    rules = [_record(ClauseRecord, _with_note(table, undated)) for table in tables["rule"]]
    book = Book(
        started_on=tables["program_started_on"],
        sources=tuple(_record(Source, table) for table in tables["source"]),
        source_clauses=tuple(_record(SourceClause, table) for table in tables["source_clause"]),
        rules={rule.id: rule for rule in rules},
    )
    _require_distinct("source", (source.key for source in book.sources))
    _require_distinct("rule", (rule.id for rule in rules))
    _require_known_sources(book)
    for rule in rules:
        _require_basis(rule, book)
    _require_disjoint_periods(book)
    return book


@cache
def _book() -> Book:
    shipped = resources.files("banso.rulebook").joinpath("clauses.toml")
    return read_clauses(shipped.read_text(encoding="utf-8"))


def _holds(clause: ClauseRecord | SourceClause, on: date, started_on: date) -> bool:
    if on < (clause.in_force_from or started_on):
        return False
    return clause.in_force_until is None or on < clause.in_force_until


def _with_note(table: Mapping[str, object], undated: Mapping[str, object]) -> dict[str, object]:
    # A rule of unknown date says so on its page, unless it has a better word about its date.
    return dict(table) if "in_force_from" in table else {**undated, **table}


_Record = TypeVar("_Record", Source, SourceClause, ClauseRecord)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value == value.strip() and value != ""


_CHECKS: Mapping[Any, Callable[[object], bool]] = {
    str: _is_text,
    str | None: lambda value: value is None or _is_text(value),
    date | None: lambda value: value is None or type(value) is date,
    bool: lambda value: isinstance(value, bool),
    tuple[str, ...]: lambda value: isinstance(value, list) and all(map(_is_text, value)),
}


def _record(kind: type[_Record], table: Mapping[str, Any]) -> _Record:
    name = f"{kind.__name__} {table.get('id', table.get('key'))}"
    kinds = {field.name: field.type for field in fields(kind)}
    if unknown := table.keys() - kinds.keys():
        raise ClausesError(f"{name}: unknown {sorted(unknown)}")
    values: dict[str, Any] = {field: table.get(field) for field in kinds}
    if wrong := [field for field, value in values.items() if not _CHECKS[kinds[field]](value)]:
        raise ClausesError(f"{name}: missing or of the wrong type: {wrong}")
    if "basis" in values:
        values["basis"] = tuple(values["basis"])
    return kind(**values)


def _require_distinct(kind: str, ids: Iterable[str]) -> None:
    repeated = [found for found, count in Counter(ids).items() if count > 1]
    if repeated:
        raise ClausesError(f"{kind}: more than once: {repeated}")


def _require_known_sources(book: Book) -> None:
    keys = {source.key for source in book.sources}
    strangers = {clause.id for clause in book.source_clauses if clause.source_key not in keys}
    if strangers:
        raise ClausesError(f"clauses of no source: {sorted(strangers)}")


def _require_basis(rule: ClauseRecord, book: Book) -> None:
    cited = {clause.id: clause.source_key for clause in book.source_clauses}
    if not rule.basis or not cited.keys() >= set(rule.basis):
        raise ClausesError(f"{rule.id}: its basis {rule.basis} is not among the source clauses")
    if rule.refuses and {cited[clause] for clause in rule.basis} == {UNBINDING_SOURCE}:
        raise ClausesError(f"{rule.id}: a promise of {UNBINDING_SOURCE} never refuses")


def _require_disjoint_periods(book: Book) -> None:
    periods: dict[str, date] = {}
    for clause in book.source_clauses:
        starts_on = clause.in_force_from or book.started_on
        if starts_on < periods.get(clause.id, date.min):
            raise ClausesError(f"{clause.id}: its periods overlap or are out of order")
        periods[clause.id] = clause.in_force_until or date.max
