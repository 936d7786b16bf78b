"""What holds from one day up to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import date

DatedModel = TypeVar("DatedModel", bound=models.Model)


class DatedQuerySet(models.QuerySet[DatedModel]):
    """Queries over what holds from one day up to, not on, another."""

    def on(self, day: date) -> Self:
        """Keep what is in force on the day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)
