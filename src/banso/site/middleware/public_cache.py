"""Public pages for visitors are answered whole from memory, true to the record's version."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import has_vary_header

from banso.site.front.statements import milliseconds
from banso.site.public_pages import KeptPage, PublicPages
from banso.site.surface import is_public
from banso.web.fronts import fronts

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from banso.people.actors import Request

LONGEST = timedelta(seconds=60)
PAGES = PublicPages()
_READING = (
    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; "
    f"SET LOCAL statement_timeout = {milliseconds('public')}"
)
_NOT_KEPT = frozenset({"set-cookie", "content-length", "date"})


class PublicCacheMiddleware:
    """Answer a visitor's GET of a public page; everybody else goes on to the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the page for this version of the record, or render and keep it."""
        if not _is_a_visitors_reading(request) or not _is_public(request.path_info):
            return self.get_response(request)
        address = request.get_full_path()
        version, at = _version_and_instant()
        kept = PAGES.find(address, version=version, at=at)
        if kept is None:
            cast("Request", request).at = at
            response = self._render(request)
            if not _may_be_kept(response):
                return response
            kept = _kept(response, version=version, at=at)
            PAGES.keep(address, kept)
        return _answer(request, kept)

    def _render(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_READING)
            return self.get_response(request)


@lru_cache(maxsize=4096)
def _is_public(path: str) -> bool:
    return is_public(path)


def _is_a_visitors_reading(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "HX-Request" not in request.headers
    )


def _version_and_instant() -> tuple[int, datetime]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(version), 0), clock_timestamp() FROM catalogue_publicversion"
        )
        return cast("tuple[int, datetime]", cursor.fetchone())


def _may_be_kept(response: HttpResponse) -> bool:
    return (
        response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and not has_vary_header(response, "Cookie")
    )


def _kept(response: HttpResponse, *, version: int, at: datetime) -> KeptPage:
    changes = [front.next_change(at) for front in fronts().values() if front.next_change]
    until = min([at + LONGEST, *(change for change in changes if change)])
    return KeptPage(
        version=version,
        until=until,
        headers=tuple(
            (name, value) for name, value in response.items() if name.lower() not in _NOT_KEPT
        ),
        etag=f'"{hashlib.sha256(response.content).hexdigest()[:32]}"',
        body=response.content,
    )


def _answer(request: HttpRequest, kept: KeptPage) -> HttpResponse:
    asked = request.headers.get("If-None-Match", "")
    if kept.etag in asked:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(b"" if request.method == "HEAD" else kept.body)
    for name, value in kept.headers:
        response.headers[name] = value
    if response.status_code == HTTPStatus.OK:
        response.headers["Content-Length"] = str(len(kept.body))
    response.headers["ETag"] = kept.etag
    response.headers["Cache-Control"] = "no-cache"
    return response
