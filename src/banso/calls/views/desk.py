"""The desk of a funding agency: announce a call."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from banso.calls import queries
from banso.calls.commands.announce_call import announce_call
from banso.calls.forms import AnnounceForm
from banso.kept.keeping import keep
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.pages import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from banso.people.actors import Request


@shows_and_takes
def announce(request: Request) -> HttpResponse:
    """Announce a call of one's own agency."""
    concepts = queries.concepts_to_call(request.actor)
    form = keep(request, AnnounceForm(sent(request), concepts=concepts), about=_("A new call"))
    answered = answer(request, form, partial(announce_call, actor=request.actor))
    if answered.made:
        address = reverse("proposals:desk_call", args=[answered.made.slug])
        return done(request, address, _("The call is announced to everybody."))
    return page(
        request,
        "calls/announce.html",
        answered.shown,
        audience=_("The officers of your agency. Everybody reads the call once it is announced."),
        status=answered.status,
    )
