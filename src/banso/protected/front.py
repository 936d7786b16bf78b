"""What protected information gives to the apps on its left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.councils.front import sits
from banso.protected.events import TOLD
from banso.protected.messages import REFUSALS
from banso.protected.models import Delivery, Offer, ProtectedItem, Reply
from banso.protected.permissions import ACCEPT_OFFER, DECLINE_OFFER, OPEN_ITEM
from banso.protected.queries.offers import offers_for
from banso.web.fronts import Applies, Detail, Front, MenuEntry, Receipted, ReceiptKind, TaskSource
from banso.web.fronts.concepts import Stage
from banso.web.fronts.tasks import Task, left_until, tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from banso.people.actors import Actor
    from banso.web.fronts import Asked, Titled
    from banso.web.fronts.tasks import Tasks

NO_ENGLISH = Value("")


def _is_offered(_on: date) -> Exists:
    return Exists(Offer.objects.filter(person_id=OuterRef("pk")))


def _has_a_register(on: date) -> Asked:
    provides = Exists(ProtectedItem.objects.filter(provider_id=OuterRef("pk")))
    return sits(on) | _is_offered(on) | provides


def _offered(viewer: Actor, at: datetime) -> Tasks:
    """List protected items that wait for the viewer's answer (S2)."""
    return tasks_of(
        offers_for(viewer, at=at),
        lambda offer: Task(
            title=offer.item.title,
            address=reverse("protected:offer", args=[offer.pk]),
            note=_("Accept or decline after reading the card; silence accepts nothing"),
            due=offer.item.answers_until,
            left=left_until(offer.item.answers_until, at),
            is_sample=offer.item.is_sample,
        ),
        heading=_("Protected information that is offered to you"),
        list_address="protected:register",
    )


def _offers(viewer: Actor, keys: Sequence[str]) -> Iterable[Titled]:
    items = ProtectedItem.objects.visible_to(viewer)
    own = Offer.objects.visible_to(viewer).filter(item__in=items, pk__in=keys)
    return own.values_list("pk", "item__title", NO_ENGLISH)


def _deliveries(viewer: Actor, keys: Sequence[str]) -> Iterable[Titled]:
    own = Delivery.objects.visible_to(viewer).filter(pk__in=keys)
    return own.values_list("pk", "version__item__title", NO_ENGLISH)


FRONT = Front(
    refusals=REFUSALS,
    told=TOLD,
    menu=(
        MenuEntry(
            place=90,
            label=gettext_lazy("Received information"),
            address="protected:register",
            applies=Applies(record=_has_a_register),
        ),
    ),
    tasks=(TaskSource(applies=Applies(record=_is_offered), gather=_offered),),
    titles={"protected.offer": _offers, "protected.delivery": _deliveries},
    receipt_kinds={
        "delivery": ReceiptKind(20, gettext_lazy("Deliveries")),
        "reply": ReceiptKind(30, gettext_lazy("Replies to offers")),
    },
    receipts={
        OPEN_ITEM.name: Receipted(
            "delivery",
            gettext_lazy("Received protected information"),
            {"number": Detail(gettext_lazy("Number of the delivery"))},
            is_title_protected=True,
        ),
        ACCEPT_OFFER.name: Receipted(
            "reply", gettext_lazy("Accepted an offered item"), is_title_protected=True
        ),
        DECLINE_OFFER.name: Receipted(
            "reply", gettext_lazy("Declined an offered item"), is_title_protected=True
        ),
    },
    stages={
        "items-accepted": Stage(
            rows=lambda: Reply.objects.filter(answer=Reply.Answer.ACCEPT),
            concept="offer__item__council__concept",
        ),
        "items-declined": Stage(
            rows=lambda: Reply.objects.filter(answer=Reply.Answer.DECLINE),
            concept="offer__item__council__concept",
        ),
        "deliveries": Stage(rows=Delivery.objects.all, concept="version__item__council__concept"),
    },
)
