"""A person's own page of how they sign in: latest sign-ins, sessions, devices."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from banso.people.accounts.browsers import browser_name
from banso.people.commands.accounts.end_device import end_device
from banso.people.commands.accounts.end_other_sessions import end_other_sessions
from banso.people.commands.accounts.end_session import end_session
from banso.people.queries import sign_ins as queries
from banso.people.queries.addresses import waiting_for
from banso.web.answering import answer, done
from banso.web.forms import ActForm
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Request


@require_safe
def own_sign_ins(request: Request) -> HttpResponse:
    """Show how one's own account was used, and where it is signed in now."""
    return page(
        request,
        "people/sign_in/own.html",
        {
            "account": queries.account_of(request.actor),
            "browser_name": browser_name,
            "change": waiting_for(request.actor),
            "devices": queries.devices_of(request.actor),
            "here": request.session.session_key,
            "sessions": queries.living_sessions_of(request.actor),
            "sign_ins": queries.sign_ins_of(request.actor),
        },
        audience=_("You alone."),
    )


@require_POST
def end_one_session(request: Request, session_id: int) -> HttpResponse:
    """End one session of one's own."""
    act = partial(end_session, actor=request.actor, session_id=session_id)
    return _ended(request, act, _("The session is ended."))


@require_POST
def end_others(request: Request) -> HttpResponse:
    """End all sessions of one's own but this."""
    key = request.session.session_key or ""
    act = partial(end_other_sessions, actor=request.actor, session_key=key)
    return _ended(request, act, _("All other sessions are ended."))


@require_POST
def end_one_device(request: Request, device_id: UUID) -> HttpResponse:
    """Take a device from those that are known."""
    act = partial(end_device, actor=request.actor, device_id=device_id)
    return _ended(request, act, _("The device is ended, with every session on it."))


def _ended(request: Request, act: Callable[..., object], said: StrOrPromise) -> HttpResponse:
    answer(request, ActForm(request.POST), act)
    return done(request, reverse("people:sign_ins"), said)
