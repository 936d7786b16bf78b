"""What a person provided: to how many it went, and one number at most; and whom to offer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Subquery

from banso.councils.models import Council, Membership
from banso.projects.models import Project
from banso.protected.models import Offer, ProtectedItem
from banso.rulebook.secrecy import accepted_count_shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Provided:
    """An item as its provider sees it: to how many it went, and one number at most (S2)."""

    item: ProtectedItem
    recipients: int
    accepted: int | None
    has_closed: bool

    @property
    def pk(self) -> UUID:
        """The key by which a list tells its rows apart."""
        return self.item.pk


def items_of(viewer: Actor) -> QuerySet[ProtectedItem]:
    """List what the viewer provided, newest first."""
    own = ProtectedItem.objects.visible_to(viewer).filter(provider_id=viewer.person_id)
    return _counted(own).select_related("council__concept").order_by("-offered_at", "pk")


def as_provided(items: Iterable[ProtectedItem], *, at: datetime) -> list[Provided]:
    """Tell the provider what of the answers may be shown at an instant (S2)."""
    return [_provided(item, at) for item in items]


def provides(viewer: Actor) -> bool:
    """Tell whether the viewer provided anything."""
    own = ProtectedItem.objects.visible_to(viewer).filter(provider_id=viewer.person_id)
    return own.exists()


def provided_item(viewer: Actor, item_id: UUID, *, at: datetime) -> Provided:
    """Find an item that the viewer provided."""
    return _provided(items_of(viewer).get(pk=item_id), at)


def accepted_count(viewer: Actor, item: ProtectedItem, *, at: datetime) -> int | None:
    """Give the provider the one number of S2, or nothing where it could name a person."""
    return provided_item(viewer, item.pk, at=at).accepted


def council_to_offer_in(viewer: Actor, council_id: UUID) -> Council:
    """Find an established council in which the viewer sits today."""
    rooms = Council.objects.visible_to(viewer).established().select_related("concept")
    return rooms.get(pk=council_id)


def possible_recipients(viewer: Actor, council_id: UUID) -> QuerySet[Membership]:
    """List the members of today to whom the viewer can offer an item."""
    members = Membership.objects.visible_to(viewer).in_office().filter(council_id=council_id)
    others = members.exclude(person_id=viewer.person_id)
    return others.select_related("person", "organisation").order_by(
        "side", "organisation__name_ja", "person__family_name_kana", "person__family_name", "pk"
    )


def possible_origins(council: Council) -> QuerySet[Project]:
    """List the projects whose own work an item must not come from (S7)."""
    return Project.objects.filter(concept_id=council.concept_id).order_by("code")


def _counted(items: QuerySet[ProtectedItem]) -> QuerySet[ProtectedItem]:
    accepted = Offer.objects.filter(item_id=OuterRef("pk")).accepted().order_by()
    counted = accepted.values("item_id").annotate(number=Count("pk"))
    return items.annotate(
        recipients=Count("offers"), accepted=Subquery(counted.values("number")[:1])
    )


def _provided(item: ProtectedItem, at: datetime) -> Provided:
    has_closed = not item.is_open_at(at)
    return Provided(
        item=item,
        recipients=item.recipients,  # type: ignore[attr-defined]  # annotated by the query
        accepted=accepted_count_shown(
            recipients=item.recipients,  # type: ignore[attr-defined]  # annotated by the query
            closed=has_closed,
            accepted=item.accepted or 0,  # type: ignore[attr-defined]  # annotated by the query
        ),
        has_closed=has_closed,
    )
