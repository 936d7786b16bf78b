"""Lists of councils: those that I sit in, and those that my ministry organises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from banso.councils.forms.preparation import EstablishedForm
from banso.councils.lists.cells import concept_title, name_of
from banso.councils.queries.councils import councils_matching
from banso.web.addresses import address_of
from banso.web.lists.columns import Column, Kind, Status
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet


def _establishment(row: Any) -> Status:  # noqa: ANN401 - a row of a list
    if row.established_at:
        return Status(_("Established"), "success")
    return Status(_("In preparation"), "info")


def _of_councils(page: str) -> tuple[Column[Any], ...]:
    """Columns of a list of councils, each of which leads to `page`."""
    return (
        Column(
            "concept",
            _("R&D concept"),
            lambda row: concept_title(row.concept),
            Kind.BILINGUAL,
            address=lambda row: address_of(page, row.pk),
            order=("concept__title", "prepared_at"),
            is_heading=True,
            is_wide=True,
        ),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), order=("kind",)),
        Column(
            "organiser",
            _("Organiser"),
            lambda row: name_of(row.organiser),
            Kind.BILINGUAL,
            order=("organiser__name_ja",),
            is_shown=False,
        ),
        Column("state", _("State"), _establishment, Kind.STATUS, order=("established_at",)),
        Column(
            "next_meeting_at",
            _("Next meeting"),
            lambda row: row.next_meeting_at,
            Kind.INSTANT,
            order=("next_meeting_at",),
        ),
    )


def _by_state(rows: QuerySet[Any], chosen: Mapping[str, Any]) -> QuerySet[Any]:
    match chosen["state"]:
        case "established":
            return rows.filter(established_at__isnull=False)
        case "prepared":
            return rows.filter(established_at=None)
        case _:
            return rows


ROOMS = Listing(
    name="my-councils",
    caption=_("Councils of which I am a member"),
    columns=_of_councils("councils:room"),
    order=("concept__title", "prepared_at"),
    search=councils_matching,
    is_sample=lambda row: row.is_sample,
    empty=_("You are not a member of a council."),
)
ORGANISED = Listing(
    name="organised-councils",
    caption=_("Councils that my ministry organises"),
    columns=_of_councils("councils:secretariat"),
    order=("concept__title", "prepared_at"),
    filters=EstablishedForm,
    narrow=_by_state,
    search=councils_matching,
    is_sample=lambda row: row.is_sample,
)
