"""One thing that waits for a person, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from banso.web.formats import active_language, time_left

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that waits for a person: what, where, until when."""

    title: str
    address: str
    note: str = ""
    due: datetime | None = None
    left: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedGroup:
    """Things of one kind that wait, with the list in which all of that kind stand."""

    heading: str
    list_address: str
    needs: list[Need] = field(default_factory=list)


def in_language(japanese: str, english: str) -> str:
    """Pick the text in the reader's language, or the Japanese one where there is no other."""
    return english if active_language() == "en" and english else japanese


def left_until(until: datetime, at: datetime) -> str:
    """Say how long it is until a deadline."""
    return time_left(until, at, active_language())
