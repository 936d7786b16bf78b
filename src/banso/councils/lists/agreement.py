"""The list of agreed items, and what each still waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from banso.councils.forms.agreement import FollowForm
from banso.councils.lists.cells import concept_title, day_of
from banso.councils.queries.agreement import agreed_items_matching
from banso.web.addresses import address_of
from banso.web.lists.columns import Column, Kind, Status
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet


_EXCERPT = 60


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[: _EXCERPT - 1]}…"


def _answering(row: Any) -> Status:  # noqa: ANN401 - a row of a list
    if row.waits_for_viewer:
        return Status(_("Waits for your answer"), "warning")
    if row.waits:
        return Status(_("Not answered yet"), "neutral")
    return Status(_("Answered"), "success")


def _to_follow(rows: QuerySet[Any], chosen: Mapping[str, Any]) -> QuerySet[Any]:
    if chosen["council"]:
        rows = rows.filter(council_id=chosen["council"])
    match chosen["state"]:
        case "waits-for-me":
            return rows.filter(waits_for_viewer=True)
        case "waits":
            return rows.filter(waits=True)
        case "answered":
            return rows.filter(waits=False)
        case _:
            return rows


AGREED_ITEMS = Listing(
    name="agreed-items",
    caption=_("Agreed items"),
    columns=(
        Column(
            "concept",
            _("R&D concept"),
            lambda row: concept_title(row.council.concept),
            Kind.BILINGUAL,
            order=("council__concept__title", "-number"),
            is_heading=True,
            is_wide=True,
        ),
        Column("number", _("Number"), lambda row: row.number, Kind.NUMBER, order=("number",)),
        Column(
            "agreed_on",
            _("Agreed on"),
            lambda row: day_of(row.agreed_at),
            Kind.DATE,
            order=("agreed_at",),
        ),
        Column(
            "text",
            _("What was agreed"),
            lambda row: _excerpt(row.text),
            address=lambda row: address_of("councils:agreed_item", row.pk),
            is_wide=True,
        ),
        Column("full_text", _("Full text"), lambda row: row.text, is_wide=True, is_shown=False),
        Column(
            "projects",
            _("Projects that it names"),
            lambda row: " ".join(project.code for project in row.projects.all()),
        ),
        Column("state", _("State"), _answering, Kind.STATUS),
    ),
    order=("-agreed_at", "-number"),
    filters=FollowForm,
    narrow=_to_follow,
    search=agreed_items_matching,
    is_sample=lambda row: row.council.is_sample,
    empty=_("Nothing has been agreed yet."),
)
