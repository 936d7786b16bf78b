"""Pages of protected information: my register, an offer and its content, what I provide."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import uuid4

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from banso.protected import queries
from banso.protected.commands.accept_offer import accept_offer
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.offer_item import offer_item as offer_the_item
from banso.protected.commands.open_item import open_item
from banso.protected.commands.record_refused_opening import record_refused_opening
from banso.protected.commands.release_item import release_item
from banso.protected.forms import OfferForm
from banso.protected.messages import REFUSALS
from banso.rulebook.verdicts import RuleRefused
from banso.web.explanations import NOTHING_REFUSED, Explanation, explain
from banso.web.pages import page, see_other

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request

READ_OR_SEND = ["GET", "HEAD", "POST"]
ANSWERS = {"accept": accept_offer, "decline": decline_offer}


@require_safe
def register(request: Request) -> HttpResponse:
    """Show what was offered to me and what I received: the register of received information."""
    viewer = request.actor
    context = {
        "audience": _("You alone."),
        "restricted": True,
        "offers": [one for one in queries.offers_of(viewer) if one.is_open],
        "received": queries.received_by(viewer),
        "duty": queries.duty_of_today(),
        "provides": queries.provided_by(viewer),
    }
    return page(request, "protected/register.html", context)


@require_http_methods(READ_OR_SEND)
def offer(request: Request, offer_id: UUID) -> HttpResponse:
    """Show a card with the law's words; a POST accepts or declines, and both weigh the same."""
    answer, refusal = ANSWERS.get(request.POST.get("answer", "")), NOTHING_REFUSED
    if answer:
        refusal = _try(partial(answer, actor=request.actor, offer_id=offer_id))
        if not refusal:
            return see_other(request.path)
    return _offer_page(request, offer_id, refusal)


@require_http_methods(READ_OR_SEND)
def content(request: Request, offer_id: UUID) -> HttpResponse:
    """Open an item: the delivery is committed first, then its bytes go into this one answer."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("protected:offer", args=[offer_id]))
    viewer = request.actor
    offered = queries.offer_for(viewer, offer_id)
    try:
        delivery = open_item(actor=viewer, item_id=offered.item.pk)
    except RuleRefused as refused:
        verdict = refused.verdict
        record_refused_opening(
            actor=viewer, offer_id=offer_id, reason=verdict.reason, clause_id=verdict.clause.id
        )
        return _offer_page(request, offer_id, explain(verdict, REFUSALS))
    context = {
        "audience": _("Those who accepted this item and are members of the council today."),
        "restricted": True,
        "offered": queries.offer_for(viewer, offer_id),
        "delivery": delivery,
        "recipient": queries.recipient_of(viewer),
        "content": queries.content_for(viewer, delivery.pk),
    }
    # Not a redirect: no address shows content when it is merely visited.
    return page(request, "protected/content.html", context, status=HTTPStatus.CREATED)


@require_safe
def provided(request: Request) -> HttpResponse:
    """Show what I provided."""
    context = {
        "audience": _("You alone."),
        "restricted": True,
        "provided": queries.provided_by(request.actor),
    }
    return page(request, "protected/provided.html", context)


@require_http_methods(READ_OR_SEND)
def item(request: Request, item_id: UUID) -> HttpResponse:
    """Show the provider an item of theirs; a POST releases it."""
    if request.method == "POST":
        release_item(actor=request.actor, item_id=item_id)
        return see_other(request.path)
    context = {
        "audience": _("You alone."),
        "restricted": True,
        "provided": queries.provided_item(request.actor, item_id),
        "is_last_step": request.GET.get("step") == "2",
    }
    return page(request, "protected/item.html", context)


@sensitive_post_parameters("content")
@require_http_methods(READ_OR_SEND)
def offer_item(request: Request, council_id: UUID) -> HttpResponse:
    """Let a member offer information in confidence to members of today."""
    council = queries.council_to_offer_in(request.actor, council_id)
    form = OfferForm(request.POST or None, council=council, viewer=request.actor)
    refusal = NOTHING_REFUSED
    if request.method == "POST" and form.is_valid():
        act = partial(offer_the_item, actor=request.actor, council_id=council_id)
        refusal = _try(lambda: act(**form.facts()))
        if not refusal:
            return see_other(reverse("protected:provided"))
    context = {
        "audience": _("You alone. The card is read by the recipients whom you choose."),
        "restricted": True,
        "council": council,
        "form": form,
        "refusal": refusal,
    }
    return page(request, "protected/offer_item.html", context, status=_status_again(request))


def _offer_page(request: Request, offer_id: UUID, refusal: Explanation) -> HttpResponse:
    offered = queries.offer_for(request.actor, offer_id)
    proof = None
    if offered.received:
        proof = queries.proof_of(request.actor, offered.received.delivery.pk)
    context = {
        "audience": _("The person to whom this item was offered."),
        "restricted": True,
        "offered": offered,
        "proof": proof,
        "duty": queries.duty_of_today(),
        "refusal": refusal,
        "new_key": uuid4,
    }
    return page(request, "protected/offer.html", context, status=_status_again(request))


def _try(act: Callable[[], object]) -> Explanation:
    try:
        act()
    except RuleRefused as refused:
        return explain(refused.verdict, REFUSALS)
    return NOTHING_REFUSED


def _status_again(request: Request) -> HTTPStatus:
    """Choose the status: a form that is shown again was not taken."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
