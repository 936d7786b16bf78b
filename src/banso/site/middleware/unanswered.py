"""Answers without a page of ours get one, and every answer names what a browser may not do."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings

from banso.web.unanswered import ErrorPage, fault_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

KEPT_HEADERS = ("Allow", "Retry-After")


class UnansweredMiddleware:
    """A method that is not taken, too many requests and a broken address are told in our words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or put our page in the place of an empty or a foreign one."""
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            response = fault_page(request, HTTPStatus.BAD_REQUEST)
        else:
            response = self.get_response(request)
        if _is_foreign(response):
            response = _replaced(request, response)
        response.headers["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        return response


def _is_foreign(response: HttpResponse) -> bool:
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return not isinstance(response, ErrorPage)
    return response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content


def _replaced(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    page = fault_page(request, HTTPStatus(response.status_code))
    for name in KEPT_HEADERS:
        if name in response.headers:
            page.headers[name] = response.headers[name]
    return page
