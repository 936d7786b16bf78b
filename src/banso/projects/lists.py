"""The lists of projects: adopted ones, one's own, and proposals whose projects are to start."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from banso.projects import queries
from banso.projects.forms import FilterForm
from banso.web.addresses import address_of
from banso.web.lists.columns import Bilingual, Column, Kind
from banso.web.lists.listing import Listing

_CODE: Column[Any] = Column(
    "code", _("Project code"), lambda project: project.code, order=("code",)
)
_CONCEPT: Column[Any] = Column(
    "concept_title",
    _("R&D concept"),
    lambda project: Bilingual(project.concept.title, project.concept.title_en),
    Kind.BILINGUAL,
    address=lambda project: address_of("portal:concept", project.concept.slug),
    is_wide=True,
)
_AGENCY: Column[Any] = Column(
    "agency",
    _("Funding agency"),
    lambda project: project.agency.short_name or project.agency.name_ja,
)
_INSTITUTION: Column[Any] = Column(
    "institution_name",
    _("Institution"),
    lambda project: Bilingual(project.institution.name_ja, project.institution.name_en),
    Kind.BILINGUAL,
)
_AMOUNT: Column[Any] = Column(
    "amount_yen",
    _("Amount"),
    lambda project: project.amount_yen,
    Kind.YEN,
    unit="million-yen",
    order=("amount_yen",),
)
_STARTS_ON: Column[Any] = Column(
    "starts_on",
    _("First day"),
    lambda project: project.starts_on,
    Kind.DATE,
    order=("starts_on", "code"),
)
_ENDS_ON: Column[Any] = Column(
    "ends_on", _("Last day"), lambda project: project.ends_on, Kind.DATE
)

PROJECTS = Listing(
    name="projects",
    caption=_("Adopted projects"),
    columns=(
        _CODE,
        Column(
            "title",
            _("Project"),
            lambda project: Bilingual(project.title_ja, project.title_en),
            Kind.BILINGUAL,
            address=lambda project: address_of("projects:project", project.code),
            is_heading=True,
            is_wide=True,
        ),
        _CONCEPT,
        _AGENCY,
        _INSTITUTION,
        _AMOUNT,
        _STARTS_ON,
        _ENDS_ON,
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

MY_PROJECTS = Listing(
    name="my-projects",
    caption=_("Projects that I am in or answer for"),
    columns=(
        _CODE,
        Column(
            "title",
            _("Project"),
            lambda project: Bilingual(project.title_ja, project.title_en),
            Kind.BILINGUAL,
            address=lambda project: address_of("projects:my_project", project.code),
            is_heading=True,
            is_wide=True,
        ),
        _CONCEPT,
        _INSTITUTION,
        _AGENCY,
        _STARTS_ON,
        _ENDS_ON,
        _AMOUNT,
    ),
    order=("-starts_on", "code"),
    is_sample=lambda project: project.is_sample,
    filters=FilterForm,
    narrow=lambda rows, chosen: queries.narrowed(rows, **chosen),
    search=queries.with_words,
    search_label=_("Project code or title"),
    empty=_("You are in no project."),
)

TO_START = Listing(
    name="projects-to-start",
    caption=_("Adopted proposals without a project"),
    columns=(
        Column(
            "title",
            _("Proposal"),
            lambda proposal: Bilingual(proposal.title_ja, proposal.title_en),
            Kind.BILINGUAL,
            address=lambda proposal: address_of("projects:start", proposal.pk),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "concept_title",
            _("R&D concept"),
            lambda proposal: Bilingual(
                proposal.call.concept.title, proposal.call.concept.title_en
            ),
            Kind.BILINGUAL,
        ),
        Column(
            "institution_name",
            _("Institution"),
            lambda proposal: Bilingual(proposal.institution.name_ja, proposal.institution.name_en),
            Kind.BILINGUAL,
        ),
        Column(
            "adopted_at",
            _("Adopted at"),
            lambda proposal: proposal.letter.sent_at,
            Kind.INSTANT,
            order=("letter__sent_at",),
        ),
    ),
    order=("letter__sent_at",),
    filled=frozenset({"letter__sent_at"}),
    is_sample=lambda proposal: proposal.is_sample,
    empty=_("Every adopted proposal has its project."),
)
