"""Where each kind of row is kept in the catalogue: how it is read back, and how it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Value, Window
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
    QuestionAnswer,
    Vision,
    VisionFile,
)
from banso.catalogue.program.chains import places_of
from banso.catalogue.program.row import FileRow, Row
from banso.catalogue.program.rows import (
    AgencyRow,
    ConceptRow,
    DocumentRow,
    LinkRow,
    MeetingRow,
    MinistryRow,
    NewsRow,
    OutreachRow,
    ProgramRow,
    QuestionRow,
    StoredProgram,
    VisionRow,
)
from banso.catalogue.program.shelves.bodies import AgencyShelf, MinistryShelf
from banso.catalogue.program.shelves.shelf import Shelf, names_of
from banso.people.models import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

REVISION_MARK = "(改定)"


class VisionShelf(Shelf[VisionRow, Vision]):
    """Visions are kept with their files."""

    def records(self) -> QuerySet[Vision]:
        """List the visions with their files."""
        return super().records().prefetch_related("files")

    def row_of(self, record: Vision) -> VisionRow:
        """Read a vision with its files."""
        names = set(names_of(self.row_type)) - {"files"}
        return VisionRow(
            files=_file_rows(record.files.all()), **{name: getattr(record, name) for name in names}
        )

    def write_one(self, row: VisionRow) -> None:
        """Write a vision and its files anew."""
        names = set(names_of(self.row_type)) - {"files", "number"}
        vision, _ = Vision.objects.update_or_create(
            number=row.number, defaults={name: getattr(row, name) for name in names}
        )
        vision.files.all().delete()
        VisionFile.objects.bulk_create(
            VisionFile(vision=vision, position=position, **_file_columns(file))
            for position, file in enumerate(row.files)
        )


class MeetingShelf(Shelf[MeetingRow, Meeting]):
    """Meetings are kept with their papers."""

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
    """Rows of the concept table are kept as editions of their concepts."""

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
        """Read an edition; facts of the concept are in its first row."""
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


def _file_rows(files: Iterable[VisionFile | MeetingPaper]) -> tuple[FileRow, ...]:
    in_order = sorted(files, key=lambda file: file.position)
    return tuple(
        FileRow(title_ja=file.title_ja, format=file.format, kb=file.kb) for file in in_order
    )


def _file_columns(file: FileRow) -> dict[str, Any]:
    return {"title_ja": file.title_ja, "format": file.format, "kb": file.kb}
