"""Whether a number, or a body's name, stands on another record already (O3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from banso.rulebook.offices import may_keep_number
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from collections.abc import Iterable

    from banso.people.models import Organisation, Person


def require_free_numbers(row: Person | Organisation, names: Iterable[str]) -> None:
    """Stop the act where a number of the row is on another record."""
    taken = Q(pk__in=())
    for name in names:
        if getattr(row, name):
            taken |= Q((name, getattr(row, name)))
    others = type(row)._base_manager.filter(taken).exclude(pk=row.pk)
    enforce(may_keep_number(is_taken=others.exists()))
