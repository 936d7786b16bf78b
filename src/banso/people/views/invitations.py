"""The officers' pages of invitations: whom they invited, what became of it, another letter."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST

from banso.people.accounts.links import link_to
from banso.people.commands.entering.confirm_invitation import confirm_invitation
from banso.people.commands.entering.invite_people import invite_people
from banso.people.commands.entering.renew_invitation import renew_invitation
from banso.people.commands.entering.withdraw_invitation import withdraw_invitation
from banso.people.forms.entering import InviteForm
from banso.people.lists.invitations import invitations_list
from banso.people.messages import THE_INVITING
from banso.people.permissions import CONFIRM_INVITATION, INVITE_PEOPLE
from banso.people.queries import entering as queries
from banso.rulebook.verdicts import NotPermitted
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.forms import ActForm
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Request
    from banso.people.models import Invitation


@shows_and_takes
def invitations(request: Request) -> HttpResponseBase:
    """List the invitations of one's bodies, each with its state."""
    _require_a_body(request)
    return answer_list(
        request,
        invitations_list(request.at),
        queries.invitations_for(request.actor),
        template="people/invitations/list.html",
        audience=THE_INVITING,
        at=request.at,
    )


@shows_and_takes
def invite(request: Request) -> HttpResponse:
    """Invite one or many by their addresses."""
    _require_a_body(request)
    form = InviteForm(sent(request), inviter=request.actor)

    def act(*, language: str, **facts: Any) -> object:  # noqa: ANN401 - the form's own facts
        link = _link(request, language)
        return invite_people(actor=request.actor, language=language, link=link, **facts)

    answered = answer(request, form, act)
    if answered.is_done:
        count = len(form.cleaned_data["people"])
        said = ngettext(
            "%(count)d letter is on its way.", "%(count)d letters are on their way.", count
        )
        return done(request, reverse("people:invitations"), said % {"count": count})
    return page(
        request,
        "people/invitations/invite.html",
        answered.shown,
        audience=THE_INVITING,
        status=answered.status,
    )


@shows_and_takes
def one_invitation(request: Request, invitation_id: UUID) -> HttpResponse:
    """Show one invitation, with what can be done with it."""
    return _shown(request, queries.invitation_for(request.actor, invitation_id))


@require_POST
def renew(request: Request, invitation_id: UUID) -> HttpResponse:
    """Send another letter."""
    language = queries.invitation_for(request.actor, invitation_id).language
    act = partial(renew_invitation, link=_link(request, language))
    return _acted(request, invitation_id, act, _("Another letter is on its way."))


@require_POST
def withdraw(request: Request, invitation_id: UUID) -> HttpResponse:
    """Withdraw it."""
    said = _("The invitation is withdrawn. Its link no longer works.")
    return _acted(request, invitation_id, withdraw_invitation, said)


@require_POST
def confirm(request: Request, invitation_id: UUID) -> HttpResponse:
    """Confirm, as a second officer, that the office is given."""
    said = _("You have confirmed the invitation.")
    return _acted(request, invitation_id, confirm_invitation, said)


def _acted(
    request: Request, invitation_id: UUID, act: Callable[..., Invitation], said: StrOrPromise
) -> HttpResponse:
    act = partial(act, actor=request.actor, invitation_id=invitation_id)
    answered = answer(request, ActForm(request.POST), act)
    if answered.is_done:
        return done(request, reverse("people:one_invitation", args=[invitation_id]), said)
    invited = queries.invitation_for(request.actor, invitation_id)
    return _shown(request, invited, status=answered.status, **answered.shown)


def _shown(
    request: Request, invited: Invitation, *, status: int = 200, **shown: object
) -> HttpResponse:
    own = request.actor.person_id in {invited.invited_by, invited.person_id}
    can_confirm = invited.awaits_confirmation and not own
    return page(
        request,
        "people/invitations/one.html",
        {
            "invitation": invited,
            "has_ended": invited.has_ended(request.at),
            "can_confirm": can_confirm and CONFIRM_INVITATION.allows(request.actor, invited),
            "refusal": None,
            **shown,
        },
        audience=THE_INVITING,
        status=status,
    )


def _require_a_body(request: Request) -> None:
    bodies, _purposes = queries.purposes_for(request.actor)
    if not bodies:
        raise NotPermitted(INVITE_PEOPLE.name, str(INVITE_PEOPLE.who))


def _link(request: Request, language: str) -> str:
    with override(language):
        return link_to(request, "people:invitation")
