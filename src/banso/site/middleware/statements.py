"""Pages that look over very much have a longer time for each query than others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from banso.site.front.statements import milliseconds
from banso.site.surface import is_heavy_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class StatementMiddleware:
    """Lengthen the connection's time-out while a heavy page is made; others pay nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the time-out back before somebody else has the connection."""
        response = self.get_response(request)
        match = request.resolver_match
        if match and is_heavy_page(match.view_name) and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute("RESET statement_timeout")
        return response

    def process_view(
        self,
        request: HttpRequest,
        _view: Callable[..., HttpResponse],
        _arguments: tuple[Any, ...],
        _named: dict[str, Any],
    ) -> None:
        """Give a heavy page its time."""
        match = request.resolver_match
        if match and is_heavy_page(match.view_name):
            with connection.cursor() as cursor:
                cursor.execute(f"SET statement_timeout = {milliseconds('heavy')}")
