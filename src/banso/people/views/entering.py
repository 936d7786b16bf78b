"""Coming in: the page of an invitation, and an applicant's own sign-up."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRedirect

from banso.people.accounts.adapter import count_letter
from banso.people.accounts.letters.invitations import send_already_here, send_sign_up
from banso.people.accounts.links import (
    address_in_letter,
    link_to,
    opened_invitation,
    signed_up_address,
)
from banso.people.actors import Actor
from banso.people.commands.entering.agree_to_invitation import agree_to_invitation
from banso.people.commands.entering.enter_by_invitation import enter_by_invitation
from banso.people.commands.entering.sign_up import sign_up
from banso.people.entering import OF_THE_BODY
from banso.people.forms.entering import EnterForm, InvitedForm, MemberForm, SignUpForm
from banso.people.queries import entering as queries
from banso.people.queries.sign_ins import account_of
from banso.people.views.factors import AFTER
from banso.web.answering import Answer, answer, done, sent, shows_and_takes
from banso.web.explanations import explain
from banso.web.forms import ActForm
from banso.web.pages import page, see_other, wants_part

if TYPE_CHECKING:
    from django.http import HttpResponse

    from banso.people.accounts.links import Opened
    from banso.people.actors import Request
    from banso.people.models import Account, Invitation

# How somebody who has just come in will sign in from now on.
MEANS = {"password": "account_set_password", "passkey": "mfa_add_webauthn"}
# Under which the person of a sign-up is named, so that a form sent twice names one.
_SIGN_UPS = UUID("1d2f6a2c-0d0e-5b8e-9a53-6f1f0c1f8a01")


@never_cache
@shows_and_takes
def invitation(request: Request, token: str) -> HttpResponse:
    """Show who invites for what, and take in whoever holds the letter; a link works once."""
    opened = opened_invitation(token)
    if opened is None:
        return _leads_nowhere(request)
    invited = queries.invitation_opened(opened)
    verdict = queries.may_still_be_used(invited, opened, request.at)
    if verdict.is_refusal:
        if _has_just_come_in(request, invited):
            return see_other(reverse("portal:my"))
        context = {"invitation": invited, "refusal": explain(verdict)}
        return page(request, "people/entering/used_up.html", context, status=HTTPStatus.GONE)
    if not request.actor.is_visitor:
        return _agree(request, invited, opened)
    if queries.has_account_in_use(invited.email):
        context = {"invitation": invited, "sign_in": redirect_to_login(request.path).url}
        return page(request, "people/entering/sign_in_first.html", context)
    return _enter(request, invited, opened)


@never_cache
@shows_and_takes
def ask_to_sign_up(request: Request) -> HttpResponse:
    """Take an address and write to it, whether or not an account has it (A-52)."""
    if not request.actor.is_visitor:
        return see_other(reverse("portal:my"))
    answered = answer(request, SignUpForm(sent(request)), partial(_write, request))
    if answered.is_done:
        return done(request, reverse("people:sign_up_sent"))
    return page(request, "people/entering/sign_up.html", answered.shown, status=answered.status)


@never_cache
@shows_and_takes
def sign_up_sent(request: Request) -> HttpResponse:
    """Say that a letter is on its way."""
    return page(request, "people/entering/sign_up_sent.html", {})


@never_cache
@shows_and_takes
def make_account(request: Request, token: str) -> HttpResponse:
    """Make the account of who holds the letter."""
    email = signed_up_address(token)
    if email is None:
        return _leads_nowhere(request, again=reverse("people:sign_up"))
    if queries.has_account_in_use(email):
        context = {"sign_in": reverse("account_login")}
        return page(request, "people/entering/has_account.html", context, status=HTTPStatus.GONE)
    form = EnterForm(sent(request), initial=_initial(queries.names_known(email)))
    actor = Actor(person_id=queries.entering_person(email, _SIGN_UPS))
    answered = answer(request, form, partial(sign_up, actor=actor, email=email))
    if answered.made:
        return _signed_in(request, answered.made)
    shown = {"email": email, **answered.shown}
    return page(request, "people/entering/make_account.html", shown, status=answered.status)


def _enter(request: Request, invited: Invitation, opened: Opened) -> HttpResponse:
    form_of = MemberForm if invited.purpose in OF_THE_BODY else InvitedForm
    known = queries.names_known(invited.email, invited)
    form = form_of(sent(request), initial=_initial(known))
    actor = Actor(person_id=queries.entering_person(invited.email, invited.pk))
    act = partial(
        enter_by_invitation, actor=actor, invitation_id=opened.invitation_id, letter=opened.letter
    )
    answered: Answer[ActForm, Account] = answer(request, form, act)
    if answered.made:
        return _signed_in(request, answered.made)
    shown = {"invitation": invited, **answered.shown}
    return page(request, "people/entering/invitation.html", shown, status=answered.status)


def _agree(request: Request, invited: Invitation, opened: Opened) -> HttpResponse:
    own = account_of(request.actor)
    if own.email.casefold() != invited.email.casefold():
        context = {"invitation": invited, "own": own}
        return page(
            request, "people/entering/of_another.html", context, status=HTTPStatus.FORBIDDEN
        )
    act = partial(
        agree_to_invitation,
        actor=request.actor,
        invitation_id=opened.invitation_id,
        letter=opened.letter,
    )
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        return done(request, reverse("portal:my"), _("You have accepted the invitation."))
    return page(
        request,
        "people/entering/agree.html",
        {"invitation": invited, **answered.shown},
        audience=_("You alone."),
        status=answered.status,
    )


def _signed_in(request: Request, account: Account) -> HttpResponse:
    """Sign in who has just come in, and lead on to how they will from now on."""
    means = MEANS.get(request.POST.get("means", ""), MEANS["password"])
    target = f"{reverse(means)}?next={reverse('portal:my')}"
    request.session[AFTER] = reverse("portal:my")
    messages.success(request, _("Your account is made. Now set how you will sign in."))
    record_authentication(request, account, method="letter")
    response = perform_login(
        request, Login(user=account, email=account.email, redirect_url=target)
    )
    if wants_part(request):
        return HttpResponseClientRedirect(response["Location"])
    return response  # type: ignore[no-any-return]  # allauth ships no types


def _write(request: Request, *, email: str) -> bool:
    count_letter(request, email)
    language = get_language() or ""
    if queries.has_account_in_use(email):
        sign_in = address_in_letter(request, reverse("account_login"))
        send_already_here(email, language, sign_in)
    else:
        send_sign_up(email, language, link_to(request, "people:make_account"))
    return True


def _leads_nowhere(request: Request, again: str = "") -> HttpResponse:
    context = {"again": again}
    status = HTTPStatus.NOT_FOUND
    return page(request, "people/entering/leads_nowhere.html", context, status=status)


def _has_just_come_in(request: Request, invited: Invitation) -> bool:
    return not request.actor.is_visitor and invited.person_id == request.actor.person_id


def _initial(known: dict[str, str]) -> dict[str, str]:
    return {"language": get_language() or "ja", **known}
