"""Reading notices: one's own, as long as the thing may still be read; how many are new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from banso.notices.models import Choice, Feed, Message, Notice
from banso.notices.telling.declared import kinds
from banso.notices.telling.words import Words, words_of
from banso.people.models import Account

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models.expressions import Combinable

    from banso.people.actors import Actor

ON_A_PAGE: Final = 50
ACTS_SHOWN: Final = 50


def notices_for(viewer: Actor, page: str) -> tuple[Page[Notice], list[Words]]:
    """List the viewer's notices of one page in words, the latest first."""
    own = Notice.objects.visible_to(viewer).order_by("-at", "pk")
    shown = Paginator(own, ON_A_PAGE).get_page(page)
    return shown, words_of(viewer, list(shown.object_list))


def unseen_count() -> Combinable:
    """Ask how many notices a person has not seen, beside whatever else is asked about them."""
    unseen = Notice.objects.filter(person_id=OuterRef("pk"), seen_at=None).order_by()
    counted = unseen.values("person_id").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def choices_of(viewer: Actor) -> Mapping[str, str]:
    """Tell how the viewer is told of each kind."""
    chosen = dict(Choice.objects.visible_to(viewer).values_list("kind", "how"))
    return {code: chosen.get(code, kind.usually) for code, kind in kinds().items()}


def address_of(viewer: Actor) -> str:
    """Tell to which address the viewer's mail goes; nothing without an account."""
    found = Account.objects.filter(person_id=viewer.person_id).values_list("email", flat=True)
    return found.first() or ""


def feed_of(viewer: Actor) -> Feed | None:
    """Find the viewer's calendar feed, if it is open."""
    return Feed.objects.visible_to(viewer).filter(ended_at=None).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whom an act of the viewer's reached by mail."""

    words: str
    messages: Sequence[Message]

    @property
    def acted_at(self) -> object:
        """When it was."""
        return self.messages[0].acted_at

    @property
    def reached(self) -> int:
        """How many it was sent to."""
        sent = {Message.State.SENT, Message.State.IN_DOUBT}
        return sum(one.state in sent for one in self.messages)

    @property
    def waiting(self) -> int:
        """How many are still to be sent."""
        return sum(one.state not in Message.ENDED for one in self.messages)

    @property
    def not_reached(self) -> list[Message]:
        """Those that did not arrive, each with the reason."""
        return [one for one in self.messages if one.state in Message.NOT_REACHED]


def reach_for(viewer: Actor) -> list[Reach]:
    """List the viewer's latest acts that were told by mail, with whom they reached."""
    own = Message.objects.visible_to(viewer).exclude(state=Message.State.WITHDRAWN)
    latest = own.values_list("act", "acted_at").order_by("-acted_at").distinct()[:ACTS_SHOWN]
    found = []
    for act, acted_at in latest:
        messages = list(own.filter(act=act, acted_at=acted_at).order_by("recipient"))
        found.append(Reach(words=_words(viewer, messages), messages=messages))
    return found


def _words(viewer: Actor, messages: Sequence[Message]) -> str:
    """Say what the act was, as far as the viewer may read it."""
    notices = list(Notice.objects.filter(message__in=[one.pk for one in messages])[:1])
    written = words_of(viewer, notices)
    if written:
        return written[0].sentence
    if notices:
        return str(kinds()[notices[0].kind].label)
    return messages[0].subject
