"""A request as keeping text sees it: who asks, from which page, and what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, QueryDict

    from banso.ledger.record import Acting


class Asking(Protocol):
    """The app `people` has the whole of it."""

    @property
    def actor(self) -> Acting:
        """Who asks."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def path(self) -> str:
        """The page."""

    @property
    def GET(self) -> QueryDict:  # noqa: N802 - Django's name
        """What its address asks."""

    @property
    def POST(self) -> QueryDict:  # noqa: N802 - Django's name
        """What was sent."""


def asking(request: HttpRequest) -> Asking:
    """Take a request whose person and instant the middleware has named."""
    return cast("Asking", request)
