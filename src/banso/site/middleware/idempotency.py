"""The key that a form or a client sends, so that a repetition acts once."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from uuid import UUID

from banso.ledger.requests import IncomingRequest, incoming

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

FIELD = "idempotency_key"
_NOT_CONTENT = frozenset({FIELD, "csrfmiddlewaretoken"})


class IdempotencyMiddleware:
    """Hand the key and a digest of the body to the command that answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hold the request's key while it is answered, if it has one."""
        key = _key_of(request)
        if key is None:
            return self.get_response(request)
        with incoming(IncomingRequest(key=key, digest=_digest_of(request))):
            return self.get_response(request)


def _key_of(request: HttpRequest) -> UUID | None:
    if request.method != "POST":
        return None
    text = request.POST.get(FIELD) or request.headers.get("Idempotency-Key", "")
    try:
        return UUID(text)
    except ValueError:
        return None


def _digest_of(request: HttpRequest) -> bytes:
    fields = {name: values for name, values in request.POST.lists() if name not in _NOT_CONTENT}
    files = {name: _file_digests(request, name) for name in request.FILES}
    body = json.dumps([request.path, fields, files], sort_keys=True)
    return hashlib.sha256(body.encode()).digest()


def _file_digests(request: HttpRequest, name: str) -> list[str]:
    digests = []
    for file in request.FILES.getlist(name):
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
        digests.append(digest.hexdigest())
    return digests
