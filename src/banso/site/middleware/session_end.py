"""When the session ends, told to the page's script, so that it can say so before it happens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import now

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class SessionEndMiddleware:
    """A cookie that scripts may read holds an instant, and nothing that opens a session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Name the end when it changes; forget it with the session."""
        response = self.get_response(request)
        name = settings.SESSION_END_COOKIE_NAME
        told = request.COOKIES.get(name, "")
        is_signed_in = (
            settings.SESSION_COOKIE_NAME in request.COOKIES or request.session.modified
        ) and request.user.is_authenticated
        if not is_signed_in:
            if told:
                response.delete_cookie(name, samesite="Lax")
            return response
        # It ends so long after it was last saved, and it is saved when it was changed.
        if request.session.modified:
            ends_at = now() + timedelta(seconds=request.session.get_expiry_age())
            response.set_cookie(
                name,
                str(int(ends_at.timestamp())),
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response
