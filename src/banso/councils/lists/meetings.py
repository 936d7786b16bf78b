"""Lists of a council's meetings, for the room and for the secretariat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from banso.councils.queries.meetings import meetings_matching
from banso.web.lists.columns import Column, Kind, Status
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Callable


def _of_meetings(
    address: Callable[[Any], str] | None, *further: Column[Any]
) -> tuple[Column[Any], ...]:
    return (
        Column(
            "number",
            _("Number"),
            lambda row: row.number,
            Kind.NUMBER,
            address=address,
            order=("number",),
            is_heading=True,
        ),
        Column(
            "held_at",
            _("Date and time"),
            lambda row: row.held_at,
            Kind.INSTANT,
            order=("held_at",),
        ),
        *further,
    )


def _agenda(row: Any) -> str:  # noqa: ANN401 - a row of a list
    return " / ".join(matter.title for matter in row.agenda.all())


MEETINGS = Listing(
    name="council-meetings",
    caption=_("Meetings of the council"),
    columns=_of_meetings(
        lambda row: reverse("councils:meeting", args=[row.council_id, row.number]),
        Column("agenda", _("Agenda"), _agenda, is_wide=True),
        Column(
            "minutes",
            _("Minutes"),
            lambda row: Status(_("Recorded"), "success") if row.minutes else None,
            Kind.STATUS,
        ),
    ),
    order=("-held_at", "-number"),
    search=meetings_matching,
    empty=_("No meeting has been held yet."),
)
MEETING_DATES = Listing(
    name="council-meeting-dates",
    caption=_("Meetings of the council"),
    columns=_of_meetings(None),
    order=("-number",),
    empty=_("No meeting has been held yet."),
)
