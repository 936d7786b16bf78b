"""What everybody reads about projects: the list, its files, and a project's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.projects import queries
from banso.projects.forms import FilterForm
from banso.web.lists.answering import answer_list, list_file
from banso.web.lists.columns import Bilingual, Column, Kind
from banso.web.lists.listing import Listing
from banso.web.pages import EVERYBODY, page

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request

CODE: Column[Any] = Column(
    "code", _("Project code"), lambda project: project.code, order=("code",)
)
CONCEPT: Column[Any] = Column(
    "concept_title",
    _("R&D concept"),
    lambda project: Bilingual(project.concept.title, project.concept.title_en),
    Kind.BILINGUAL,
    address=lambda project: reverse("portal:concept", args=[project.concept.slug]),
)
AGENCY: Column[Any] = Column(
    "agency",
    _("Funding agency"),
    lambda project: project.agency.short_name or project.agency.name_ja,
)
INSTITUTION: Column[Any] = Column(
    "institution_name",
    _("Institution"),
    lambda project: Bilingual(project.institution.name_ja, project.institution.name_en),
    Kind.BILINGUAL,
)
AMOUNT: Column[Any] = Column(
    "amount_yen",
    _("Amount"),
    lambda project: project.amount_yen,
    Kind.YEN,
    unit="million-yen",
    order=("amount_yen",),
)
STARTS_ON: Column[Any] = Column(
    "starts_on",
    _("First day"),
    lambda project: project.starts_on,
    Kind.DATE,
    order=("starts_on", "code"),
)
ENDS_ON: Column[Any] = Column("ends_on", _("Last day"), lambda project: project.ends_on, Kind.DATE)

PROJECTS = Listing(
    name="projects",
    caption=_("Adopted projects"),
    columns=(
        CODE,
        Column(
            "title",
            _("Project"),
            lambda project: Bilingual(project.title_ja, project.title_en),
            Kind.BILINGUAL,
            address=lambda project: reverse("projects:project", args=[project.code]),
            is_heading=True,
            is_wide=True,
        ),
        CONCEPT,
        AGENCY,
        INSTITUTION,
        AMOUNT,
        STARTS_ON,
        ENDS_ON,
        Column(
            "title_ja", _("Title (Japanese)"), lambda project: project.title_ja, is_shown=False
        ),
        Column("title_en", _("Title (English)"), lambda project: project.title_en, is_shown=False),
        Column("concept", _("Concept ID"), lambda project: project.concept.slug, is_shown=False),
        Column(
            "concept_ja",
            _("R&D concept (Japanese)"),
            lambda project: project.concept.title,
            is_shown=False,
        ),
        Column(
            "institution",
            _("Institution (Japanese)"),
            lambda project: project.institution.name_ja,
            is_shown=False,
        ),
        Column("is_sample", _("Sample record"), lambda project: project.is_sample, is_shown=False),
    ),
    order=("-starts_on", "code"),
    is_sample=lambda project: project.is_sample,
    filters=FilterForm,
    narrow=lambda rows, chosen: queries.narrowed(rows, **chosen),
    search=queries.with_words,
    search_label=_("Project code or title"),
)


@require_safe
def projects(request: Request) -> HttpResponseBase:
    """List adopted projects under the chosen filter."""
    return answer_list(
        request,
        PROJECTS,
        queries.projects(),
        template="projects/public/projects.html",
        audience=EVERYBODY,
        at=request.at,
    )


@require_safe
def projects_file(request: Request, form: str) -> HttpResponseBase:
    """Give the list as a file with every column, under the same filter."""
    return list_file(
        request, PROJECTS, queries.projects(), form=form, at=request.at, is_whole=True
    )


@require_safe
def project(request: Request, code: str) -> HttpResponse:
    """Show what is public about one project."""
    context = {"project": queries.project_by_code(code)}
    return page(request, "projects/public/project.html", context, audience=EVERYBODY)
