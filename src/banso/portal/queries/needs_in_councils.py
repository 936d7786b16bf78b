"""What waits for members of councils and for authors of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from banso.councils.queries import (
    agreed_items_to_answer,
    invitations_for,
    organised_councils,
    representations_for,
)
from banso.portal.queries.need import Need, NeedGroup, in_language, left_until
from banso.protected.queries import offers_for
from banso.results.queries import results_to_publish, withholdings_for

if TYPE_CHECKING:
    from datetime import datetime

    from banso.councils.models import Council
    from banso.people.actors import Actor


def council_questions_of(viewer: Actor, _at: datetime) -> NeedGroup:
    """List invitations to join and to represent; whoever asked learns nothing finer (C3)."""
    note = _("Join or not, as you like; nobody is told why")
    invited = [
        Need(
            title=_("Invitation to the council of %(concept)s")
            % {"concept": _concept(membership.council)},
            address=reverse("councils:invitation", args=[membership.pk]),
            note=note,
            is_sample=membership.council.is_sample,
        )
        for membership in invitations_for(viewer)
    ]
    asked = [
        Need(
            title=_("Represent the R&D in the council of %(concept)s")
            % {"concept": _concept(council)},
            address=reverse("councils:representation", args=[council.pk]),
            note=_("Consent or not"),
            is_sample=council.is_sample,
        )
        for council in representations_for(viewer)
    ]
    return NeedGroup(
        heading=_("Councils"), list_address=reverse("councils:councils"), needs=invited + asked
    )


def councils_to_prepare_of(viewer: Actor, _at: datetime) -> NeedGroup:
    """List councils that the viewer's ministry prepares and has not established (C1)."""
    return NeedGroup(
        heading=_("Councils to establish"),
        list_address=reverse("councils:councils"),
        needs=[
            Need(
                title=_("Council of %(concept)s") % {"concept": _concept(council)},
                address=reverse("councils:secretariat", args=[council.pk]),
                note=_("See what is still missing before it can be established"),
                is_sample=council.is_sample,
            )
            for council in organised_councils(viewer)
            if council.established_at is None
        ],
    )


def agreed_items_of(viewer: Actor, _at: datetime) -> NeedGroup:
    """List agreed items that the projects the viewer leads have not answered (C7)."""
    return NeedGroup(
        heading=_("Agreed items to answer"),
        list_address=reverse("councils:agreed_items"),
        needs=[
            Need(
                title=_("Agreed item %(number)s of the council of %(concept)s")
                % {"number": item.number, "concept": _concept(item.council)},
                address=reverse("councils:agreed_item", args=[item.pk]),
                note=_("Adopt, adopt in part or do not adopt, with your reason"),
            )
            for item in agreed_items_to_answer(viewer)
        ],
    )


def offers_of(viewer: Actor, at: datetime) -> NeedGroup:
    """List protected items that wait for the viewer's answer (S2)."""
    return NeedGroup(
        heading=_("Protected information that is offered to you"),
        list_address=reverse("protected:register"),
        needs=[
            Need(
                title=offer.item.title,
                address=reverse("protected:offer", args=[offer.pk]),
                note=_("Accept or decline after reading the card; silence accepts nothing"),
                due=offer.item.answers_until,
                left=left_until(offer.item.answers_until, at),
                is_sample=offer.item.is_sample,
            )
            for offer in offers_for(viewer)
        ],
    )


def withholdings_of(viewer: Actor, at: datetime) -> NeedGroup:
    """List open requests to withhold that the viewer has not answered (R5)."""
    return NeedGroup(
        heading=_("Requests to withhold"),
        list_address=reverse("results:withholdings"),
        needs=[
            Need(
                title=in_language(
                    seen.withholding.result.title_ja, seen.withholding.result.title_en
                ),
                address=reverse("results:withholding", args=[seen.withholding.pk]),
                note=_("Answer or not, as you like; silence leaves the result open"),
                is_sample=seen.withholding.result.is_sample,
            )
            for seen in withholdings_for(viewer, at=at)
            if seen.waits_for_viewer
        ],
    )


def results_of(viewer: Actor, _at: datetime) -> NeedGroup:
    """List planned results that the viewer may publish at any time (R2)."""
    return NeedGroup(
        heading=_("Results that you can publish"),
        list_address=reverse("results:my_results"),
        needs=[
            Need(
                title=in_language(result.title_ja, result.title_en),
                address=reverse("results:publish_result", args=[result.pk]),
                note=_("At any time, without anybody's permission"),
                is_sample=result.is_sample,
            )
            for result in results_to_publish(viewer)
        ],
    )


def _concept(council: Council) -> str:
    return in_language(council.concept.title, council.concept.title_en)
