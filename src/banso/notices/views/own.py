"""A person's own notices, how they want to be told, and what their acts reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banso.notices.calendar import feed_address
from banso.notices.commands.choose_notices import choose_notices
from banso.notices.commands.end_feed import end_feed
from banso.notices.commands.open_feed import open_feed
from banso.notices.forms import ChoicesForm
from banso.notices.queries import notices as queries
from banso.notices.seeing import see, see_all
from banso.notices.telling.words import words_of
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request


@require_safe
def notices(request: Request) -> HttpResponse:
    """List what the person was told, the latest first."""
    shown, words = queries.notices_for(request.actor, request.GET.get("page", ""))
    context = {"shown": shown, "words": words, "has_unseen": any(not one.is_seen for one in words)}
    return page(request, "notices/notices.html", context, audience=_("You alone."))


@require_safe
def open_notice(request: Request, notice_id: UUID) -> HttpResponse:
    """Mark a notice as seen, and lead to its page."""
    notice = see(request.actor, notice_id, at=request.at)
    written = words_of(request.actor, [notice])
    return HttpResponseRedirect(written[0].address if written else reverse("notices:notices"))


@require_POST
def see_every_notice(request: Request) -> HttpResponse:
    """Mark every notice as seen."""
    see_all(request.actor, at=request.at)
    return done(request, reverse("notices:notices"), _("All notices are marked as read."))


@shows_and_takes
def choices(request: Request) -> HttpResponse:
    """Choose how to be told of each kind, and see the calendar feed."""
    form = ChoicesForm(sent(request), chosen=queries.choices_of(request.actor))
    answered = answer(request, form, lambda **facts: choose_notices(actor=request.actor, **facts))
    if answered.is_done:
        return done(request, reverse("notices:choices"), _("Your choices are kept."))
    feed = queries.feed_of(request.actor)
    context = {
        **answered.shown,
        "mail_address": queries.address_of(request.actor),
        "feed_address": feed_address(feed) if feed else "",
    }
    audience = _("You alone.")
    return page(
        request, "notices/choices.html", context, audience=audience, status=answered.status
    )


@require_POST
def renew_feed(request: Request) -> HttpResponse:
    """Open the calendar feed under a new address."""
    open_feed(actor=request.actor)
    said = _("The calendar has a new address. An earlier one shows nothing any more.")
    return done(request, reverse("notices:choices"), said)


@require_POST
def close_feed(request: Request) -> HttpResponse:
    """End the calendar feed."""
    end_feed(actor=request.actor)
    said = _("The calendar has ended. Its address shows nothing any more.")
    return done(request, reverse("notices:choices"), said)


@require_safe
def reach(request: Request) -> HttpResponse:
    """Show whom the mail of the person's own acts reached, and whom it did not."""
    context = {"acts": queries.reach_for(request.actor)}
    return page(request, "notices/reach.html", context, audience=_("You alone."))
