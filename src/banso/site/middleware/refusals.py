"""Refusals that a view did not explain itself become pages here, and nowhere else."""

from __future__ import annotations

import errno
import logging
from typing import TYPE_CHECKING, Final

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, InterfaceError, OperationalError

from banso.ledger.requests import KeyUsedDifferently
from banso.rulebook.verdicts import NotPermitted
from banso.web.file_store import FileDamaged, StoreFull, StoreUnavailable
from banso.web.views import conflict, damaged, forbidden, no_space, not_found, unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

LOG = logging.getLogger(__name__)
DISK_FULL: Final = "53100"
READ_ONLY: Final = "25006"


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
            case _:
                return _fault_page(request, exception)


def _fault_page(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """Answer what the machine beneath us refuses, and log it once."""
    state = getattr(exception.__cause__, "sqlstate", None)
    match exception:
        case FileDamaged():
            answer = damaged
        case StoreFull() | OSError(errno=errno.ENOSPC | errno.EDQUOT):
            answer = no_space
        case DatabaseError() if state == DISK_FULL:
            answer = no_space
        case DatabaseError() if state == READ_ONLY:
            answer = unavailable
        case StoreUnavailable() | OSError(errno=errno.EROFS | errno.EIO):
            answer = unavailable
        case OperationalError() | InterfaceError():
            answer = unavailable
        case _:
            return None
    LOG.error("%s", exception)
    return answer(request)
