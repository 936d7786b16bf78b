"""The files that can be taken away, each with its columns and the day that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from django.utils.timezone import localdate

from banso.web.fronts import fronts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from banso.web.fronts import PublicList


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage:
    """Every list that can be taken away, as of a day."""

    as_of: date
    lists: Sequence[PublicList]


def files_to_take(at: datetime) -> DataPage:
    """List what can be taken away on the day of an instant, in the order of the site's menu."""
    lists = (found for front in fronts().values() for found in front.public_lists)
    return DataPage(as_of=localdate(at), lists=sorted(lists, key=attrgetter("place")))
