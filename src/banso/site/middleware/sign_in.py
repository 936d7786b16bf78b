"""Visitors are sent to sign-in, unless the surface table says that the address is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.views import redirect_to_login
from django_htmx.http import HttpResponseClientRedirect

from banso.kept.lost import keep_what_was_sent
from banso.site.surface import surface_of
from banso.web.addresses import Surface
from banso.web.pages import wants_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from banso.people.actors import Request


class SignInMiddleware:
    """Ask for sign-in before the view runs, so that no view can forget to (A-01)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _arguments: tuple[Any, ...],
        _named: dict[str, Any],
    ) -> HttpResponse | None:
        """Send a visitor to sign-in, keep what they sent, and lead back to the page afterwards."""
        match = request.resolver_match
        is_open = match and surface_of(match.view_name) is not Surface.SIGNED_IN
        if is_open or not cast("Request", request).actor.is_visitor:
            return None
        kept_at = keep_what_was_sent(request)
        answer = redirect_to_login(kept_at or request.get_full_path())
        if kept_at:
            answer["Location"] += "&kept=1"
        return HttpResponseClientRedirect(answer.url) if wants_part(request) else answer
