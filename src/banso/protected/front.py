"""What protected information gives to the apps on its left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from banso.protected.messages import REFUSALS
from banso.protected.models import Delivery, Offer, ProtectedItem
from banso.protected.permissions import ACCEPT_OFFER, DECLINE_OFFER, OPEN_ITEM
from banso.web.fronts import Detail, Front, Receipted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from banso.people.actors import Actor
    from banso.web.fronts import Titled

NO_ENGLISH = Value("")


def _offers(viewer: Actor, keys: Sequence[str]) -> Iterable[Titled]:
    items = ProtectedItem.objects.visible_to(viewer)
    own = Offer.objects.visible_to(viewer).filter(item__in=items, pk__in=keys)
    return own.values_list("pk", "item__title", NO_ENGLISH)


def _deliveries(viewer: Actor, keys: Sequence[str]) -> Iterable[Titled]:
    own = Delivery.objects.visible_to(viewer).filter(pk__in=keys)
    return own.values_list("pk", "version__item__title", NO_ENGLISH)


FRONT = Front(
    refusals=REFUSALS,
    titles={"protected.offer": _offers, "protected.delivery": _deliveries},
    receipts={
        OPEN_ITEM.name: Receipted(
            "delivery",
            _("Received protected information"),
            {"number": Detail(_("Number of the delivery"))},
            is_title_protected=True,
        ),
        ACCEPT_OFFER.name: Receipted(
            "reply", _("Accepted an offered item"), is_title_protected=True
        ),
        DECLINE_OFFER.name: Receipted(
            "reply", _("Declined an offered item"), is_title_protected=True
        ),
    },
)
