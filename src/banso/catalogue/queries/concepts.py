"""Reading the concepts: the table of editions, and one concept with everything known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from banso.catalogue.messages import FIELDS
from banso.catalogue.models import Concept, ConceptEdition, Domain, ProgramBody, Vision
from banso.catalogue.program.shelves import SHELVES
from banso.catalogue.queries.history import earlier_contents, in_words, language_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from banso.catalogue.queries.history import EarlierContent
    from banso.people.actors import Actor

NOT_KNOWN = "not-known"
NO_PART = ProgramBody()  # of an agency that has no part in the loaded program


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


def concept_editions() -> QuerySet[ConceptEdition]:
    """List the rows of the concept table as printed, vision by vision, one row per edition."""
    return ConceptEdition.objects.select_related("concept__vision", "concept__agency").order_by(
        "concept__vision__number", "row_id"
    )


def editions_chosen(
    editions: QuerySet[ConceptEdition], *, domain: str, agency: str, vision: str
) -> QuerySet[ConceptEdition]:
    """Keep the editions of a domain, an agency and a vision; each may be left open."""
    if domain:
        editions = editions.filter(concept__domain="" if domain == NOT_KNOWN else domain)
    if agency:
        editions = editions.filter(concept__agency__short_name=agency)
    if vision:
        editions = editions.filter(concept__vision__number=vision)
    return editions


def editions_matching(editions: QuerySet[ConceptEdition], words: str) -> QuerySet[ConceptEdition]:
    """Keep the editions whose title or row is named by every word."""
    for word in words.split():
        editions = editions.filter(
            Q(title__icontains=word) | Q(title_en__icontains=word) | Q(row_id__icontains=word)
        )
    return editions


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


def concepts_of_agencies(viewer: Actor) -> QuerySet[Concept]:
    """List the concepts of the agencies that the viewer serves; the operator serves them all."""
    if viewer.is_operator:
        return Concept.objects.order_by("slug")
    return Concept.objects.filter(agency_id__in=viewer.agencies).order_by("slug")


def concept_counts() -> list[tuple[str, str, int]]:
    """Count concepts by domain and agency, for the first page."""
    counted = (
        Concept.objects.values("domain", "agency__short_name")
        .annotate(concepts=Count("pk"))
        .order_by("domain", "agency__short_name")
    )
    return [(row["domain"], row["agency__short_name"], row["concepts"]) for row in counted]


def _compared(editions: list[ConceptEdition]) -> list[ComparedField]:
    names = (
        *("title", "title_as_printed", "created_on", "announced_on", "concept_pdf_kb"),
        *("overview_pdf_kb", "call_type", "budget_as_printed", "note"),
    )
    compared = [
        ComparedField(
            label=str(FIELDS[name]),
            language=language_of(name),
            values=tuple(in_words(getattr(edition, name)) for edition in editions),
        )
        for name in names
    ]
    return [each for each in compared if any(each.values)]
