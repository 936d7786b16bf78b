"""Lists of people: members of a room, people asked, and a person's own record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from banso.councils.forms.membership import JoinedForm, SideForm
from banso.councils.lists.cells import concept_title, day_of, name_of
from banso.councils.queries.membership import members_matching, own_record_matching
from banso.web.lists.columns import Column, Kind, Status
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet


_BY_BODY = ("organisation__name_ja", "person__family_name_kana", "person__family_name")


def _on(name: str, label: Any) -> Column[Any]:  # noqa: ANN401 - lazy text
    """Write a column of the days on which something became of an invitation."""
    instant = f"{name.removesuffix('_on')}_at"
    return Column(
        name, label, lambda row: day_of(getattr(row, instant)), Kind.DATE, order=(instant,)
    )


OWN_RECORD = Listing(
    name="my-council-record",
    caption=_("What I was asked, and what I answered"),
    columns=(
        Column(
            "concept",
            _("Council of the concept"),
            lambda row: concept_title(row.council.concept),
            Kind.BILINGUAL,
            order=("council__concept__title",),
            is_heading=True,
            is_wide=True,
        ),
        _on("invited_on", _("Invited")),
        _on("accepted_on", _("Joined on")),
        _on("declined_on", _("Declined on")),
        _on("left_on", _("Left on")),
    ),
    order=("-invited_at",),
    search=own_record_matching,
    is_sample=lambda row: row.council.is_sample,
)


def _of_people(*further: Column[Any]) -> tuple[Column[Any], ...]:
    return (
        Column(
            "name",
            _("Name"),
            lambda row: name_of(row.person),
            Kind.BILINGUAL,
            order=("person__family_name_kana", "person__family_name"),
            is_heading=True,
        ),
        Column(
            "affiliation",
            _("Affiliation"),
            lambda row: name_of(row.organisation),
            Kind.BILINGUAL,
            order=_BY_BODY,
        ),
        Column("side", _("Side"), lambda row: row.get_side_display(), order=("side", *_BY_BODY)),
        *further,
    )


def _represents(row: Any) -> Status | None:  # noqa: ANN401 - a row of a list
    council = row.council
    if row.person_id == council.representative_id and council.has_representative_in_office:
        return Status(_("Represents the R&D"), "info")
    return None


def _by_side(rows: QuerySet[Any], chosen: Mapping[str, Any]) -> QuerySet[Any]:
    return rows.filter(side=chosen["side"]) if chosen["side"] else rows


def _by_side_and_joined(rows: QuerySet[Any], chosen: Mapping[str, Any]) -> QuerySet[Any]:
    rows = _by_side(rows, chosen)
    return rows.filter(has_joined=chosen["joined"] == "yes") if chosen["joined"] else rows


MEMBERS = Listing(
    name="council-members",
    caption=_("Current members"),
    columns=_of_people(Column("role", _("Role"), _represents, Kind.STATUS)),
    order=("side", *_BY_BODY),
    filters=SideForm,
    narrow=_by_side,
    search=members_matching,
)
# Joined or not joined, and nothing finer: neither here nor in what is fetched (C5).
ASKED = Listing(
    name="people-asked",
    caption=_("People who were invited"),
    columns=_of_people(
        Column(
            "state",
            _("State"),
            lambda row: (
                Status(_("Joined"), "success")
                if row.has_joined
                else Status(_("Not joined"), "neutral")
            ),
            Kind.STATUS,
        )
    ),
    order=_BY_BODY,
    filters=JoinedForm,
    narrow=_by_side_and_joined,
    search=members_matching,
)
