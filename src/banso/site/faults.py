"""What a person sees when an answer failed: why, as far as it helps them, in our own page."""

from __future__ import annotations

import sys
from http import HTTPStatus
from typing import TYPE_CHECKING

import psycopg
from django.db import OperationalError
from django.http import HttpResponse

from banso.web import views
from banso.web.unanswered import language_of, page_of

if TYPE_CHECKING:
    from django.http import HttpRequest

BACK_AFTER_SECONDS = "30"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that Django could not read."""
    del exception
    status = HTTPStatus.BAD_REQUEST
    return HttpResponse(page_of(status, language_of(request.path)), status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of ours; say so when waiting may mend it."""
    if not _may_pass(sys.exc_info()[1]):
        return views.server_error(request)
    status = HTTPStatus.SERVICE_UNAVAILABLE
    page = page_of(status, language_of(request.path))
    return HttpResponse(page, status=status, headers={"Retry-After": BACK_AFTER_SECONDS})


def _may_pass(fault: BaseException | None) -> bool:
    """Tell whether the same request may succeed in a while: no connection, or no time."""
    return isinstance(fault, OperationalError | psycopg.OperationalError)
