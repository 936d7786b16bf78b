"""The address by which one kind of mail is stopped without signing in (RFC 8058)."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core import signing
from django.urls import reverse

SALT: Final = "banso.notices.stop"


def stop_address(person_id: UUID, kind: str) -> str:
    """Write the address; it names one person and one kind, and can do nothing else."""
    return reverse("notices:stop", args=[signing.dumps([str(person_id), kind], salt=SALT)])


def read_stop(token: str) -> tuple[UUID, str]:
    """Read whom and which kind an address names; a forged one is a BadSignature."""
    person_id, kind = signing.loads(token, salt=SALT)
    return UUID(person_id), kind
