"""What councils give to the apps on their left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from banso.councils.messages import REFUSALS
from banso.councils.models import Council, Membership
from banso.councils.permissions import (
    ACCEPT_INVITATION,
    CONSENT_TO_REPRESENT,
    DECLINE_INVITATION,
    LEAVE_COUNCIL,
    RECORD_CONSULTATION,
)
from banso.web.fronts import Front, Receipted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from banso.people.actors import Actor
    from banso.web.fronts import Titled


def _memberships(viewer: Actor, keys: Sequence[str]) -> Iterator[Titled]:
    own = Membership.objects.own(viewer).filter(pk__in=keys)
    return _named(own.values_list("pk", "council__concept__title", "council__concept__title_en"))


def _councils(viewer: Actor, keys: Sequence[str]) -> Iterator[Titled]:
    known = Council.objects.known_to(viewer) | Council.objects.represented_by(viewer)
    found = known.filter(pk__in=keys)
    return _named(found.values_list("pk", "concept__title", "concept__title_en"))


def _named(found: Iterable[tuple[Any, str, str]]) -> Iterator[Titled]:
    for key, japanese, english in found:
        with override("ja"):
            in_japanese = _("Council of %(concept)s") % {"concept": japanese}
        with override("en"):
            in_english = _("Council of %(concept)s") % {"concept": english or japanese}
        yield key, in_japanese, in_english


FRONT = Front(
    refusals=REFUSALS,
    titles={"councils.membership": _memberships, "councils.council": _councils},
    receipts={
        ACCEPT_INVITATION.name: Receipted("consent", gettext_lazy("Joined a council")),
        DECLINE_INVITATION.name: Receipted("consent", gettext_lazy("Declined to join a council")),
        LEAVE_COUNCIL.name: Receipted("consent", gettext_lazy("Left the council")),
        CONSENT_TO_REPRESENT.name: Receipted(
            "consent", gettext_lazy("Consented to represent the R&D")
        ),
        RECORD_CONSULTATION.name: Receipted(
            "consultation", gettext_lazy("Recorded that a council was consulted on")
        ),
    },
)
