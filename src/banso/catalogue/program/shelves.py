"""Where each kind of row stands in the catalogue: how it is read back, and how it is written."""

from __future__ import annotations

from dataclasses import fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Model, Value, Window
from django.db.models.functions import Coalesce, Lag

from banso.catalogue.models import (
    Concept,
    ConceptEdition,
    Document,
    Link,
    Meeting,
    MeetingPaper,
    NewsItem,
    OutreachAction,
    ProgramBody,
    ProgramText,
    PublicRecord,
    QuestionAnswer,
    Vision,
    VisionFile,
)
from banso.catalogue.program.chains import places_of
from banso.catalogue.program.rows import (
    AgencyRow,
    AnyRow,
    ConceptRow,
    DocumentRow,
    FileRow,
    LinkRow,
    MeetingRow,
    MinistryRow,
    NewsRow,
    OutreachRow,
    ProgramRow,
    QuestionRow,
    Row,
    StoredProgram,
    VisionRow,
)
from banso.people.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.db.models import Manager, QuerySet

Record = TypeVar("Record", bound=Model)

NOTHING: Mapping[str, str] = MappingProxyType({})
REVISION_MARK = "(改定)"
# The program's files name the ministries in Japanese only.
MINISTRIES_IN_ENGLISH = {
    "内閣府": "Cabinet Office",
    "文部科学省": "Ministry of Education, Culture, Sports, Science and Technology (MEXT)",
    "経済産業省": "Ministry of Economy, Trade and Industry (METI)",
}


class Shelf(Generic[AnyRow, Record]):
    """A table whose records are rows: same fields, some under the house's own names."""

    def __init__(
        self,
        row_type: type[AnyRow],
        manager: Manager[Record],
        *,
        named_by: Sequence[str] = (),
        renamed: Mapping[str, str] = NOTHING,
    ) -> None:
        self.row_type = row_type
        self.manager = manager
        self.named_by = named_by
        self.renamed = renamed

    @property
    def has_places(self) -> bool:
        """Whether the records keep the files' order, and can be withdrawn."""
        return issubclass(self.manager.model, PublicRecord)

    def records(self) -> QuerySet[Record]:
        """List the records in the files' order, with all that a row needs."""
        order = ("position", "pk") if self.has_places else ("pk",)
        return self.manager.order_by(*order)

    def row_of(self, record: Record) -> AnyRow:
        """Read a record back as the row that it came from."""
        return self.row_type(
            **{
                name: getattr(record, self.renamed.get(name, name))
                for name in _names(self.row_type)
            }
        )

    def write(self, rows: Iterable[AnyRow], _all_rows: Sequence[AnyRow]) -> None:
        """Write the rows that changed; `_all_rows` are what they stand among."""
        for row in rows:
            self.write_one(row)

    def write_one(self, row: AnyRow) -> None:
        """Write one row over the record of its name, or as a new one."""
        columns = {
            self.renamed.get(name, name): getattr(row, name) for name in _names(self.row_type)
        }
        named = {name: columns.pop(name) for name in self.named_by}
        self.manager.update_or_create(**named, defaults=columns)

    def put_in_order(self, rows: Sequence[AnyRow]) -> None:
        """Give the records the places of their rows; what is in the files is not withdrawn."""
        position_of = {row.key: position for position, row in enumerate(rows)}
        moved = []
        for record in self.records():
            position = position_of.get(self.row_of(record).key)
            if isinstance(record, PublicRecord) and position not in {None, record.position}:
                record.position = position
                moved.append(record)
        if moved:
            self.manager.bulk_update(moved, ["position"])

    def mark_withdrawn(self, keys: set[str], at: datetime | None) -> None:
        """Mark the records of these keys as withdrawn, or with None as in force again."""
        if not keys:
            return
        marked = [record.pk for record in self.records() if self.row_of(record).key in keys]
        self.manager.filter(pk__in=marked).update(withdrawn_at=at)


class MinistryShelf(Shelf[MinistryRow, ProgramBody]):
    """Ministries stand among the organisations."""

    def records(self) -> QuerySet[ProgramBody]:
        """List the ministries that run the program."""
        return super().records().filter(part=ProgramBody.Part.RUNS).select_related("organisation")

    def row_of(self, record: ProgramBody) -> MinistryRow:
        """Read the name."""
        return MinistryRow(name_ja=record.organisation.name_ja)

    def write_one(self, row: MinistryRow) -> None:
        """Find the ministry by name, or register it."""
        organisation, _ = Organisation.objects.get_or_create(
            name_ja=row.name_ja,
            defaults={
                "kind": Organisation.Kind.MINISTRY,
                "name_en": MINISTRIES_IN_ENGLISH.get(row.name_ja, ""),
            },
        )
        ProgramBody.objects.update_or_create(
            organisation=organisation, defaults={"part": ProgramBody.Part.RUNS}
        )


