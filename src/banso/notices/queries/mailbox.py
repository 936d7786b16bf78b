"""Every mail of the demo, as its readers would find it; nobody else can read what is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from django.conf import settings
from django.db.models import F, OuterRef, Q, Subquery

from banso.notices.models import Message
from banso.people.models import Account

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from django.db.models import QuerySet

_LINK: Final = re.compile(r"https?://[^\s<>\"]+")


class Piece(NamedTuple):
    """A piece of a mail's text, with the address that it leads to if it is a link."""

    shown: str
    address: str = ""


def mails() -> QuerySet[Message]:
    """List every mail with the name of whoever has its address."""
    holder = Account.objects.filter(email__iexact=OuterRef("recipient"))
    return Message.objects.annotate(
        family_name=Subquery(holder.values("person__family_name")[:1]),
        given_name=Subquery(holder.values("person__given_name")[:1]),
    ).order_by(F("queued_at").desc(), "pk")


def mails_matching(rows: QuerySet[Message], words: str) -> QuerySet[Message]:
    """Keep mails whose address, reader or subject has the words."""
    found = Q(recipient__icontains=words) | Q(subject__icontains=words)
    return rows.filter(found | Q(family_name__icontains=words) | Q(given_name__icontains=words))


def mail(message_id: UUID) -> Message:
    """Find one mail."""
    return mails().get(pk=message_id)


def pieces(text: str) -> Sequence[Piece]:
    """Part a text into plain pieces and links; a link to our own pages stays on this server."""
    found, end = [], 0
    for link in _LINK.finditer(text):
        shown = link[0].rstrip(".,;:!?)）。、」")
        found.append(Piece(text[end : link.start()]))
        found.append(Piece(shown, shown.removeprefix(settings.SITE_ADDRESS) or "/"))
        end = link.start() + len(shown)
    return [*found, Piece(text[end:])]
