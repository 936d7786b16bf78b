"""The rows of the program's files, as plain values; their fields have the files' names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from banso.catalogue.models import Body, CallType, Domain, Maturity
from banso.catalogue.program import values
from banso.catalogue.program.row import AnyRow, FileRow, Row, read_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

# The words that the sources print, and our codes for them.
DOMAINS = {
    "海洋": Domain.OCEAN.value,
    "宇宙・航空": Domain.SPACE_AVIATION.value,
    "領域横断・サイバー空間・バイオ": Domain.CROSS_DOMAIN.value,
}
CALL_TYPES = {
    "プロジェクト型": CallType.PROJECT.value,
    "個別研究型": CallType.INDIVIDUAL_RESEARCH.value,
}
BODIES = {
    "プログラム会議": Body.PROGRAM_MEETING.value,
    "研究開発ビジョン検討ワーキンググループ": Body.WORKING_GROUP.value,
    "経済安全保障推進会議・統合イノベーション戦略推進会議 合同会議": Body.JOINT_SESSION.value,
}
MATURITIES = {code: code for code in Maturity.values}


def _files(value: object) -> tuple[FileRow, ...]:
    if not isinstance(value, list):
        raise values.UnreadableError("must be a list of files")
    return tuple(values.nested(FileRow, item) for item in value)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRow(Row):
    """What the program says of itself."""

    kind = "program"
    is_withdrawable = False

    name_ja: str = field(metadata=read_by(values.name))
    short: str = field(metadata=read_by(values.short_name))
    name_en: str = field(metadata=read_by(values.name_or_nothing))
    purpose_ja: str = field(metadata=read_by(values.text))
    purpose_en: str = field(metadata=read_by(values.text_or_nothing))
    how_ja: str = field(metadata=read_by(values.text))
    how_en: str = field(metadata=read_by(values.text_or_nothing))
    page: str = field(metadata=read_by(values.address))
    fund_ja: str = field(metadata=read_by(values.text_or_nothing))
    fund_en: str = field(metadata=read_by(values.text_or_nothing))

    @property
    def key(self) -> str:
        """There is one."""
        return "program"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinistryRow(Row):
    """A ministry that runs the program."""

    kind = "ministry"

    name_ja: str = field(metadata=read_by(values.name))

    @property
    def key(self) -> str:
        """Its name."""
        return self.name_ja


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow(Row):
    """A funding agency, with the page of its calls."""

    kind = "agency"
    is_withdrawable = False

    short: str = field(metadata=read_by(values.short_name))
    name_ja: str = field(metadata=read_by(values.name))
    name_en: str = field(metadata=read_by(values.name_or_nothing))
    calls: str = field(metadata=read_by(values.address_or_nothing))

    @property
    def key(self) -> str:
        """Its short name."""
        return self.short


@dataclass(frozen=True, slots=True, kw_only=True)
class VisionRow(Row):
    """A vision with its files."""

    kind = "vision"
    is_withdrawable = False

    number: int = field(metadata=read_by(values.number))
    title_ja: str = field(metadata=read_by(values.line))
    title_en: str = field(default="", metadata=read_by(values.line_or_nothing))
    decided_on: date | None = field(metadata=read_by(values.day_or_nothing))
    decided_in: str = field(metadata=read_by(values.month_or_nothing))
    decided_by_ja: str = field(metadata=read_by(values.line_or_nothing))
    how_ja: str = field(metadata=read_by(values.line_or_nothing))
    files: tuple[FileRow, ...] = field(metadata=read_by(_files))
    source: str = field(metadata=read_by(values.address))

    @property
    def key(self) -> str:
        """Its number."""
        return str(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptRow(Row):
    """A row of the concept table; maturity and concern are facts of the whole concept (R6)."""

    kind = "concept"
    is_withdrawable = False

    id: str = field(metadata=read_by(values.row_id))
    vision: int = field(metadata=read_by(values.number))
    title_as_printed: str = field(metadata=read_by(values.line))
    title: str = field(metadata=read_by(values.line))
    title_en: str = field(default="", metadata=read_by(values.line_or_nothing))
    domain: str = field(metadata=read_by(values.word_or_nothing(DOMAINS)))
    funding_agency: str = field(metadata=read_by(values.short_name))
    created_on: date | None = field(metadata=read_by(values.day_or_nothing))
    announced_on: date | None = field(metadata=read_by(values.day_or_nothing))
    call_type: str = field(metadata=read_by(values.word_or_nothing(CALL_TYPES)))
    budget_as_printed: str = field(metadata=read_by(values.line_or_nothing))
    call_source: str = field(metadata=read_by(values.address_or_nothing))
    note: str = field(metadata=read_by(values.text_or_nothing))
    concept_pdf_kb: int | None = field(metadata=read_by(values.kilobytes_or_nothing))
    overview_pdf_kb: int | None = field(metadata=read_by(values.kilobytes_or_nothing))
    revision_of: str = field(metadata=read_by(values.row_id_or_nothing))
    source: str = field(metadata=read_by(values.address))
    maturity: str = field(default="", metadata=read_by(values.word_or_nothing(MATURITIES)))
    has_foreseen_concern: bool | None = field(
        default=None, metadata=read_by(values.truth_or_nothing)
    )

    @property
    def key(self) -> str:
        """Its id in the table."""
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsRow(Row):
    """A piece of news."""

    kind = "news"

    on: date = field(metadata=read_by(values.day))
    title_ja: str = field(metadata=read_by(values.line))
    title_en: str = field(metadata=read_by(values.line_or_nothing))

    @property
    def key(self) -> str:
        """Its day and title."""
        return f"{self.on} {self.title_ja}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow(Row):
    """A document, of which a new edition has the same title and another date."""

    kind = "document"

    title_ja: str = field(metadata=read_by(values.line))
    title_en: str = field(default="", metadata=read_by(values.line_or_nothing))
    dated: date | None = field(metadata=read_by(values.day_or_nothing))
    by_ja: str = field(metadata=read_by(values.line_or_nothing))
    format: str = field(metadata=read_by(values.line_or_nothing))
    kb: int | None = field(metadata=read_by(values.kilobytes_or_nothing))

    @property
    def key(self) -> str:
        """Its title."""
        return self.title_ja


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow(Row):
    """A page elsewhere."""

    kind = "link"

    title_ja: str = field(metadata=read_by(values.line))
    title_en: str = field(default="", metadata=read_by(values.line_or_nothing))
    address: str = field(metadata=read_by(values.address_or_nothing))

    @property
    def key(self) -> str:
        """Its title."""
        return self.title_ja


def _papers(value: object) -> tuple[FileRow, ...] | bool | None:
    """Read a meeting's papers: a list of titles, true for untitled ones, null for unknown."""
    if value is None or value is True:
        return value
    if not isinstance(value, list):
        raise values.UnreadableError("must be a list of papers, true or null")
    return _files(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow(Row):
    """A meeting; the joint session has no number of its own and goes by its day."""

    kind = "meeting"

    body_ja: str = field(metadata=read_by(values.word_among(BODIES)))
    number: int | None = field(metadata=read_by(values.number_or_nothing))
    on: date = field(metadata=read_by(values.day))
    how_ja: str = field(default="", metadata=read_by(values.line_or_nothing))
    papers: tuple[FileRow, ...] | bool | None = field(metadata=read_by(_papers))
    summary_kb: int | None = field(metadata=read_by(values.kilobytes_or_nothing))

    @property
    def key(self) -> str:
        """Its address: the body, and its number or else its day."""
        return f"{self.body_ja}-{self.number or self.on}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachRow(Row):
    """Something done so that people know of the program."""

    kind = "outreach"

    on: date = field(metadata=read_by(values.day))
    what_ja: str = field(metadata=read_by(values.line))
    what_en: str = field(metadata=read_by(values.line_or_nothing))

    @property
    def key(self) -> str:
        """Its day and words."""
        return f"{self.on} {self.what_ja}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRow(Row):
    """A question and its answer."""

    kind = "question"

    n: int = field(metadata=read_by(values.number))
    q_ja: str = field(metadata=read_by(values.text))
    q_en: str = field(metadata=read_by(values.text_or_nothing))
    a_ja: str = field(metadata=read_by(values.text))
    a_en: str = field(metadata=read_by(values.text_or_nothing))

    @property
    def key(self) -> str:
        """Its fixed number."""
        return str(self.n)


@dataclass(frozen=True, slots=True)
class ProgramFiles:
    """The rows of some program files by kind; a kind that they leave out is not in here."""

    rows: Mapping[str, tuple[Row, ...]]

    def of(self, row_type: type[AnyRow]) -> tuple[AnyRow, ...]:
        """List the rows of one type, in the files' order."""
        rows = self.rows.get(row_type.kind, ())
        return tuple(row for row in rows if isinstance(row, row_type))


@dataclass(frozen=True, slots=True)
class StoredProgram(ProgramFiles):
    """The catalogue in the files' own terms, with what has been withdrawn."""

    withdrawn: frozenset[tuple[str, str]] = frozenset()
