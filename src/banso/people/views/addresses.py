"""Another mail address for one's account: asking, confirming, withdrawing, stopping."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from banso.people.accounts.adapter import count_letter
from banso.people.accounts.links import (
    CONFIRM_ADDRESS,
    STOP_ADDRESS,
    link_to,
    opened_address_change,
)
from banso.people.actors import Actor
from banso.people.commands.accounts.ask_address_change import ask_address_change
from banso.people.commands.accounts.confirm_address_change import confirm_address_change
from banso.people.commands.accounts.stop_address_change import stop_address_change
from banso.people.commands.accounts.withdraw_address_change import withdraw_address_change
from banso.people.forms.addresses import NewAddressForm
from banso.people.queries import addresses as queries
from banso.people.queries.sign_ins import account_of
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.explanations import explain
from banso.web.forms import ActForm
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request
    from banso.people.models import AddressChange
    from banso.rulebook.verdicts import Verdict


@shows_and_takes
def change_address(request: Request) -> HttpResponse:
    """Take another address for one's own account, and write to both."""
    form = NewAddressForm(sent(request))
    answered = answer(request, form, partial(_ask, request))
    if answered.made:
        said = _("A letter is on its way to %(email)s. Open its link to confirm the address.")
        sent_to = {"email": answered.made.to_address}
        return done(request, reverse("people:sign_ins"), said % sent_to)
    shown = {"account": account_of(request.actor), **answered.shown}
    return page(
        request,
        "people/addresses/ask.html",
        shown,
        audience=_("You alone."),
        status=answered.status,
    )


@never_cache
@shows_and_takes
def confirm_address(request: Request, token: str) -> HttpResponse:
    """Confirm the new address, as the person who asked for it."""
    key = opened_address_change(token, CONFIRM_ADDRESS)
    change = queries.change_opened(request.actor, key)
    if change is None:
        return _leads_nowhere(request)
    verdict = queries.may_still_be_confirmed(change, request.at)
    if verdict.is_refusal:
        return _used_up(request, verdict)
    act = partial(
        confirm_address_change,
        actor=request.actor,
        change_id=change.pk,
        stop_link=link_to(request, "people:stop_address"),
    )
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        said = _("Your mail address is changed. From now on you sign in with it.")
        return done(request, reverse("people:sign_ins"), said)
    return page(
        request,
        "people/addresses/confirm.html",
        {"change": change, **answered.shown},
        audience=_("You alone."),
        status=answered.status,
    )


@require_POST
def withdraw_address(request: Request, change_id: UUID) -> HttpResponse:
    """Withdraw a change of one's own that waits."""
    act = partial(withdraw_address_change, actor=request.actor, change_id=change_id)
    answered = answer(request, ActForm(request.POST), act)
    if answered.is_done:
        said = _("The change is withdrawn. Your mail address stays as it is.")
        return done(request, reverse("people:sign_ins"), said)
    context = {"refusal": answered.refusal}
    return page(request, "people/entering/used_up.html", context, status=answered.status)


@never_cache
@shows_and_takes
def stop_address(request: Request, token: str) -> HttpResponse:
    """Stop a change by the letter to the former address; nobody is signed in by it."""
    change = queries.change_to_stop(opened_address_change(token, STOP_ADDRESS))
    if change is None:
        return _leads_nowhere(request)
    owner = Actor(person_id=change.account.person_id)
    act = partial(stop_address_change, actor=owner, change_id=change.pk)
    verdict = queries.may_still_be_stopped(change, request.at)
    if verdict.is_refusal:
        return _used_up(request, verdict)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        return done(request, reverse("people:address_stopped"))
    return page(
        request,
        "people/addresses/stop.html",
        {"change": change, **answered.shown},
        status=answered.status,
    )


@never_cache
@shows_and_takes
def address_stopped(request: Request) -> HttpResponse:
    """Say that a change was stopped, and what to do now."""
    return page(request, "people/addresses/stopped.html", {})


def _ask(request: Request, *, email: str) -> AddressChange:
    count_letter(request, email)
    return ask_address_change(
        actor=request.actor,
        email=email,
        confirm_link=link_to(request, "people:confirm_address"),
        stop_link=link_to(request, "people:stop_address"),
    )


def _leads_nowhere(request: Request) -> HttpResponse:
    status = HTTPStatus.NOT_FOUND
    return page(request, "people/entering/leads_nowhere.html", {"again": ""}, status=status)


def _used_up(request: Request, verdict: Verdict) -> HttpResponse:
    context = {"refusal": explain(verdict)}
    return page(request, "people/entering/used_up.html", context, status=HTTPStatus.GONE)