class AgencyShelf(Shelf[AgencyRow, ProgramBody]):
    """Funding agencies stand among the organisations, by their short names."""

    def records(self) -> QuerySet[ProgramBody]:
        """List the funding agencies."""
        return super().records().filter(part=ProgramBody.Part.FUNDS).select_related("organisation")

    def row_of(self, record: ProgramBody) -> AgencyRow:
        """Read the names and the page of the agency's calls."""
        return AgencyRow(
            short=record.organisation.short_name,
            name_ja=record.organisation.name_ja,
            name_en=record.organisation.name_en,
            calls=record.calls_page,
        )

    def write_one(self, row: AgencyRow) -> None:
        """Find the agency by its short name, else by its name, or register it."""
        names = {"short_name": row.short, "name_ja": row.name_ja, "name_en": row.name_en}
        agencies = Organisation.objects.filter(kind=Organisation.Kind.FUNDING_AGENCY)
        agency = (
            agencies.filter(short_name=row.short).first()
            or agencies.filter(name_ja=row.name_ja).first()
            or Organisation(kind=Organisation.Kind.FUNDING_AGENCY)
        )
        for name, value in names.items():
            setattr(agency, name, value)
        agency.save()
        ProgramBody.objects.update_or_create(
            organisation=agency,
            defaults={"part": ProgramBody.Part.FUNDS, "calls_page": row.calls},
        )


class VisionShelf(Shelf[VisionRow, Vision]):
    """Visions stand with their files."""

    def records(self) -> QuerySet[Vision]:
        """List the visions with their files."""
        return super().records().prefetch_related("files")

    def row_of(self, record: Vision) -> VisionRow:
        """Read a vision with its files."""
        names = set(_names(self.row_type)) - {"files"}
        return VisionRow(
            files=_file_rows(record.files.all()), **{name: getattr(record, name) for name in names}
        )

    def write_one(self, row: VisionRow) -> None:
        """Write a vision and its files anew."""
        names = set(_names(self.row_type)) - {"files", "number"}
        vision, _ = Vision.objects.update_or_create(
            number=row.number, defaults={name: getattr(row, name) for name in names}
        )
        vision.files.all().delete()
        VisionFile.objects.bulk_create(
            VisionFile(vision=vision, position=position, **_file_columns(file))
            for position, file in enumerate(row.files)
        )


class MeetingShelf(Shelf[MeetingRow, Meeting]):
    """Meetings stand with their papers."""

    def records(self) -> QuerySet[Meeting]:
        """List the meetings with their papers."""
        return super().records().prefetch_related("papers")

    def row_of(self, record: Meeting) -> MeetingRow:
        """Read a meeting with its papers."""
        return MeetingRow(
            body_ja=record.body,
            number=record.number,
            on=record.held_on,
            how_ja=record.how_ja,
            papers=_file_rows(record.papers.all()) or record.has_papers,
            summary_kb=record.summary_kb,
        )

    def write_one(self, row: MeetingRow) -> None:
        """Write a meeting and its papers anew."""
        meeting, _ = Meeting.objects.update_or_create(
            slug=row.key,
            defaults={
                "body": row.body_ja,
                "number": row.number,
                "held_on": row.on,
                "how_ja": row.how_ja,
                "has_papers": True if row.papers else None,
                "summary_kb": row.summary_kb,
            },
        )
        meeting.papers.all().delete()
        titled = row.papers if isinstance(row.papers, tuple) else ()
        MeetingPaper.objects.bulk_create(
            MeetingPaper(meeting=meeting, position=position, **_file_columns(paper))
            for position, paper in enumerate(titled)
        )


