"""What public records said before, in words, and what their source dropped."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from banso.catalogue.messages import FIELDS
from banso.catalogue.models import Body, CallType, Domain, Maturity, PublicEdition
from banso.catalogue.program.changes import Change, changes_between, differences_between
from banso.catalogue.program.shelves import SHELVES, stored_program
from banso.web.formats import active_language, date_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import Model, QuerySet

    from banso.catalogue.program.row import Content
    from banso.catalogue.program.rows import ProgramFiles

# Fields whose texts are Japanese although their names do not say so.
JAPANESE = {"title", "title_as_printed", "budget_as_printed", "files", "papers"}
LABELS = {
    code: label
    for choices in (Body, CallType, Domain, Maturity)
    for code, label in choices.choices
}


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field before and after a change; an empty text is missing."""

    label: str
    language: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EarlierContent:
    """What a record said until a day, as the fields that then changed (E1)."""

    number: int
    until: datetime
    differences: tuple[ChangedField, ...]


def program_changes(files: ProgramFiles) -> tuple[Change, ...]:
    """List what loading these files would change."""
    return changes_between(stored_program(), files)


def withdrawn(kind: str) -> QuerySet[Model]:
    """List the records of a kind that are not in the source any more, latest first."""
    return (
        SHELVES[kind].records().filter(withdrawn_at__isnull=False).order_by("-withdrawn_at", "pk")
    )


def earlier_contents(kind: str, records: Sequence[Model]) -> dict[object, list[EarlierContent]]:
    """Find what records said before, by their ids, latest first; one query for all."""
    shelf = SHELVES[kind]
    by_key = {shelf.row_of(record).key: record for record in records}
    kept = defaultdict(list)
    for edition in PublicEdition.objects.filter(record_kind=kind, record_key__in=by_key).order_by(
        "-number"
    ):
        kept[edition.record_key].append(edition)
    return {
        by_key[key].pk: _compared_contents(shelf.row_of(by_key[key]).content, editions)
        for key, editions in kept.items()
    }


def _compared_contents(content: Content, editions: list[PublicEdition]) -> list[EarlierContent]:
    earlier = []
    for edition in editions:
        differences = differences_between(edition.content, content)
        earlier.append(
            EarlierContent(
                edition.number,
                edition.replaced_at,
                tuple(
                    ChangedField(
                        label=str(FIELDS[each.field]),
                        language=language_of(each.field),
                        before=in_words(each.before),
                        after=in_words(each.after),
                    )
                    for each in differences
                ),
            )
        )
        content = edition.content
    return earlier


def language_of(name: str) -> str:
    """Tell in which language a field's text is, whatever the reader's is."""
    if name.endswith("_ja") or name in JAPANESE:
        return "ja"
    return "en" if name.endswith("_en") else active_language()


def in_words(value: object) -> str:
    """Write the value of a field for the reader; an empty text is missing."""
    match value:
        case bool():
            words = _("Yes") if value else _("No")
        case int():
            words = f"{value:,}"
        case date():
            words = date_text(value, active_language())
        case list():
            words = ", ".join(str(file["title_ja"]) for file in value)
        case str():
            words = str(LABELS.get(value, value))
        case _:
            words = ""
    return words
