"""Reading the public record: lists, one concept with its editions, and what was said before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from banso.catalogue.messages import FIELDS
from banso.catalogue.models import (
    Body,
    CallType,
    Concept,
    ConceptEdition,
    Document,
    Domain,
    Link,
    Maturity,
    Meeting,
    NewsItem,
    OutreachAction,
    ProgramBody,
    ProgramText,
    PublicEdition,
    QuestionAnswer,
    Vision,
)
from banso.catalogue.program.changes import Change, changes_between, differences_between
from banso.catalogue.program.shelves import SHELVES, stored_program
from banso.rulebook.clauses import ClauseRecord, Source, all_clauses, sources
from banso.web.formats import active_language, date_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from django.db.models import Model, QuerySet

    from banso.catalogue.program.rows import Content, ProgramFiles

NOT_KNOWN = "not-known"
# Fields whose texts are Japanese although their names do not say so.
JAPANESE = {"title", "title_as_printed", "budget_as_printed", "files", "papers"}
NO_PART = ProgramBody()  # of an agency that has no part in the loaded program
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


@dataclass(frozen=True, slots=True)
class VisionGroup:
    """The rows of one vision on a page, with how many there are in all under the filter."""

    vision: Vision
    concepts: int
    rows: int
    editions: list[ConceptEdition] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ComparedField:
    """One field of a concept over its editions, oldest first; an empty value is missing."""

    label: str
    language: str
    values: tuple[str, ...]

    @property
    def has_changed(self) -> bool:
        """Whether the editions differ in it."""
        return len(set(self.values)) > 1


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """A concept with everything that the catalogue knows of it, newest edition first."""

    concept: Concept
    newest: ConceptEdition
    editions: list[ConceptEdition]
    edition_names: list[str]
    compared: list[ComparedField]
    calls_page: str
    earlier: Mapping[object, list[EarlierContent]]


def program_changes(files: ProgramFiles) -> tuple[Change, ...]:
    """List what loading these files would change."""
    return changes_between(stored_program(), files)


def concept_editions(
    *, domain: str = "", agency: str = "", vision: str = ""
) -> QuerySet[ConceptEdition]:
    """List the rows of the concept table as printed, vision by vision, one row per edition."""
    chosen = Q()
    if domain:
        chosen &= Q(concept__domain="" if domain == NOT_KNOWN else domain)
    if agency:
        chosen &= Q(concept__agency__short_name=agency)
    if vision:
        chosen &= Q(concept__vision__number=vision)
    return (
        ConceptEdition.objects.filter(chosen)
        .select_related("concept__vision", "concept__agency")
        .order_by("concept__vision__number", "row_id")
    )


def no_editions() -> QuerySet[ConceptEdition]:
    """List nothing: what a filter finds that names something unknown."""
    return ConceptEdition.objects.none()


def by_vision(
    page: Iterable[ConceptEdition], whole: QuerySet[ConceptEdition]
) -> list[VisionGroup]:
    """Group the rows of a page by vision, each with the counts of the whole list."""
    counts = {
        row["concept__vision"]: row
        for row in whole.order_by()
        .values("concept__vision")
        .annotate(rows=Count("pk"), concepts=Count("concept", distinct=True))
    }
    groups: dict[object, VisionGroup] = {}
    for edition in page:
        vision = edition.concept.vision
        if vision.pk not in groups:
            counted = counts[vision.pk]
            groups[vision.pk] = VisionGroup(vision, counted["concepts"], counted["rows"])
        groups[vision.pk].editions.append(edition)
    return list(groups.values())


def concept_choices() -> dict[str, list[tuple[str, str]]]:
    """List what the concept list can be filtered by: only what some concept has."""
    concepts = Concept.objects.order_by().distinct()
    agencies = concepts.values_list("agency__short_name", flat=True)
    domains = set(concepts.values_list("domain", flat=True))
    named = [(domain.value, str(domain.label)) for domain in Domain if domain.value in domains]
    return {
        "domain": [*named, (NOT_KNOWN, _("Not known"))] if "" in domains else named,
        "agency": sorted((short, short) for short in agencies),
        "vision": [
            (str(vision.number), vision.name)
            for vision in Vision.objects.filter(concepts__isnull=False)
            .distinct()
            .order_by("number")
        ],
    }


def concept_page(slug: str) -> ConceptPage:
    """Read one concept by its address, with its editions beside each other."""
    concept = Concept.objects.select_related("vision", "agency__program_body").get(slug=slug)
    oldest_first = list(SHELVES["concept"].records().filter(concept=concept).order_by("number"))
    return ConceptPage(
        concept=concept,
        newest=oldest_first[-1],
        editions=oldest_first[::-1],
        edition_names=[edition.name for edition in oldest_first],
        compared=_compared(oldest_first),
        calls_page=getattr(concept.agency, "program_body", NO_PART).calls_page,
        earlier=earlier_contents("concept", oldest_first),
    )


def concept_counts() -> list[tuple[str, str, int]]:
    """Count concepts by domain and agency, for the first page."""
    counted = (
        Concept.objects.values("domain", "agency__short_name")
        .annotate(concepts=Count("pk"))
        .order_by("domain", "agency__short_name")
    )
    return [(row["domain"], row["agency__short_name"], row["concepts"]) for row in counted]


def program_text() -> ProgramText | None:
    """Read what the program says of itself; None before it is loaded."""
    return ProgramText.objects.first()


def bodies(part: str) -> QuerySet[ProgramBody]:
    """List the bodies that run the program, or those that fund it."""
    return (
        ProgramBody.objects.filter(part=part, withdrawn_at=None)
        .select_related("organisation")
        .order_by("position", "pk")
    )


def visions() -> QuerySet[Vision]:
    """List the visions with their files and how many concepts follow from each."""
    return (
        Vision.objects.filter(withdrawn_at=None)
        .annotate(concept_count=Count("concepts"))
        .prefetch_related("files")
        .order_by("number")
    )


def documents() -> QuerySet[Document]:
    """List the documents as the program lists them."""
    return Document.objects.filter(withdrawn_at=None).order_by("position", "pk")


def links() -> QuerySet[Link]:
    """List the links as the program lists them."""
    return Link.objects.filter(withdrawn_at=None).order_by("position", "pk")


def outreach_actions() -> QuerySet[OutreachAction]:
    """List what was done so that people know of the program, latest first."""
    return OutreachAction.objects.filter(withdrawn_at=None).order_by("-done_on", "position", "pk")


def meetings() -> QuerySet[Meeting]:
    """List the meetings with their papers, latest first."""
    return (
        Meeting.objects.filter(withdrawn_at=None)
        .prefetch_related("papers")
        .order_by("-held_on", "slug")
    )


def meeting_at(slug: str) -> Meeting:
    """Read one meeting by its address, a withdrawn one too."""
    return Meeting.objects.prefetch_related("papers").get(slug=slug)


def decisions_of(meeting: Meeting) -> QuerySet[Vision]:
    """List the visions that a joint session decided."""
    if meeting.body != Body.JOINT_SESSION:
        return Vision.objects.none()
    return Vision.objects.filter(decided_on=meeting.held_on).order_by("number")


def questions() -> QuerySet[QuestionAnswer]:
    """List the questions by their fixed numbers."""
    return QuestionAnswer.objects.filter(withdrawn_at=None).order_by("number")


def source_of_the_answers() -> Source:
    """Name the document that the answers retell."""
    return next(source for source in sources() if source.key == "qa")


def rules_resting_on(number: int) -> list[ClauseRecord]:
    """List the rules that cite an answer of the Q&A, in the order of the rule book."""
    return [rule for rule in all_clauses() if f"qa {number}" in rule.basis]


def news() -> QuerySet[NewsItem]:
    """List the news, latest first."""
    return NewsItem.objects.filter(withdrawn_at=None).order_by("-published_on", "position", "pk")


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
                        language=_language_of(each.field),
                        before=_in_words(each.before),
                        after=_in_words(each.after),
                    )
                    for each in differences
                ),
            )
        )
        content = edition.content
    return earlier


def _compared(editions: list[ConceptEdition]) -> list[ComparedField]:
    names = (
        *("title", "title_as_printed", "created_on", "announced_on", "concept_pdf_kb"),
        *("overview_pdf_kb", "call_type", "budget_as_printed", "note"),
    )
    compared = [
        ComparedField(
            label=str(FIELDS[name]),
            language=_language_of(name),
            values=tuple(_in_words(getattr(edition, name)) for edition in editions),
        )
        for name in names
    ]
    return [each for each in compared if any(each.values)]


def _language_of(name: str) -> str:
    """Tell in which language a field's text stands, whatever the reader's is."""
    if name.endswith("_ja") or name in JAPANESE:
        return "ja"
    return "en" if name.endswith("_en") else active_language()


def _in_words(value: object) -> str:
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
