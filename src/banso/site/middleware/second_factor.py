"""Whoever holds a role that takes a second factor shows one, or sets one up first (A-50)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from banso.people.accounts.second_factor import (
    REQUIRED_OF,
    STEP_UP_LASTS,
    has_factor,
    has_passkey,
    has_shown,
)
from banso.site.surface import factor_of, surface_of
from banso.web.addresses import Factor, Surface
from banso.web.pages import wants_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from banso.people.actors import Request
    from banso.people.models import Account


class SecondFactorMiddleware:
    """Lead to a second factor before the view runs, and back to the page afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self,
        incoming: HttpRequest,
        _view: Callable[..., HttpResponse],
        _arguments: tuple[Any, ...],
        _named: dict[str, Any],
    ) -> HttpResponse | None:
        """Ask only where the address and the person's roles say so."""
        request = cast("Request", incoming)
        match = request.resolver_match
        if match is None or surface_of(match.view_name) is not Surface.SIGNED_IN:
            return None
        if not _is_needed(request, factor_of(match.view_name)):
            return None
        address = f"{_way_to_factor(request)}?{urlencode({'next': request.get_full_path()})}"
        if wants_part(request):
            return HttpResponseClientRedirect(address)
        return HttpResponseRedirect(address)


def _is_needed(request: Request, factor: Factor) -> bool:
    match factor:
        case Factor.NEVER:
            return False
        case Factor.BY_ROLE:
            return request.actor.holds(REQUIRED_OF) and not has_shown(request)
        case Factor.ALWAYS:
            return not has_shown(request)
        case Factor.LATELY:
            return not has_shown(request, within=STEP_UP_LASTS)


def _way_to_factor(request: Request) -> str:
    """Show a factor that one has, a passkey first; else set one up."""
    account = cast("Account", request.user)
    if has_passkey(account):
        return reverse("mfa_reauthenticate_webauthn")
    if has_factor(account):
        return reverse("mfa_reauthenticate")
    return reverse("people:second_factor")
