"""Answering a council's invitation by the link of its letter, without an account."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from banso.councils.commands.membership.accept_invitation import accept_invitation
from banso.councils.commands.membership.decline_invitation import decline_invitation
from banso.councils.forms.membership import ACCEPT, InvitationForm
from banso.councils.links import invitation_under, opened_link, person_under
from banso.councils.queries import membership as queries
from banso.people.queries.actors import actor_for
from banso.web.answering import answer, sent, shows_and_takes
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from banso.councils.models import Membership
    from banso.people.actors import Actor, Request


@never_cache
@shows_and_takes
def answer_by_letter(request: Request, token: str) -> HttpResponse:
    """Show what the letter's person may see of the invitation, and take their own answer.

    Nobody is signed in by it: the link opens this one question and nothing else.
    """
    opened = opened_link(token)
    person_id = person_under(opened) if opened else None
    if opened is None or person_id is None:
        return _says(request, "nowhere", HTTPStatus.NOT_FOUND)
    if not request.actor.is_visitor and request.actor.person_id != person_id:
        return _says(request, "of-another", HTTPStatus.FORBIDDEN)
    holder = actor_for(person_id, on=localdate(request.at))
    invitation = invitation_under(opened, holder)
    if invitation is None:
        return _says(request, "answered", HTTPStatus.GONE)
    answered = answer(request, InvitationForm(sent(request)), _act(holder, invitation))
    if answered.is_done:
        return _says(request, "recorded", HTTPStatus.CREATED)
    context = {
        "invitation": invitation,
        "duty": queries.duty_in_force(at=request.at),
        "by_letter": True,
        **answered.shown,
    }
    return page(request, "councils/membership/invitation.html", context, status=answered.status)


def _act(holder: Actor, invitation: Membership) -> Callable[..., Membership]:
    def act(*, answer: str) -> Membership:
        decide = accept_invitation if answer == ACCEPT else decline_invitation
        return decide(actor=holder, membership_id=invitation.pk)

    return act


def _says(request: Request, what: str, status: HTTPStatus) -> HttpResponse:
    # The same words whether somebody joined or not (C5): who reads over a shoulder learns nothing.
    context = {"what": what, "has_errors": False}
    return page(request, "councils/membership/by_letter.html", context, status=status)
