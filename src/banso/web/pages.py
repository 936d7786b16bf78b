"""The answer of a view: a whole page, the part that htmx asked for, or a redirect."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from banso.web.templating import IdempotencyInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise


# A page for everybody says so by having no line that names its audience.
EVERYBODY: Final = ""


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object],
    *,
    audience: StrOrPromise = "",
    is_restricted: bool = False,
    part: str = "",
    status: int = HTTPStatus.OK,
    then: str = "",
) -> HttpResponse:
    """Answer htmx with the part, a plain form that succeeded with a redirect, else the page.

    `audience` says in words who can see the page (N3); `is_restricted` marks a room's pages.

    A POST that succeeded goes on to `then`; without it, a plain form sees the same address again.
    """
    as_part = bool(part) and wants_part(request)
    if request.method == "POST" and status == HTTPStatus.OK:
        if then and wants_part(request):
            return HttpResponseClientRedirect(then)
        if then or not wants_part(request):
            return see_other(then or request.path)
    is_refused = status >= HTTPStatus.BAD_REQUEST
    response = render(
        request,
        part if as_part else template,
        {
            "has_errors": is_refused,
            **({"audience": audience} if audience else {}),
            **({"restricted": True} if is_restricted else {}),
            **context,
            "idempotency_input": IdempotencyInput.of(request, keep=is_refused),
        },
        status=status,
    )
    if part:
        patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])
    return response


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx waits for a part; going back in history needs the whole page (H6)."""
    htmx = HtmxDetails(request)
    return bool(htmx) and not htmx.history_restore_request and not htmx.boosted


def see_other(address: str) -> HttpResponseRedirect:
    """Send a browser on with GET, so that reloading does not send the form again."""
    response = HttpResponseRedirect(address)
    response.status_code = HTTPStatus.SEE_OTHER
    return response
