"""The lists of results: published ones, one's own, those that teams show, requests to withhold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from banso.results.forms import FilterForm, OwnFilterForm
from banso.results.queries import results as queries
from banso.web.addresses import address_of
from banso.web.lists.columns import Bilingual, Column, Kind, Status
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable

    from banso.results.queries.withholdings import WithholdingSeen

TONES = {"open": "info", "ended": "success", "in-force": "warning"}


def _titled(address: Callable[[Any], str]) -> Column[Any]:
    return Column(
        "title",
        _("Result"),
        lambda result: Bilingual(result.title_ja, result.title_en),
        Kind.BILINGUAL,
        address=address,
        is_heading=True,
        is_wide=True,
    )


def _own_page(result: Any) -> str:  # noqa: ANN401 - a row of a list
    return reverse("results:my_result", args=[result.pk])


def _doi_page(result: Any) -> str:  # noqa: ANN401 - a row of a list
    return f"https://doi.org/{result.doi}"


def _state(result: Any) -> Status:  # noqa: ANN401 - a row of a list
    if result.published_at:
        return Status(_("Published"), "success")
    return Status(_("Planned"), "info")


_KIND: Column[Any] = Column(
    "kind_name", _("Kind"), lambda result: result.get_kind_display(), order=("kind",)
)
_PROJECT: Column[Any] = Column(
    "project_code",
    _("Project code"),
    lambda result: result.project.code,
    address=lambda result: address_of("projects:project", result.project.code),
    order=("project__code",),
)
_PUBLISHED_ON: Column[Any] = Column(
    "published_at",
    _("Published on"),
    lambda result: result.published_at,
    Kind.DATE,
    order=("published_at",),
)

RESULTS = Listing(
    name="results",
    caption=_("Published results"),
    columns=(
        _PUBLISHED_ON,
        _titled(lambda result: address_of("results:result", result.pk)),
        _KIND,
        _PROJECT,
        Column(
            "concept_title",
            _("R&D concept"),
            lambda result: Bilingual(
                result.project.concept.title, result.project.concept.title_en
            ),
            Kind.BILINGUAL,
            address=lambda result: address_of("portal:concept", result.project.concept.slug),
            is_wide=True,
        ),
        Column("doi", _("DOI"), lambda result: result.doi, address=_doi_page),
        Column("result_id", _("Result ID"), lambda result: result.pk, is_shown=False),
        Column("kind", _("Kind (code)"), lambda result: result.kind, is_shown=False),
        Column(
            "title_ja",
            _("Title of the result (Japanese)"),
            lambda result: result.title_ja,
            is_shown=False,
        ),
        Column(
            "title_en",
            _("Title of the result (English)"),
            lambda result: result.title_en,
            is_shown=False,
        ),
        Column(
            "project_title_ja",
            _("Project (Japanese)"),
            lambda result: result.project.title_ja,
            is_shown=False,
        ),
        Column(
            "concept", _("Concept ID"), lambda result: result.project.concept.slug, is_shown=False
        ),
        Column(
            "agency",
            _("Funding agency"),
            lambda result: result.project.agency.short_name,
            is_shown=False,
        ),
        Column(
            "institution",
            _("Institution"),
            lambda result: result.project.institution.name_ja,
            is_shown=False,
        ),
        Column("is_sample", _("Sample record"), lambda result: result.is_sample, is_shown=False),
    ),
    order=("-published_at",),
    filled=frozenset({"published_at"}),
    is_sample=lambda result: result.is_sample,
    filters=FilterForm,
    narrow=lambda rows, chosen: queries.narrowed(rows, **chosen),
    search=queries.with_words,
    search_label=_("Title, DOI or project code"),
)

MY_RESULTS = Listing(
    name="my-results",
    caption=_("Planned and published"),
    columns=(
        _titled(_own_page),
        _KIND,
        _PROJECT,
        Column("state", _("State"), _state, Kind.STATUS, order=("is_published", "-planned_at")),
        _PUBLISHED_ON,
    ),
    order=("is_published", "-published_at", "-planned_at"),
    filled=frozenset({"is_published"}),
    is_sample=lambda result: result.is_sample,
    filters=OwnFilterForm,
    narrow=lambda rows, chosen: queries.narrowed(rows, **chosen),
    search=queries.with_words,
    search_label=_("Title, DOI or project code"),
    empty=_("No result is planned yet."),
)

PRESENTED = Listing(
    name="presented-results",
    caption=_("Planned results shown to your councils"),
    columns=(_titled(_own_page), _KIND, _PROJECT),
    order=("planned_at",),
    is_sample=lambda result: result.is_sample,
    search=queries.with_words,
    search_label=_("Title, DOI or project code"),
    empty=_("No team shows you a plan."),
)


def _own_answer(seen: WithholdingSeen) -> str:
    if not seen.own.is_asked:
        return str(_("You are not asked"))
    if not seen.own.stance:
        return str(_("None"))
    if seen.own.is_void and seen.takes_answers:
        return str(_("%(answer)s (no longer counts)") % {"answer": seen.own.label})
    return seen.own.label


def _state_of_request(seen: WithholdingSeen) -> Status:
    if seen.state == "in-force" and seen.is_under_review:
        return Status(_("In force (review: everyone is asked anew)"), TONES[seen.state])
    return Status(seen.state_label, TONES[seen.state])


WITHHOLDINGS = Listing(
    name="withholdings",
    caption=_("Requests that you may read"),
    columns=(
        Column(
            "requested_at",
            _("Asked on"),
            lambda seen: seen.withholding.requested_at,
            Kind.DATE,
            order=("requested_at",),
        ),
        Column(
            "result",
            _("Result"),
            lambda seen: Bilingual(
                seen.withholding.result.title_ja, seen.withholding.result.title_en
            ),
            Kind.BILINGUAL,
            address=lambda seen: address_of("results:withholding", seen.pk),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "ministry",
            _("By"),
            lambda seen: Bilingual(
                seen.withholding.ministry.name_ja, seen.withholding.ministry.name_en
            ),
            Kind.BILINGUAL,
        ),
        Column("state", _("State"), _state_of_request, Kind.STATUS),
        Column(
            "answer_by_on",
            _("Last day to answer"),
            lambda seen: seen.withholding.answer_by_on,
            Kind.DATE,
        ),
        Column("own_answer", _("Your own answer"), _own_answer),
    ),
    order=("-requested_at",),
    is_sample=lambda seen: seen.withholding.result.is_sample,
    empty=_("There is no request."),
)

YEARLY_COLUMNS: tuple[Column[Any], ...] = (
    Column("fiscal_year", _("Fiscal year"), lambda figures: figures.fiscal_year),
    Column("asked", _("Asked for"), lambda figures: figures.asked),
    Column("ended", _("Ended"), lambda figures: figures.ended),
    Column("in_force", _("In force on 31 March"), lambda figures: figures.in_force),
)
