"""Our own pages for requests that no view answered, in the language of their address."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.template import loader
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

# What happened, what it means for the reader, and what to do next.
WORDS: dict[HTTPStatus, tuple[Promise, Promise, Promise]] = {
    HTTPStatus.METHOD_NOT_ALLOWED: (
        _("This page cannot be used in this way"),
        _("The address exists, but it does not take this kind of request."),
        _("Start again from the page that led you here."),
    ),
    HTTPStatus.REQUEST_TIMEOUT: (
        _("The request took too long to arrive"),
        _("What was sent came too slowly, so we stopped waiting. Nothing was changed."),
        _("Try again on a faster connection, or with a smaller file."),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        _("That is more than this page takes"),
        _("What was sent is larger than this page accepts. Nothing was changed."),
        _("Shorten the text, or make the file smaller, and send it again."),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        _("Too much is arriving at once"),
        _("Too many requests are coming in at this moment. Nothing was changed."),
        _("Wait a minute and send it again."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        _("We cannot answer at this moment"),
        _("Too much is being asked of the server just now."),
        _("Wait a minute and try again."),
    ),
    HTTPStatus.INSUFFICIENT_STORAGE: (
        _("There is no room to receive this now"),
        _("The server has no space left for files. Nothing was received or changed."),
        _("Try again later. The people who run this site have to make room first."),
    ),
    HTTPStatus.UNAUTHORIZED: (
        _("Sign in before you send a file"),
        _("Files are taken from people who have signed in. Nothing was received."),
        _("Sign in, open the page again and send the file once more."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        _("We could not answer"),
        _("The fault is ours. It has been recorded, and nothing half-done was kept."),
        _("Wait a moment and try again. If it stays so, tell us by the help page."),
    ),
}
OTHERWISE = (
    _("We could not read this request"),
    _("The request has a form that we cannot take. Nothing was changed."),
    _("Check the address, or start from the first page."),
)


def language_of(path: str) -> str:
    """Tell the language of an address: English under /en/, otherwise Japanese."""
    return get_language_from_path(path) or settings.LANGUAGE_CODE


@lru_cache(maxsize=64)
def page_of(status: HTTPStatus, language: str) -> bytes:
    """Render the page of a status, with nothing that could fail again."""
    with override(language):
        title, *sentences = map(str, WORDS.get(status, OTHERWISE))
        context = {"title": title, "sentences": sentences}
        return loader.render_to_string("web/error.html", context).encode()
