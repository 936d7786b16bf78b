"""What the catalogue gives to the apps on its left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.catalogue import queries
from banso.catalogue.messages import REFUSALS
from banso.catalogue.models import ConceptEdition, Vision
from banso.catalogue.permissions import LOAD_PROGRAM
from banso.catalogue.views import LISTS
from banso.web.formats import active_language, date_text
from banso.web.fronts import Front, HomePart, PublicList, PublicPage
from banso.web.fronts.concepts import Followed, Reached, Stage, Step
from banso.web.fronts.events import Told
from banso.web.fronts.tasks import FEW

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from banso.catalogue.queries import ConceptPage
    from banso.people.actors import Actor
    from banso.web.fronts import Titled


def _list(place: int, name: str, label: StrOrPromise, page: str) -> PublicList:
    return PublicList(
        place=place,
        label=label,
        page=f"catalogue:{page}",
        files=f"catalogue:{name}",
        columns=LISTS[name].columns,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRow:
    """One row of the table of concepts: a domain, with its counts agency by agency."""

    code: str
    label: str
    counts: list[tuple[str, int]]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConceptTable:
    """How many concepts there are, by domain and funding agency."""

    agencies: list[str]
    domains: list[DomainRow]


def concept_table(_at: datetime) -> ConceptTable:
    """Count the concepts by domain and funding agency."""
    counted = {(domain, agency): count for domain, agency, count in queries.concept_counts()}
    agencies = sorted({agency for _domain, agency in counted})
    rows = []
    for code, label in queries.concept_choices()["domain"]:
        stored = "" if code == queries.NOT_KNOWN else code
        counts = [(agency, counted.get((stored, agency), 0)) for agency in agencies]
        total = sum(count for _agency, count in counts)
        rows.append(DomainRow(code=code, label=label, counts=counts, total=total))
    return ConceptTable(agencies=agencies, domains=rows)


def _vision_decided_last(_at: datetime) -> Vision | None:
    decided = [one for one in queries.visions() if one.decided_on or one.decided_in]
    return decided[-1] if decided else None


def _of_concept(page: ConceptPage, _at: datetime) -> Followed:
    return Followed(steps=[_vision(page), *_editions(page)])


def _vision(page: ConceptPage) -> Step:
    vision = page.concept.vision
    when = date_text(vision.decided_on, active_language()) or vision.decided_month
    return Step(
        title=_("%(vision)s decided") % {"vision": vision.name},
        state=Reached.DONE if when else Reached.MISSING,
        when=when,
        address=reverse("catalogue:about"),
    )


def _editions(page: ConceptPage) -> list[Step]:
    oldest_first = page.editions[::-1]
    return [
        Step(
            title=_("R&D concept: %(edition)s") % {"edition": edition.name},
            state=Reached.DONE if edition.created_on or edition.announced_on else Reached.MISSING,
            when=date_text(edition.created_on or edition.announced_on, active_language()),
            note=edition.row_id,
        )
        for edition in oldest_first
    ]


def _scopes(viewer: Actor) -> list[Titled]:
    concepts = queries.concepts_of_agencies(viewer)
    return [(concept.pk, concept.title, concept.title_en) for concept in concepts]


FRONT = Front(
    scopes=_scopes,
    refusals=REFUSALS,
    told=Told(silent={LOAD_PROGRAM.name: "what is published is news on the public pages"}),
    public_pages=(
        PublicPage(place=10, label=gettext_lazy("The program"), address="catalogue:about"),
        PublicPage(place=20, label=gettext_lazy("R&D concepts"), address="catalogue:concepts"),
        PublicPage(place=60, label=gettext_lazy("Meetings"), address="catalogue:meetings"),
        PublicPage(place=70, label=gettext_lazy("Q&A"), address="catalogue:questions"),
        PublicPage(place=90, label=gettext_lazy("News"), address="catalogue:news"),
    ),
    home=(
        HomePart(
            place=10,
            template="catalogue/_home_vision.html",
            gather=_vision_decided_last,
            is_decision=True,
        ),
        HomePart(place=30, template="catalogue/_home_concepts.html", gather=concept_table),
        HomePart(
            place=40,
            template="catalogue/_home_news.html",
            gather=lambda _at: list(queries.news()[:FEW]),
        ),
    ),
    of_concept=_of_concept,
    public_lists=(
        _list(10, "concepts", gettext_lazy("R&D concepts, one row per edition"), "concepts"),
        _list(50, "visions", gettext_lazy("Visions"), "about"),
        _list(60, "meetings", gettext_lazy("Meetings"), "meetings"),
        _list(70, "qa", gettext_lazy("Questions and answers"), "questions"),
        _list(80, "news", gettext_lazy("News"), "news"),
        _list(90, "documents", gettext_lazy("Documents of the program"), "about"),
        _list(100, "links", gettext_lazy("Links"), "about"),
        _list(110, "outreach", gettext_lazy("Outreach actions"), "about"),
    ),
    stages={"editions": Stage(rows=ConceptEdition.objects.all, concept="concept")},
)
