"""The demo page: one click to step into a role. It exists in demo mode only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from banso.people.accounts.second_factor import mark_demo
from banso.rehearsal.queries import account_of_role, playable_roles
from banso.web.pages import page

if TYPE_CHECKING:
    from banso.people.actors import Request


@require_safe
def roles(request: Request) -> HttpResponse:
    """Show a card for each role."""
    return page(request, "rehearsal/roles.html", {"roles": playable_roles()})


@require_POST
def step_in(request: Request) -> HttpResponse:
    """Sign in as the sample person of a role."""
    account = account_of_role(request.POST.get("role", ""))
    login(request, account, backend="allauth.account.auth_backends.AuthenticationBackend")
    mark_demo(request, account)
    return HttpResponseRedirect(reverse("portal:my"))
