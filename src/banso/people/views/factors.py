"""Second factors: the page that leads to one, and resets of those that were lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from allauth.account.utils import get_next_redirect_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banso.people.commands.accounts.ask_factor_reset import ask_factor_reset
from banso.people.commands.accounts.confirm_factor_reset import confirm_factor_reset
from banso.people.commands.accounts.withdraw_factor_reset import withdraw_factor_reset
from banso.people.forms.factors import ResetForm
from banso.people.messages import THE_CONFIRMING
from banso.people.permissions import ASK_FACTOR_RESET
from banso.people.queries import entering, factors
from banso.rulebook.verdicts import NotPermitted
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.forms import ActForm
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Request

AFTER = "after_enrolling"


@require_safe
def second_factor(request: Request) -> HttpResponse:
    """Say why one is needed, and keep the page that somebody wanted."""
    wanted = get_next_redirect_url(request)
    if wanted:
        request.session[AFTER] = wanted
    return page(request, "people/sign_in/second_factor.html", {}, audience=_("You alone."))


@shows_and_takes
def resets(request: Request) -> HttpResponse:
    """List resets of the people of one's bodies, and take another."""
    bodies, _purposes = entering.purposes_for(request.actor)
    if not bodies:
        raise NotPermitted(ASK_FACTOR_RESET.name, str(ASK_FACTOR_RESET.who))
    form = ResetForm(sent(request), actor=request.actor)
    answered = answer(request, form, partial(ask_factor_reset, actor=request.actor))
    if answered.is_done:
        said = _("Another officer is asked to confirm the reset, and its person is written to.")
        return done(request, reverse("people:resets"), said)
    return page(
        request,
        "people/sign_in/resets.html",
        {"resets": factors.resets_for(request.actor), **answered.shown},
        audience=THE_CONFIRMING,
        status=answered.status,
    )


@require_POST
def confirm_reset(request: Request, reset_id: UUID) -> HttpResponse:
    """Confirm it as a second person."""
    said = _("The second factors are reset. Their person is written to.")
    return _acted(request, reset_id, confirm_factor_reset, said)


@require_POST
def withdraw_reset(request: Request, reset_id: UUID) -> HttpResponse:
    """Withdraw it."""
    said = _("The reset is withdrawn. Nothing was changed.")
    return _acted(request, reset_id, withdraw_factor_reset, said)


def _acted(
    request: Request, reset_id: UUID, act: Callable[..., object], said: StrOrPromise
) -> HttpResponse:
    act = partial(act, actor=request.actor, reset_id=reset_id)
    answered = answer(request, ActForm(request.POST), act)
    if answered.is_done:
        return done(request, reverse("people:resets"), said)
    context = {
        "resets": factors.resets_for(request.actor),
        **answered.shown,
        "form": ResetForm(actor=request.actor),
    }
    return page(
        request,
        "people/sign_in/resets.html",
        context,
        audience=THE_CONFIRMING,
        status=answered.status,
    )
