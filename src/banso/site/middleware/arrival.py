"""The instant at which a request reaches us, for the deadline (K1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from banso.ledger.clock import arrival, read_clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from banso.people.actors import Request


class ArrivalMiddleware:
    """Read the database's clock before anything else, for requests that may act."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hold the instant while the request is answered."""
        if request.method != "POST":
            return self.get_response(request)
        at = cast("Request", request).at = read_clock()
        with arrival(at):
            return self.get_response(request)
