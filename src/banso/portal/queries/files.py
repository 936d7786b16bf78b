"""The files that can be taken away, each with its columns and the day that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from banso.calls.views.public import COLUMNS as CALL_COLUMNS
from banso.catalogue.views import LISTS
from banso.ledger.clock import read_clock
from banso.projects.lists import PROJECTS
from banso.results.lists import RESULTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django_stubs_ext import StrOrPromise

    from banso.web.lists.columns import Column

# The lists of the catalogue by the names of its addresses, in the order of the site's menu.
_OF_THE_CATALOGUE = {
    "concepts": _("R&D concepts, one row per edition"),
    "visions": _("Visions"),
    "meetings": _("Meetings"),
    "qa": _("Questions and answers"),
    "news": _("News"),
    "documents": _("Documents of the program"),
    "links": _("Links"),
    "outreach": _("Outreach actions"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenList:
    """A public list as files: what its rows are, where it is read, what its columns mean."""

    title: StrOrPromise
    csv: str
    json: str
    columns: Sequence[Column[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage:
    """Every list that can be taken away, as of a day."""

    as_of: date
    lists: list[TakenList]


def files_to_take() -> DataPage:
    """List what can be taken away today."""
    lists = [
        _taken("catalogue", name, title=title, columns=LISTS[name].columns)
        for name, title in _OF_THE_CATALOGUE.items()
    ]
    lists[1:1] = [
        _taken("calls", "calls", title=_("Calls"), columns=CALL_COLUMNS),
        _taken("projects", "projects", title=_("Projects"), columns=PROJECTS.columns),
        _taken("results", "results", title=_("Results"), columns=RESULTS.columns),
    ]
    return DataPage(as_of=localdate(read_clock()), lists=lists)


def _taken(
    app: str, name: str, *, title: StrOrPromise, columns: Sequence[Column[Any]]
) -> TakenList:
    return TakenList(
        title=title,
        csv=reverse(f"{app}:{name}_csv"),
        json=reverse(f"{app}:{name}_json"),
        columns=columns,
    )
