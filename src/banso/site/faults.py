"""What a person sees when an answer failed: why, as far as it helps them, in our own page."""

from __future__ import annotations

import errno
import logging
import os
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import psycopg
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, InterfaceError, OperationalError
from psycopg_pool import PoolTimeout

from banso.kept.lost import keep_what_was_sent
from banso.site.database.embedded.volumes import has_room
from banso.web.file_store import FileDamaged, StoreFull, StoreUnavailable
from banso.web.unanswered import DAMAGED, fault_page
from banso.web.views import old_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

LOG = logging.getLogger(__name__)
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
# Nothing more can be opened, nothing can be written, or the disk does not answer.
MAY_PASS: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.EROFS, errno.EIO, errno.ENOMEM})
DISK_FULL: Final = "53100"
READ_ONLY: Final = "25006"


def status_of(fault: BaseException | None) -> HTTPStatus | None:
    """Tell what the machine beneath us refuses: room, or to work at all for the moment.

    Nothing for a fault of our own code.
    """
    if _has_no_room(fault):
        return HTTPStatus.INSUFFICIENT_STORAGE
    return HTTPStatus.SERVICE_UNAVAILABLE if _may_pass(fault) else None


def _has_no_room(fault: BaseException | None) -> bool:
    match fault:
        case StoreFull():
            return True
        case DatabaseError() | psycopg.Error():
            return _state_of(fault) == DISK_FULL or _could_not_begin(fault)
        case OSError():
            return fault.errno in NO_ROOM
        case _:
            return False


def _could_not_begin(fault: BaseException) -> bool:
    """Tell a database that a full disk keeps down; nothing was asked of it, so nothing was kept.

    Of a connection that breaks off nobody knows whether the last act was still kept.
    """
    never_connected = isinstance(fault, PoolTimeout) or isinstance(fault.__cause__, PoolTimeout)
    return never_connected and not has_room(settings.DATA, os.environ)


def _may_pass(fault: BaseException | None) -> bool:
    match fault:
        case FileDamaged() | StoreUnavailable() | InterfaceError() | OperationalError():
            return True
        case psycopg.InterfaceError() | psycopg.OperationalError():
            return True
        case DatabaseError() | psycopg.Error():
            return _state_of(fault) == READ_ONLY
        case OSError():
            return fault.errno in MAY_PASS
        case _:
            return False


def _state_of(fault: BaseException) -> str | None:
    """Read the database's own code, which Django keeps with the cause."""
    return getattr(fault, "sqlstate", None) or getattr(fault.__cause__, "sqlstate", None)


def answer_to(request: HttpRequest, fault: BaseException | None) -> HttpResponse | None:
    """Answer what the machine beneath us refuses, and log it once; nothing for a fault of ours."""
    status = status_of(fault)
    if status is None:
        return None
    LOG.error("%s", fault)
    return fault_page(request, status, DAMAGED if isinstance(fault, FileDamaged) else None)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that Django could not read."""
    is_too_much = isinstance(exception, RequestDataTooBig)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_too_much else HTTPStatus.BAD_REQUEST
    return answer_to(request, exception) or fault_page(request, status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form of an earlier session; what was typed into a form that keeps it is kept."""
    del reason
    return old_page(request, kept_at=keep_what_was_sent(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for a fault of ours; say so when waiting may mend it."""
    fault = sys.exc_info()[1]
    return answer_to(request, fault) or fault_page(request, HTTPStatus.INTERNAL_SERVER_ERROR)
