"""What an app has told: events that follow from acts, and deadlines of which people are reminded.

Words are one sentence with `%(title)s`, the title of the thing as its reader may read it. They are
of the reader's language and never of a protected content.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

# The person who looks, as the app `people` knows them; the kit knows no app.
Viewer: TypeAlias = Any


class How(StrEnum):
    """How a person is told of a kind of notices; the page has all of them in any case."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeKind:
    """A kind of notices, which a person chooses how to be told of.

    What has to reach its reader `must_reach`: it can be gathered, and not be switched off.
    """

    place: int
    label: StrOrPromise
    usually: How = How.AT_ONCE
    must_reach: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An act as its entry has it."""

    act: str
    actor_id: UUID
    subject_id: Any
    at: datetime
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One person to tell, of which thing; whether they may read it is asked when it is sent."""

    person_id: UUID
    subject_type: str
    subject_id: Any
    deadline_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What is told after an act: to whom, in which words, of which kind, with which page.

    `name` is kept with each notice and never changes. Whoever acted is told only if it
    `tells_actor`, as by a receipt. `once` tells a person once of a thing, however often it is.
    With `shows_reach` whoever acted sees how many it reached: never where that number could
    differ by a freedom (C5). A mail leads to `page_in_mail` where there is one.
    """

    name: str
    kind: str
    words: StrOrPromise
    tell: Callable[[Happened], Iterable[Telling]]
    page: Callable[[str], str]
    page_in_mail: Callable[[str], str] | None = None
    tells_actor: bool = False
    once: bool = False
    shows_reach: bool = False
    is_title_protected: bool = False
    # Kept by its day alone, where the minute could tell whose answer it followed (R5).
    is_by_day: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What a person has to do, or where to be, by an instant, and since when it is theirs."""

    person_id: UUID
    subject_type: str
    subject_id: Any
    deadline_at: datetime
    since: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """Deadlines of one kind, from the data of the things that have them.

    `find` gives those of a time, of everybody or of one person, while the thing is not done.
    What can still be done after its deadline is reminded of once more (`has_overdue`). What the
    clock ends by itself is not reminded of, but told once when it has ended (`is_end`).
    """

    name: str
    kind: str
    words: StrOrPromise
    find: Callable[[datetime, datetime, UUID | None], Iterable[Due]]
    page: Callable[[str], str]
    has_overdue: bool = False
    is_end: bool = False
    is_title_protected: bool = False
    # What stands in a calendar: without the title, because others may see a calendar.
    calendar_words: StrOrPromise = ""


Wording: TypeAlias = "Event | Deadlines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one app has told: events by act, deadlines, and acts that tell nobody, and why."""

    kinds: Mapping[str, NoticeKind] = field(default_factory=dict)
    events: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    deadlines: tuple[Deadlines, ...] = ()
    silent: Mapping[str, str] = field(default_factory=dict)
