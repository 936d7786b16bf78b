"""What is offered to a person and what reached them: the register, an offer, its content."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.protected.commands.accept_offer import accept_offer
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.open_item import open_item
from banso.protected.commands.record_refused_opening import record_refused_opening
from banso.protected.forms import ReplyForm
from banso.protected.lists import RECEIVED, silence_words
from banso.protected.queries.offers import offer_for, open_offers
from banso.protected.queries.provided import provides
from banso.protected.queries.received import (
    as_received,
    content_for,
    deliveries_to,
    duty_on_the_day,
    proof_of,
    recipient_of,
)
from banso.rulebook.verdicts import RuleRefused
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.forms import ActForm
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Actor, Request
    from banso.protected.models import Delivery, Reply
    from banso.protected.queries.offers import Offered
    from banso.web.answering import Answer

ANSWERS = {"accept": accept_offer, "decline": decline_offer}


@require_safe
def register(request: Request) -> HttpResponseBase:
    """Show what was offered to me and what I received: the register of received information."""
    viewer, at = request.actor, request.at
    return answer_list(
        request,
        RECEIVED,
        deliveries_to(viewer),
        template="protected/received/register.html",
        audience=_("You alone."),
        at=at,
        context={
            "offers": open_offers(viewer, at=at),
            "duty": duty_on_the_day(at),
            "provides": provides(viewer),
        },
        gather=partial(as_received, at=at),
        is_restricted=True,
    )


@shows_and_takes
def offer(request: Request, offer_id: UUID) -> HttpResponse:
    """Show a card with the law's words; a POST accepts or declines, and both weigh the same."""
    act = partial(_reply, actor=request.actor, offer_id=offer_id)
    answered = answer(request, ReplyForm(sent(request)), act)
    if answered.is_done:
        return done(request, request.path, _("Your answer is recorded. Nobody else sees it."))
    offered = offer_for(request.actor, offer_id, at=request.at)
    return _offer_page(request, offered, answered)


@shows_and_takes
def content(request: Request, offer_id: UUID) -> HttpResponse:
    """Open an item: the delivery is committed first, then its bytes go into this one answer."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("protected:offer", args=[offer_id]))
    viewer = request.actor
    offered = offer_for(viewer, offer_id, at=request.at)
    act = partial(_open, actor=viewer, offered=offered)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.made is None:
        return _offer_page(request, offered, answered)
    delivery, opened = answered.made
    context = {
        "offered": offered,
        "silence": silence_words(offered.item),
        "delivery": delivery,
        "recipient": recipient_of(viewer),
        "content": opened,
    }
    # Not a redirect: no address shows content when it is merely visited.
    return page(
        request,
        "protected/received/content.html",
        context,
        audience=_("Those who accepted this item and are members of the council today."),
        is_restricted=True,
        status=HTTPStatus.CREATED,
    )


def _reply(*, actor: Actor, offer_id: UUID, answer: str) -> Reply:
    return ANSWERS[answer](actor=actor, offer_id=offer_id)


def _open(*, actor: Actor, offered: Offered) -> tuple[Delivery, str]:
    """Open the item and read it; an attempt that a rule refused is on record for this person.

    Whoever leaves the council while the content is read is refused too; the delivery stands.
    """
    try:
        delivery = open_item(actor=actor, item_id=offered.item.pk)
    except RuleRefused as refused:
        record_refused_opening(
            actor=actor,
            offer_id=offered.offer.pk,
            reason=refused.verdict.reason,
            clause_id=refused.verdict.clause.id,
        )
        raise
    return delivery, content_for(actor, delivery.pk)


def _offer_page(request: Request, offered: Offered, answered: Answer[Any, Any]) -> HttpResponse:
    proof = None
    if offered.received:
        proof = proof_of(request.actor, offered.received.delivery.pk)
    context = {
        "offered": offered,
        "silence": silence_words(offered.item),
        "proof": proof,
        "duty": duty_on_the_day(request.at),
        "refusal": answered.refusal,
        "new_key": uuid4,
    }
    return page(
        request,
        "protected/received/offer.html",
        context,
        audience=_("The person to whom this item was offered."),
        is_restricted=True,
        status=answered.status,
    )
