"""The request behind a command, and what a repetition of it is answered."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection, models

from banso.ledger.models import Request
from banso.rulebook.verdicts import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID


class KeyUsedDifferently(Refused):
    """The idempotency key came with another body than the first time."""


@dataclass(frozen=True, slots=True)
class IncomingRequest:
    """What tells one request from another: its key, and a digest of its body."""

    key: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class Repetition:
    """An earlier run of the same request, with what it returned."""

    result: object


_incoming: ContextVar[IncomingRequest | None] = ContextVar("incoming_request", default=None)


@contextmanager
def incoming(request: IncomingRequest) -> Iterator[None]:
    """Hold the request that the next command answers."""
    token = _incoming.set(request)
    try:
        yield
    finally:
        _incoming.reset(token)


def incoming_request() -> IncomingRequest | None:
    """Tell which request is being answered, if one is."""
    return _incoming.get()


def repetition_of(request: IncomingRequest, *, person_id: UUID, act: str) -> Repetition | None:
    """Find the first run of this request, waiting for one that is still under way."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{person_id} {request.key}"]
        )
    earlier = Request.objects.filter(person_id=person_id, key=request.key).first()
    if earlier is None:
        return None
    if (earlier.act, bytes(earlier.digest)) != (act, request.digest):
        raise KeyUsedDifferently(str(request.key))
    return Repetition(_result_of(earlier))


def is_request_known(person_id: UUID, key: UUID) -> bool:
    """Tell whether the person made a request with this key before."""
    return Request.objects.filter(person_id=person_id, key=key).exists()


def remember(
    request: IncomingRequest, *, person_id: UUID, act: str, entry_number: int, result: object
) -> None:
    """Keep what the request gave, beside its entry."""
    kept = result if isinstance(result, models.Model) else None
    Request.objects.create(
        person_id=person_id,
        key=request.key,
        act=act,
        digest=request.digest,
        entry_id=entry_number,
        result_type=kept._meta.label_lower if kept else "",
        result_id=str(kept.pk) if kept else "",
    )


def _result_of(earlier: Request) -> object:
    if not earlier.result_type:
        return None
    return apps.get_model(earlier.result_type)._base_manager.get(pk=earlier.result_id)
