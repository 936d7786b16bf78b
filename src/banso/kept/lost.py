"""Text that arrives when its session is over, or with a page that is too old to be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.kept.opening import TOKEN, opening_of
from banso.kept.storing import NotKept, keep_text, typed_in
from banso.ledger.clock import read_clock

if TYPE_CHECKING:
    from django.http import HttpRequest


def keep_what_was_sent(request: HttpRequest) -> str:
    """Keep the text of a form that cannot be taken; give the page where it is found again."""
    opening = opening_of(request.POST.get(TOKEN, "")) if request.method == "POST" else None
    if opening is None:
        return ""
    try:
        keep_text(opening, typed_in(request.POST), read_clock())
    except NotKept:
        return ""
    return opening.address
