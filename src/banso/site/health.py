"""Whether the process lives, and whether it can serve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import OperationalError
from django.http import HttpResponse

from banso.ledger.clock import read_clock

if TYPE_CHECKING:
    from django.http import HttpRequest


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that the process lives."""
    return HttpResponse("alive\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer whether the database answers."""
    try:
        read_clock()
    except OperationalError:
        return HttpResponse(
            "the database does not answer\n", status=503, content_type="text/plain"
        )
    return HttpResponse("ready\n", content_type="text/plain")
