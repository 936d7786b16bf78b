"""What a table of persons or bodies may have as columns, and how each cell is read."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from banso.people.forms.records import BodyForm, NamesForm
from banso.people.models import Organisation, UploadedTable
from banso.people.records.judging import CleanRow
from banso.people.records.tables import MOST_BYTES
from banso.web.eras import parse_japanese_date
from banso.web.fields import LineField
from banso.web.forms import ActForm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile
    from django_stubs_ext import StrOrPromise

    from banso.people.records.tables import Row

_LINE = LineField(required=False, max_length=200)
_KINDS = {
    key.casefold(): code for code, label in Organisation.Kind.choices for key in (code, str(label))
}


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table: its physical name, what it means, and whether a new row needs it."""

    name: str
    label: StrOrPromise
    remark: StrOrPromise = ""


_OF_PERSONS: Final = tuple(
    TableColumn(name, field.label or name) for name, field in NamesForm.base_fields.items()
)
PERSON_COLUMNS: Final = (
    TableColumn(
        "record",
        gettext_lazy("Record"),
        gettext_lazy("As downloaded; empty for a new person, “new” for another of the same name."),
    ),
    *_OF_PERSONS,
    TableColumn(
        "organisation",
        gettext_lazy("Organisation"),
        gettext_lazy(
            "Name in Japanese, short name or corporate number; may be empty for one body."
        ),
    ),
    TableColumn("unit", gettext_lazy("Unit")),
    TableColumn(
        "from_on", gettext_lazy("First day"), gettext_lazy("For example 2027-04-01 or R9.4.1.")
    ),
    TableColumn(
        "stamp", gettext_lazy("Mark of the download"), gettext_lazy("Leave it as it is, or empty.")
    ),
)
_BODY_FIELDS: Final = (
    *("name_ja", "name_kana", "name_en", "short_name"),
    *("corporate_number", "ror", "erad_code"),
)
BODY_COLUMNS: Final = (
    TableColumn(
        "record", gettext_lazy("Record"), gettext_lazy("As downloaded; empty for a new body.")
    ),
    *(TableColumn(name, BodyForm.base_fields[name].label or name) for name in _BODY_FIELDS),
    TableColumn(
        "kind",
        gettext_lazy("Kind"),
        gettext_lazy("ministry, funding-agency, institution, company or other."),
    ),
)
# What a downloaded list has besides, and an upload does not read.
_IGNORED: Final = (
    TableColumn("name", gettext_lazy("Name")),
    TableColumn("kana", gettext_lazy("Kana")),
    TableColumn("number", gettext_lazy("Number")),
    TableColumn("affiliation", gettext_lazy("Affiliation")),
    TableColumn("roles", gettext_lazy("Roles")),
    TableColumn("name_en", gettext_lazy("Name in Latin letters")),
)
COLUMNS: Final[Mapping[str, Sequence[TableColumn]]] = {
    UploadedTable.Kind.PERSONS: PERSON_COLUMNS,
    UploadedTable.Kind.BODIES: BODY_COLUMNS,
}


class UploadForm(ActForm):
    """The file with the rows."""

    file = forms.FileField(
        label=gettext_lazy("CSV or Excel file"),
        help_text=gettext_lazy("CSV (UTF-8 or Shift_JIS) or XLSX, at most 10 MB and 20,000 rows."),
        max_length=255,
        widget=forms.FileInput(attrs={"data-takes-several": True}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Look at the size before anything is read."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB. Split it into several files."))
        return file


@cache
def headings_of(kind: str) -> dict[str, str]:
    """Map what may stand over a column, in either language, to the column."""
    found: dict[str, str] = {}
    ignored = _IGNORED if kind == UploadedTable.Kind.PERSONS else ()
    for column in (*ignored, *COLUMNS[kind]):
        found[column.name] = column.name
        for language in ("ja", "en"):
            with override(language):
                found[str(column.label).casefold()] = column.name
    return found


def template_of(kind: str) -> str:
    """Write a file with the headings alone, as Excel opens it."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(column.name for column in COLUMNS[kind])
    return f"\ufeff{written.getvalue()}"


def clean_rows(kind: str, rows: Sequence[Row]) -> list[CleanRow]:
    """Read each cell as the page's form would; what is wrong is said with its column."""
    fields = _fields(kind)
    return [_clean(row, fields) for row in rows]


def _fields(kind: str) -> dict[str, tuple[StrOrPromise, forms.Field]]:
    is_persons = kind == UploadedTable.Kind.PERSONS
    form = NamesForm if is_persons else BodyForm
    names = [column.name for column in _OF_PERSONS] if is_persons else list(_BODY_FIELDS)
    fields = {}
    for name in names:
        field = form.base_fields[name]
        fields[name] = (field.label or name, field)
    return fields


def _clean(row: Row, fields: Mapping[str, tuple[StrOrPromise, forms.Field]]) -> CleanRow:
    faults: list[str] = []
    values: dict[str, Any] = {}
    for name, (label, field) in fields.items():
        if text := _undefused(row.cells.get(name, "")):
            values[name] = _cell(field, text, label, faults)
    if kind := row.cells.get("kind", "").strip():
        values["kind"] = _kind(kind, faults)
    return CleanRow(
        number=row.number,
        record=row.cells.get("record", "").strip(),
        stamp=row.cells.get("stamp", "").strip(),
        values=values,
        organisation=_undefused(row.cells.get("organisation", "")).strip(),
        unit=_cell(_LINE, row.cells.get("unit", ""), gettext_lazy("Unit"), faults),
        from_on=_day(row.cells.get("from_on", ""), faults),
        faults=tuple(faults),
    )


def _cell(field: forms.Field, text: str, label: StrOrPromise, faults: list[str]) -> Any:  # noqa: ANN401 - what the field gives
    try:
        return field.clean(text) if text else ""
    except ValidationError as fault:
        said = " ".join(fault.messages)
        faults.append(_("%(label)s: %(fault)s") % {"label": label, "fault": said})
        return ""


def _kind(text: str, faults: list[str]) -> str:
    known = _KINDS.get(text.casefold(), "")
    if not known:
        faults.append(
            _(
                "Kind: write ministry, funding-agency, institution, company or other, not"
                " “%(kind)s”."
            )
            % {"kind": text[:40]}
        )
    return known


def _day(text: str, faults: list[str]) -> date | None:
    if not text.strip():
        return None
    try:
        return parse_japanese_date(text.strip().replace("-", "/"))
    except ValueError:
        faults.append(
            _("First day: write a date that exists, for example 2027-04-01, not “%(day)s”.")
            % {"day": text[:40]}
        )
        return None


def _undefused(text: str) -> str:
    """Take away the apostrophe that a download put before what looks like a formula (W10)."""
    return text[1:] if text.startswith("'") and text[1:2] in set("=+-@＝＋－＠−") else text
