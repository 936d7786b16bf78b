"""Where people say that they belong: officers confirm or refuse; a person names another place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banso.people.commands.entering.claim_affiliation import claim_affiliation
from banso.people.commands.entering.confirm_affiliation import confirm_affiliation
from banso.people.commands.entering.refuse_affiliation import refuse_affiliation
from banso.people.forms.entering import PlaceForm, RefuseForm
from banso.people.messages import THE_CONFIRMING
from banso.people.permissions import CONFIRM_AFFILIATION
from banso.people.queries import entering as queries
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.forms import ActForm
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request


@require_safe
def waiting(request: Request) -> HttpResponse:
    """List the people who say that they belong to one's body and whom nobody has answered."""
    return page(
        request,
        "people/affiliations/waiting.html",
        {"claims": queries.claims_waiting(request.actor)},
        audience=THE_CONFIRMING,
    )


@shows_and_takes
def claim(request: Request, claim_id: UUID) -> HttpResponse:
    """Show one, and take the reason for which it is refused."""
    claimed = queries.claim_for(request.actor, claim_id)
    if request.method == "POST":
        CONFIRM_AFFILIATION.require(request.actor, claimed)
    act = partial(refuse_affiliation, actor=request.actor, claim_id=claim_id)
    answered = answer(request, RefuseForm(sent(request)), act)
    if answered.is_done:
        said = _("The affiliation is refused. Its person is written the reason.")
        return done(request, reverse("people:claims"), said)
    return page(
        request,
        "people/affiliations/claim.html",
        {"claim": claimed, **answered.shown},
        audience=THE_CONFIRMING,
        status=answered.status,
    )


@require_POST
def confirm(request: Request, claim_id: UUID) -> HttpResponse:
    """Confirm that somebody belongs to one's body, or that a body exists."""
    act = partial(confirm_affiliation, actor=request.actor, claim_id=claim_id)
    answered = answer(request, ActForm(request.POST), act)
    if answered.is_done:
        return done(request, reverse("people:claims"), _("The affiliation is confirmed."))
    claimed = queries.claim_for(request.actor, claim_id)
    context = {"claim": claimed, **answered.shown, "form": RefuseForm()}
    return page(
        request,
        "people/affiliations/claim.html",
        context,
        audience=THE_CONFIRMING,
        status=answered.status,
    )


@shows_and_takes
def own_claims(request: Request) -> HttpResponse:
    """Show where one said that one belongs, and take another place."""
    act = partial(claim_affiliation, actor=request.actor)
    answered = answer(request, PlaceForm(sent(request)), act)
    if answered.is_done:
        said = _("An officer of that body is asked to confirm it.")
        return done(request, reverse("people:own_claims"), said)
    return page(
        request,
        "people/affiliations/own.html",
        {"claims": queries.own_claims(request.actor), **answered.shown},
        audience=_("You, and the officers who confirm it."),
        status=answered.status,
    )
