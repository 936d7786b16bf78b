"""What an app gives to those on its left, declared in its `front.py`, and all of these together.

Portal, proofs and rehearsal loop over `fronts()` and know no app by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from banso.web.formats import active_language, time_left

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import Exists
    from django_stubs_ext import StrOrPromise

# Who looks: an actor of `people`, which knows the kit, so that the kit does not know it.
Actor: TypeAlias = Any
Facts: TypeAlias = Mapping[str, object]
# A sentence is lazy text with %(names)s of facts, or a function that writes it from the facts.
Sentence: TypeAlias = str | Promise | Callable[[Facts], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing that waits for a person: what, where, until when."""

    title: str
    address: str
    note: str = ""
    due: datetime | None = None
    left: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """Things of one kind that wait: the first few, how many there are, and their whole list."""

    heading: str
    list_address: str
    first: Sequence[Task] = ()
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A page in a person's own menu, and to whom it applies (N2).

    What depends on the database is an `Exists` over `OuterRef("pk")`, the person: the menu asks
    all of them in one query.
    """

    place: int
    label: StrOrPromise
    address: str
    applies: Callable[[Actor], bool | Exists]


@dataclass(frozen=True, slots=True)
class Detail:
    """A fact of an act that its receipt shows: what it is called, and the names of its codes."""

    label: StrOrPromise
    names: Mapping[str, StrOrPromise] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipted:
    """An act of which its person gets a receipt: of what kind, and what they did in words.

    Where the title is protected, it stays on the page and is in no file that travels.
    """

    kind: str
    words: StrOrPromise
    details: Mapping[str, Detail] = field(default_factory=dict)
    is_title_protected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicList:
    """A public list, by the names of its page and of its files without their ending."""

    label: StrOrPromise
    page: str
    files: str


# The key of a thing, and its title in Japanese and English as this viewer may read it.
Titled = tuple[Any, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Everything that one app gives to the apps on its left."""

    refusals: Mapping[str, Sentence] = field(default_factory=dict)
    menu: Sequence[MenuEntry] = ()
    tasks: Sequence[Callable[[Actor, datetime], Tasks]] = ()
    titles: Mapping[str, Callable[[Actor, Sequence[str]], Iterable[Titled]]] = field(
        default_factory=dict
    )
    receipts: Mapping[str, Receipted] = field(default_factory=dict)
    public_lists: Sequence[PublicList] = ()
    # Stage of a concept's life cycle: SQL that counts it, with the concept's id as its parameter.
    stages: Mapping[str, str] = field(default_factory=dict)


@cache
def fronts() -> Mapping[str, Front]:
    """Find the front of every app that has one, in the order of the apps."""
    return {
        config.label: import_module(f"{config.name}.front").FRONT
        for config in apps.get_app_configs()
        if config.name.startswith("banso.") and module_has_submodule(config.module, "front")
    }


def in_language(japanese: str, english: str) -> str:
    """Pick the text in the reader's language, or the Japanese one where there is no other."""
    return english if active_language() == "en" and english else japanese


def left_until(until: datetime, at: datetime) -> str:
    """Say how long it is until a deadline."""
    return time_left(until, at, active_language())
