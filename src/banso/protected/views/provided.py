"""What a person provides in confidence: the list, an item and its release, a new offer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from banso.protected.commands.offer_item import offer_item as offer_the_item
from banso.protected.commands.release_item import release_item
from banso.protected.forms import OfferForm
from banso.protected.lists import PROVIDED, accepted_words, silence_words
from banso.protected.queries.provided import (
    as_provided,
    council_to_offer_in,
    items_of,
    provided_item,
)
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.forms import ActForm
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request


@require_safe
def provided(request: Request) -> HttpResponseBase:
    """List what I provided."""
    return answer_list(
        request,
        PROVIDED,
        items_of(request.actor),
        template="protected/provided/provided.html",
        audience=_("You alone."),
        at=request.at,
        gather=partial(as_provided, at=request.at),
        is_restricted=True,
    )


@shows_and_takes
def item(request: Request, item_id: UUID) -> HttpResponse:
    """Show the provider an item of theirs; a POST releases it."""
    act = partial(release_item, actor=request.actor, item_id=item_id)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        message = _("The item is released. Nobody owes silence about it from now on.")
        return done(request, request.path, message)
    found = provided_item(request.actor, item_id, at=request.at)
    context = {
        "provided": found,
        "silence": silence_words(found.item),
        "accepted": accepted_words(found),
        "is_last_step": request.GET.get("step") == "2",
        "refusal": answered.refusal,
    }
    return page(
        request,
        "protected/provided/item.html",
        context,
        audience=_("You alone."),
        is_restricted=True,
        status=answered.status,
    )


@sensitive_post_parameters("content")
@shows_and_takes
def offer_item(request: Request, council_id: UUID) -> HttpResponse:
    """Let a member offer information in confidence to members of today."""
    council = council_to_offer_in(request.actor, council_id)
    form = OfferForm(sent(request), council=council, viewer=request.actor, at=request.at)
    act = partial(offer_the_item, actor=request.actor, council_id=council_id)
    answered = answer(request, form, act)
    if answered.is_done:
        message = _("The item is offered. Each recipient accepts or declines.")
        return done(request, reverse("protected:provided"), message)
    return page(
        request,
        "protected/provided/offer_item.html",
        {"council": council, **answered.shown},
        audience=_("You alone. The card is read by the recipients whom you choose."),
        is_restricted=True,
        status=answered.status,
    )
