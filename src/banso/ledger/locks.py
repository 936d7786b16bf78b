"""The one way in which a command locks rows; docs/lock-order.md says in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import models

if TYPE_CHECKING:
    from django.db.models import QuerySet

Row = TypeVar("Row", bound=models.Model)


def locked(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Lock rows by their key, as changing them does: what only refers to them need not wait."""
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")
