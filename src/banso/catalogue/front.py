"""What the catalogue gives to the apps on its left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.catalogue.messages import REFUSALS
from banso.catalogue.models import ConceptEdition
from banso.catalogue.views import LISTS
from banso.web.fronts import Front, PublicList, PublicPage, Stage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _list(place: int, name: str, label: StrOrPromise, page: str) -> PublicList:
    return PublicList(
        place=place,
        label=label,
        page=f"catalogue:{page}",
        files=f"catalogue:{name}",
        columns=LISTS[name].columns,
    )


FRONT = Front(
    refusals=REFUSALS,
    public_pages=(
        PublicPage(place=10, label=_("The program"), address="catalogue:about"),
        PublicPage(place=20, label=_("R&D concepts"), address="catalogue:concepts"),
        PublicPage(place=60, label=_("Meetings"), address="catalogue:meetings"),
        PublicPage(place=70, label=_("Q&A"), address="catalogue:questions"),
        PublicPage(place=90, label=_("News"), address="catalogue:news"),
    ),
    public_lists=(
        _list(10, "concepts", _("R&D concepts, one row per edition"), "concepts"),
        _list(50, "visions", _("Visions"), "about"),
        _list(60, "meetings", _("Meetings"), "meetings"),
        _list(70, "qa", _("Questions and answers"), "questions"),
        _list(80, "news", _("News"), "news"),
        _list(90, "documents", _("Documents of the program"), "about"),
        _list(100, "links", _("Links"), "about"),
        _list(110, "outreach", _("Outreach actions"), "about"),
    ),
    stages={"editions": Stage(rows=ConceptEdition.objects.all, concept="concept")},
)
