"""Refusals that a view did not explain itself become pages here, and nowhere else."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.db import DataError

from banso.ledger.requests import KeyUsedDifferently
from banso.people.accounts.throttling import TooManyTries
from banso.rulebook.verdicts import NotPermitted, RuleRefused
from banso.site.faults import answer_to
from banso.web.explanations import explain
from banso.web.unanswered import fault_page
from banso.web.views import conflict, forbidden, not_found, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class RefusalMiddleware:
    """Unknown and hidden are 404; an act on something readable that is not theirs is 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer the refusals that we foresee; errors go on to the edge."""
        match exception:
            case ObjectDoesNotExist():
                return not_found(request)
            case NotPermitted(who=who):
                return forbidden(request, who=who)
            case KeyUsedDifferently():
                return conflict(request)
            case TooManyTries(words=words, seconds=seconds):
                return fault_page(
                    request, HTTPStatus.TOO_MANY_REQUESTS, words, retry_after=seconds
                )
            case RuleRefused(verdict=verdict):
                return refused(request, explain(verdict))
            case _:
                return _answer_to_fault(request, exception)


def _answer_to_fault(request: HttpRequest, fault: Exception) -> HttpResponse | None:
    if isinstance(fault, DataError | ValueError) and _has_nul(request):
        return fault_page(request, HTTPStatus.BAD_REQUEST)
    return answer_to(request, fault)


def _has_nul(request: HttpRequest) -> bool:
    """Whether a form brought a character that no database takes, and that nobody can type."""
    return any("\x00" in value for _name, values in request.POST.lists() for value in values)
