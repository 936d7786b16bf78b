"""Who is acting, and when: every request gets its actor and its instant here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.utils.cache import patch_cache_control
from django.utils.timezone import localdate

from banso.ledger.clock import arrived_at, read_clock
from banso.people.actors import VISITOR, Actor, Request
from banso.people.queries.actors import actor_for
from banso.site.surface import surface_of
from banso.web.addresses import Surface

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse


class ActingMiddleware:
    """Load the actor of a signed-in person; what they get is theirs alone (A-15)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, incoming: HttpRequest) -> HttpResponse:
        """Name the actor, and keep answers to a person out of every cache."""
        request = cast("Request", incoming)
        request.actor = _actor_of(request)
        response = self.get_response(request)
        if not request.actor.is_visitor or request.method == "POST":
            patch_cache_control(response, no_store=True, private=True)
        return response

    def process_view(
        self,
        incoming: HttpRequest,
        _view: Callable[..., HttpResponse],
        _arguments: tuple[Any, ...],
        _named: dict[str, Any],
    ) -> None:
        """Give every page its instant; whether the server is alive needs no database."""
        request = cast("Request", incoming)
        match = request.resolver_match
        if match and surface_of(match.view_name) is not Surface.MACHINE:
            _read_once(request)


def _read_once(request: Request) -> datetime:
    """Read the clock for this request, unless what came before has read it."""
    if not hasattr(request, "at"):
        request.at = arrived_at() or read_clock()
    return request.at


def _actor_of(request: Request) -> Actor:
    # Without the cookie there is no session to open, and the page may be kept for everyone.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return VISITOR
    return actor_for(request.user.person_id, on=localdate(_read_once(request)))
