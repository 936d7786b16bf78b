"""Our own pages for requests that no view answered, in the language of their address."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.template import loader
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext_lazy as _

from banso.web.pages import wants_part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise as Promise
    from django_stubs_ext import StrOrPromise

Words: TypeAlias = "tuple[Promise, Promise, Promise]"

# What happened, what it means for the reader, and what to do next.
WORDS: dict[HTTPStatus, Words] = {
    HTTPStatus.METHOD_NOT_ALLOWED: (
        _("This page cannot be used in this way"),
        _("The address exists, but it does not take this kind of request."),
        _("Start again from the page that led you here."),
    ),
    HTTPStatus.REQUEST_URI_TOO_LONG: (
        _("The address is too long"),
        _("An address takes some 8,000 characters. Nothing was changed."),
        _("Search with fewer words, or start from the first page."),
    ),
    HTTPStatus.REQUEST_TIMEOUT: (
        _("The request took too long to arrive"),
        _("What was sent came too slowly, so we stopped waiting. Nothing was changed."),
        _("Try again on a faster connection, or with a smaller file."),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        _("That is more than this page takes"),
        _("What was sent is larger than this page accepts. Nothing was changed."),
        _(
            "Your text is still on the page before this one: go back and shorten it, or make the"
            " file smaller, and send it again."
        ),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        _("Too much is arriving at once"),
        _("Too many requests are coming in at this moment. Nothing was changed."),
        _("Wait a minute and send it again."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        _("We cannot answer for the moment"),
        _("If you sent a form, open its page again to see whether it was received."),
        _("Sending the same form once more is safe: it is taken only once."),
    ),
    HTTPStatus.INSUFFICIENT_STORAGE: (
        _("There is no room for this at the moment"),
        _("What you just sent was not kept. Everything that was received before is kept."),
        _("Keep your file and your text, go back and send it again in a few minutes."),
    ),
    HTTPStatus.UNAUTHORIZED: (
        _("Sign in before you send a file or a long text"),
        _("They are taken from people who have signed in. Nothing was received."),
        _("Go back, copy your text, sign in, and send it once more."),
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        _("This could not be done"),
        _("A rule of the program does not allow it as things stand. Nothing was changed."),
        _("Go back to the page and see what is still to be done."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        _("We could not answer"),
        _("The fault is ours. It has been recorded, and nothing half-done was kept."),
        _("Wait a moment and try again. If it stays so, tell us by the help page."),
    ),
}
OTHERWISE: Words = (
    _("We could not read this request"),
    _("The request has a form that we cannot take. Nothing was changed."),
    _("Check the address, or start from the first page."),
)


# A stored file whose bytes are gone or changed; the rest of the service is well.
DAMAGED: Words = (
    _("This file cannot be given"),
    _("It is damaged in our store, so we do not give it out. This has been recorded."),
    _("Those who run this service can put it back; please come back later."),
)
MAY_COME_BACK: Final = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
RETRY_AFTER_SECONDS: Final = 10


class ErrorPage(HttpResponse):
    """An answer in our own words; one of Django or of a library is put into them."""


def language_of(path: str) -> str:
    """Tell the language of an address: English under /en/, otherwise Japanese."""
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def way_back(referer: str, host: str, path: str) -> str:
    """Give the address of the page that led here, if it is one of ours and not this one.

    >>> way_back("https://banso.example/en/my/?a=1", "banso.example", "/en/calls/")
    '/en/my/?a=1'
    >>> way_back("https://elsewhere.example/", "banso.example", "/en/calls/")
    ''
    """
    try:
        led_here = urlsplit(referer)
    except ValueError:
        return ""
    is_ours = led_here.scheme in {"http", "https"} and led_here.netloc == host
    if not is_ours or not led_here.path.startswith("/") or led_here.path.startswith("//"):
        return ""
    query = f"?{led_here.query}" if led_here.query else ""
    return "" if led_here.path == path else f"{led_here.path}{query}"


@lru_cache(maxsize=128)
def page_of(status: HTTPStatus, language: str, *, as_part: bool = False, back: str = "") -> bytes:
    """Render the page of a status, with nothing that could fail again."""
    with override(language):
        return _written(WORDS.get(status, OTHERWISE), as_part=as_part, back=back).encode()


def prepare_pages() -> None:
    """Read and make what is shown when nothing more can be opened, while it still can be."""
    for code, _name in settings.LANGUAGES:
        for status in WORDS:
            page_of(status, code)
            page_of(status, code, as_part=True)


def fault_page(
    request: HttpRequest,
    status: HTTPStatus,
    words: Words | None = None,
    *,
    retry_after: int = RETRY_AFTER_SECONDS,
) -> HttpResponse:
    """Answer with the page of a status, or with its part where htmx waits for one."""
    with override(language_of(request.path)):
        title, *sentences = map(str, words or WORDS.get(status, OTHERWISE))
        response = error_page(request, status, title, sentences)
    if status in MAY_COME_BACK:
        response.headers["Retry-After"] = str(retry_after)
    return response


def error_page(
    request: HttpRequest,
    status: HTTPStatus,
    title: str,
    sentences: Iterable[str],
    *,
    back: str = "",
) -> HttpResponse:
    """Answer in the active language, with a way back to the page that led here."""
    # Without the request no context processor runs, so nothing here needs the database.
    referer, host = request.headers.get("Referer", ""), request.META.get("HTTP_HOST", "")
    back = back or way_back(referer, host, request.path if request.method == "GET" else "")
    words = (title, *(sentence for sentence in sentences if sentence))
    content = _written(words, as_part=wants_part(request), back=back)
    return ErrorPage(content, status=status)


def _written(words: Iterable[StrOrPromise], *, as_part: bool, back: str) -> str:
    template = "web/errors/_error.html" if as_part else "web/errors/error.html"
    title, *sentences = map(str, words)
    return loader.render_to_string(
        template, {"title": title, "sentences": sentences, "back": back}
    )
