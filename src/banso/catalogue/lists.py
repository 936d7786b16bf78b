"""The public lists of the record: concepts, meetings, questions, news and what is around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from banso.catalogue.forms import ConceptFilterForm, MeetingFilterForm
from banso.catalogue.queries.concepts import concept_choices, editions_chosen, editions_matching
from banso.catalogue.queries.records import meetings_matching, news_matching
from banso.web.addresses import address_of
from banso.web.lists.columns import Bilingual, Column, Kind
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet
    from django.http import QueryDict


def _concept_filters(chosen: QueryDict) -> ConceptFilterForm:
    return ConceptFilterForm(chosen, concept_choices())


def _concepts_chosen(rows: QuerySet[Any], chosen: Mapping[str, Any]) -> QuerySet[Any]:
    return editions_chosen(rows, **chosen)


def _printed(row: Any) -> str | None:  # noqa: ANN401 - a row of a list
    return None if row.title_as_printed == row.title else row.title_as_printed


CONCEPTS = Listing(
    name="concepts",
    caption=_("R&D concepts"),
    columns=(
        Column(
            "vision",
            _("Vision"),
            lambda row: row.concept.vision.number,
            Kind.NUMBER,
            order=("concept__vision__number", "row_id"),
        ),
        Column("row_id", _("Row"), lambda row: row.row_id, order=("row_id",)),
        Column(
            "edition",
            _("Edition"),
            lambda row: row.number,
            Kind.NUMBER,
            order=("number",),
            is_shown=False,
        ),
        Column(
            "created_on",
            _("Created on"),
            lambda row: row.created_on,
            Kind.DATE,
            order=("created_on",),
            is_due=True,
        ),
        Column(
            "announced_on",
            _("Announced on"),
            lambda row: row.announced_on,
            Kind.DATE,
            order=("announced_on",),
        ),
        Column(
            "domain",
            _("Domain"),
            lambda row: row.concept.get_domain_display() or None,
            order=("concept__domain",),
            is_due=True,
        ),
        Column(
            "title",
            _("R&D concept"),
            lambda row: Bilingual(row.title, row.title_en),
            Kind.BILINGUAL,
            address=lambda row: address_of("portal:concept", row.concept.slug),
            order=("title",),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "printed_otherwise",
            _("As printed, where it differs"),
            _printed,
            Kind.JAPANESE,
            is_wide=True,
            is_shown=False,
        ),
        Column(
            "title_as_printed",
            _("Title as printed"),
            lambda row: row.title_as_printed,
            Kind.JAPANESE,
            is_wide=True,
            is_shown=False,
        ),
        Column(
            "concept_pdf_kb",
            _("Size of the concept (KB)"),
            lambda row: row.concept_pdf_kb,
            Kind.NUMBER,
            order=("concept_pdf_kb",),
            is_shown=False,
            is_due=True,
        ),
        Column(
            "overview_pdf_kb",
            _("Size of the overview (KB)"),
            lambda row: row.overview_pdf_kb,
            Kind.NUMBER,
            order=("overview_pdf_kb",),
            is_due=True,
        ),
        Column(
            "funding_agency",
            _("Funding agency"),
            lambda row: row.concept.agency.short_name,
            order=("concept__agency__short_name",),
        ),
    ),
    order=("concept__vision__number", "row_id"),
    filters=_concept_filters,
    narrow=_concepts_chosen,
    search=editions_matching,
    empty=_("No concept fits this choice."),
)


def _of_body(rows: QuerySet[Any], chosen: Mapping[str, Any]) -> QuerySet[Any]:
    return rows.filter(body=chosen["body"]) if chosen["body"] else rows


def _papers(row: Any) -> str | None:  # noqa: ANN401 - a row of a list
    titles = " / ".join(paper.title_ja for paper in row.papers.all())
    return titles or None


MEETINGS = Listing(
    name="meetings",
    caption=_("Meetings"),
    columns=(
        Column(
            "meeting",
            _("Meeting"),
            lambda row: row.name,
            address=lambda row: address_of("catalogue:meeting", row.slug),
            order=("body", "number"),
            is_heading=True,
            is_wide=True,
        ),
        Column("body", _("Body"), lambda row: row.get_body_display(), is_shown=False),
        Column("number", _("Number"), lambda row: row.number, Kind.NUMBER, is_shown=False),
        Column("held_on", _("Held on"), lambda row: row.held_on, Kind.DATE, order=("held_on",)),
        Column("how", _("How"), lambda row: row.how_ja or None, Kind.JAPANESE),
        Column("has_papers", _("Agenda and papers"), lambda row: row.has_papers, is_due=True),
        Column("papers", _("Titles of the papers"), _papers, Kind.JAPANESE, is_wide=True),
        Column(
            "summary_kb",
            _("Size of the summary (KB)"),
            lambda row: row.summary_kb,
            Kind.NUMBER,
            order=("summary_kb",),
            is_due=True,
        ),
    ),
    order=("-held_on", "slug"),
    filters=MeetingFilterForm,
    narrow=_of_body,
    search=meetings_matching,
    empty=_("No meeting has been loaded yet."),
)
NEWS = Listing(
    name="news",
    caption=_("News"),
    columns=(
        Column(
            "published_on",
            _("Date"),
            lambda row: row.published_on,
            Kind.DATE,
            order=("published_on",),
        ),
        Column(
            "title",
            _("News"),
            lambda row: Bilingual(row.title_ja, row.title_en),
            Kind.BILINGUAL,
            order=("title_ja",),
            is_heading=True,
            is_wide=True,
        ),
    ),
    order=("-published_on", "position"),
    search=news_matching,
    empty=_("There is no news yet."),
)
# These are read in the text of a page; as a list they are only taken away.
QUESTIONS = Listing(
    name="qa",
    caption=_("Questions and answers"),
    columns=(
        Column("number", _("Number"), lambda row: row.number, Kind.NUMBER),
        Column("question", _("Question"), lambda row: Bilingual(row.question_ja, row.question_en)),
        Column("answer", _("Answer"), lambda row: Bilingual(row.answer_ja, row.answer_en)),
    ),
    order=("number",),
)
VISIONS = Listing(
    name="visions",
    caption=_("R&D visions"),
    columns=(
        Column("number", _("Number"), lambda row: row.number, Kind.NUMBER),
        Column("title", _("Title"), lambda row: Bilingual(row.title_ja, row.title_en)),
        Column("decided_on", _("Decided on"), lambda row: row.decided_on, Kind.DATE),
        Column("decided_in", _("Decided in"), lambda row: row.decided_in or None),
        Column("decided_by", _("Deciding body"), lambda row: row.decided_by_ja or None),
        Column("how", _("How"), lambda row: row.how_ja or None),
        Column("concepts", _("R&D concepts"), lambda row: row.concept_count, Kind.NUMBER),
        Column("source", _("Source"), lambda row: row.source),
    ),
    order=("number",),
)
DOCUMENTS = Listing(
    name="documents",
    caption=_("Documents of the program"),
    columns=(
        Column("title", _("Title"), lambda row: Bilingual(row.title_ja, row.title_en)),
        Column("dated_on", _("Date"), lambda row: row.dated_on, Kind.DATE),
        Column("by", _("Deciding body"), lambda row: row.by_ja or None),
        Column("format", _("Format"), lambda row: row.format or None),
        Column("kb", _("Size (KB)"), lambda row: row.kb, Kind.NUMBER),
    ),
    order=("position",),
)
LINKS = Listing(
    name="links",
    caption=_("Links"),
    columns=(
        Column("title", _("Title"), lambda row: Bilingual(row.title_ja, row.title_en)),
        Column("address", _("Address"), lambda row: row.address or None),
    ),
    order=("position",),
)
OUTREACH = Listing(
    name="outreach",
    caption=_("Outreach actions"),
    columns=(
        Column("done_on", _("Date"), lambda row: row.done_on, Kind.DATE),
        Column("what", _("Action"), lambda row: Bilingual(row.what_ja, row.what_en)),
    ),
    order=("-done_on", "position"),
)
