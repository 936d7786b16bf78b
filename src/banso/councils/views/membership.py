"""What each person decides alone: to join, to represent the R&D, to leave."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.councils.commands.membership.accept_invitation import accept_invitation
from banso.councils.commands.membership.decline_invitation import decline_invitation
from banso.councils.commands.membership.leave_council import leave_council
from banso.councils.commands.preparation.consent_to_represent import consent_to_represent
from banso.councils.forms.membership import ACCEPT, InvitationForm
from banso.councils.lists.people import OWN_RECORD
from banso.councils.queries import councils, membership
from banso.rulebook.clauses import source_clause
from banso.rulebook.japan import day_in_japan
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.forms import ActForm
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.councils.models import Membership
    from banso.people.actors import Request


@require_safe
def own_record(request: Request) -> HttpResponseBase:
    """List what I was asked and what I answered; nobody else reads it."""
    return answer_list(
        request,
        OWN_RECORD,
        membership.own_memberships(request.actor),
        template="councils/membership/own_record.html",
        audience=_("You alone."),
        at=request.at,
    )


@shows_and_takes
def invitation(request: Request, membership_id: UUID) -> HttpResponse:
    """Ask a person to join, with the law's words in force; both answers weigh the same."""

    def act(*, answer: str) -> Membership:
        decide = accept_invitation if answer == ACCEPT else decline_invitation
        return decide(actor=request.actor, membership_id=membership_id)

    answered = answer(request, InvitationForm(sent(request)), act)
    if answered.is_done:
        return done(request, reverse("councils:councils"), _("Your answer is recorded."))
    context = {
        "invitation": membership.invitation_for(request.actor, membership_id),
        "duty": membership.duty_in_force(at=request.at),
        **answered.shown,
    }
    return page(
        request,
        "councils/membership/invitation.html",
        context,
        audience=_("You alone."),
        status=answered.status,
    )


@shows_and_takes
def representation(request: Request, council_id: UUID) -> HttpResponse:
    """Ask a person who was named whether they represent the R&D; silence is no consent."""
    act = partial(consent_to_represent, actor=request.actor, council_id=council_id)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        said = _("You represent the R&D in this council.")
        return done(request, reverse("councils:councils"), said)
    context = {
        "council": councils.representation_for(request.actor, council_id),
        **answered.shown,
    }
    return page(
        request,
        "councils/membership/representation.html",
        context,
        audience=_("You alone."),
        status=answered.status,
    )


@shows_and_takes
def leave(request: Request, council_id: UUID) -> HttpResponse:
    """Let a member leave in two steps, after the words of Q6; no reason is asked (C4)."""

    def act() -> Membership:
        last = membership.last_membership(request.actor, council_id)
        return leave_council(actor=request.actor, membership_id=last.pk)

    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        said = _("You have left the council. Nobody was notified.")
        return done(request, reverse("councils:councils"), said)
    context = {
        "council": councils.room_for(request.actor, council_id),
        "question": source_clause("qa 6", on=day_in_japan(request.at)),
        "is_last_step": answered.is_refused or request.GET.get("step") == "2",
        **answered.shown,
    }
    return page(
        request,
        "councils/membership/leave.html",
        context,
        audience=_("You alone."),
        status=answered.status,
    )