class ConceptShelf(Shelf[ConceptRow, ConceptEdition]):
    """Rows of the concept table stand as editions of their concepts."""

    EDITION = (
        *("title_as_printed", "title", "title_en", "created_on", "announced_on"),
        *("concept_pdf_kb", "overview_pdf_kb", "call_type", "budget_as_printed"),
        *("call_source", "note", "source"),
    )

    def records(self) -> QuerySet[ConceptEdition]:
        """List all editions by row, each with its concept and the row that it revises."""
        earlier = Window(Lag("row_id"), partition_by="concept_id", order_by="number")
        return (
            ConceptEdition.objects.select_related("concept__vision", "concept__agency")
            .annotate(revises=Coalesce(earlier, Value("")))
            .order_by("row_id")
        )

    def row_of(self, record: ConceptEdition) -> ConceptRow:
        """Read an edition; facts of the concept stand in its first row."""
        concept, is_first = record.concept, record.number == 1
        return ConceptRow(
            id=record.row_id,
            vision=concept.vision.number,
            domain=concept.domain,
            funding_agency=concept.agency.short_name,
            revision_of=record.revises,  # type: ignore[attr-defined]  # annotated by records()
            maturity=concept.maturity if is_first else "",
            has_foreseen_concern=concept.has_foreseen_concern if is_first else None,
            **{name: getattr(record, name) for name in self.EDITION},
        )

    def write(self, rows: Iterable[ConceptRow], all_rows: Sequence[ConceptRow]) -> None:
        """Write concepts from their first rows, and the editions that changed."""
        places, changed = places_of(all_rows), set(rows)
        for first in {places[row.id].first: row for row in changed}:
            editions = sorted(
                (row for row in all_rows if places[row.id].first == first),
                key=lambda row: places[row.id].number,
            )
            concept = _written_concept(editions)
            for number, row in enumerate(editions, start=1):
                if row in changed:
                    ConceptEdition.objects.update_or_create(
                        row_id=row.id,
                        defaults={"concept": concept, "number": number}
                        | {name: getattr(row, name) for name in self.EDITION},
                    )


SHELVES: Mapping[str, Shelf[Any, Any]] = {
    shelf.row_type.kind: shelf
    for shelf in (
        Shelf(ProgramRow, ProgramText.objects),
        MinistryShelf(MinistryRow, ProgramBody.objects),
        AgencyShelf(AgencyRow, ProgramBody.objects),
        VisionShelf(VisionRow, Vision.objects),
        ConceptShelf(ConceptRow, ConceptEdition.objects),
        MeetingShelf(MeetingRow, Meeting.objects),
        Shelf(
            QuestionRow,
            QuestionAnswer.objects,
            named_by=["number"],
            renamed={
                "n": "number",
                "q_ja": "question_ja",
                "q_en": "question_en",
                "a_ja": "answer_ja",
                "a_en": "answer_en",
            },
        ),
        Shelf(
            NewsRow,
            NewsItem.objects,
            named_by=["published_on", "title_ja"],
            renamed={"on": "published_on"},
        ),
        Shelf(DocumentRow, Document.objects, named_by=["title_ja"], renamed={"dated": "dated_on"}),
        Shelf(LinkRow, Link.objects, named_by=["title_ja"]),
        Shelf(
            OutreachRow,
            OutreachAction.objects,
            named_by=["done_on", "what_ja"],
            renamed={"on": "done_on"},
        ),
    )
}


def stored_program() -> StoredProgram:
    """Read the whole catalogue back as rows, in as many queries as there are shelves."""
    rows: dict[str, tuple[Row, ...]] = {}
    withdrawn = set()
    for kind, shelf in SHELVES.items():
        records = list(shelf.records())
        rows[kind] = tuple(shelf.row_of(record) for record in records)
        withdrawn |= {
            (kind, row.key)
            for row, record in zip(rows[kind], records, strict=True)
            if getattr(record, "withdrawn_at", None)
        }
    return StoredProgram(rows, frozenset(withdrawn))


def _written_concept(editions: Sequence[ConceptRow]) -> Concept:
    first, newest = editions[0], editions[-1]
    concept, _ = Concept.objects.update_or_create(
        slug=first.id.lower(),
        defaults={
            "vision": Vision.objects.get(number=first.vision),
            "agency": Organisation.objects.get(
                kind=Organisation.Kind.FUNDING_AGENCY, short_name=first.funding_agency
            ),
            "domain": first.domain,
            "title": newest.title.removesuffix(REVISION_MARK),
            "title_en": newest.title_en,
            "maturity": first.maturity,
            "has_foreseen_concern": first.has_foreseen_concern,
        },
    )
    return concept


def _names(row_type: type[Row]) -> tuple[str, ...]:
    return tuple(declared.name for declared in fields(row_type))


def _file_rows(files: Iterable[VisionFile | MeetingPaper]) -> tuple[FileRow, ...]:
    in_order = sorted(files, key=lambda file: file.position)
    return tuple(
        FileRow(title_ja=file.title_ja, format=file.format, kb=file.kb) for file in in_order
    )


def _file_columns(file: FileRow) -> dict[str, Any]:
    return {"title_ja": file.title_ja, "format": file.format, "kb": file.kb}
