"""What an app gives to those on its left, declared in its `front.py`, and all of these together.

Portal, proofs and rehearsal loop over `fronts()` and know no app by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from django.apps import apps
from django.db.models import Exists, Q
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule

from banso.web.formats import active_language
from banso.web.fronts.events import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from django_stubs_ext import StrOrPromise

    from banso.web.fronts.concepts import Followed, Stage
    from banso.web.fronts.jobs import JobKind
    from banso.web.fronts.tasks import Tasks

# What the database is asked about a person: an `Exists`, or several joined by `|`.
Asked: TypeAlias = Exists | Q | Combinable
# The person who looks, as the app `people` knows them; the kit knows no app.
Viewer: TypeAlias = Any
Facts: TypeAlias = Mapping[str, object]
# A sentence is lazy text with %(names)s of facts, or a function that writes it from the facts.
Sentence: TypeAlias = str | Promise | Callable[[Facts], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applies:
    """To whom something applies: by their roles, or by what is on record about them on a day.

    What is on record is an `Exists` over `OuterRef("pk")`, the person. It is the same question
    for everybody, so that it is written once a day and all of them are asked in one query.
    """

    role: Callable[[Viewer], bool] | None = None
    record: Callable[[date], Asked] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSource:
    """Where tasks of one kind come from; asked only of those to whom it applies, as the menu."""

    applies: Applies
    gather: Callable[[Viewer, datetime], Tasks]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskList:
    """A list of whoever runs calls and projects, with how much waits in it."""

    title: str
    address: str
    note: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """A page in everybody's menu."""

    place: int
    label: StrOrPromise
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """A page in a person's own menu, and to whom it applies (N2)."""

    place: int
    label: StrOrPromise
    address: str
    applies: Applies


@dataclass(frozen=True, slots=True)
class Detail:
    """A fact of an act that its receipt shows: what it is called, and the names of its codes."""

    label: StrOrPromise
    names: Mapping[str, StrOrPromise] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReceiptKind:
    """A kind of receipts: its place among them, and its name."""

    place: int
    label: StrOrPromise


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
class HomePart:
    """A section of the first page, or one of its latest decisions: a template of what is `shown`.

    What it gathers is the same for everybody.
    """

    place: int
    template: str
    gather: Callable[[datetime], Any]
    is_decision: bool = False


class NamedColumn(Protocol):
    """A column of a list as its files name it, and what it means."""

    @property
    def name(self) -> str:
        """The physical name."""

    @property
    def label(self) -> StrOrPromise:
        """What it means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicList:
    """A public list, by the names of its page and of its files without their ending."""

    place: int
    label: StrOrPromise
    page: str
    files: str
    columns: Sequence[NamedColumn]
    formats: Sequence[str] = ("csv", "json")


# The key of a thing, and its title in Japanese and English as this viewer may read it.
Titled = tuple[Any, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """Everything that one app gives to the apps on its left."""

    refusals: Mapping[str, Sentence] = field(default_factory=dict)
    public_pages: Sequence[PublicPage] = ()
    menu: Sequence[MenuEntry] = ()
    tasks: Sequence[TaskSource] = ()
    desk: Sequence[Callable[[Viewer, datetime], DeskList]] = ()
    titles: Mapping[str, Callable[[Viewer, Sequence[str]], Iterable[Titled]]] = field(
        default_factory=dict
    )
    receipt_kinds: Mapping[str, ReceiptKind] = field(default_factory=dict)
    receipts: Mapping[str, Receipted] = field(default_factory=dict)
    public_lists: Sequence[PublicList] = ()
    home: Sequence[HomePart] = ()
    # When the clock alone next changes what a public page says; until then it may be kept.
    next_change: Callable[[datetime], datetime | None] | None = None
    # What followed from a concept, asked with the catalogue's page of it.
    of_concept: Callable[[Any, datetime], Followed] | None = None
    stages: Mapping[str, Stage] = field(default_factory=dict)
    # What the app keeps of acts beside the ledger: each place that differs from it, and how.
    audits: Sequence[Callable[[], Iterable[tuple[str, str]]]] = ()
    # What an office may be about, for whoever gives it.
    scopes: Callable[[Viewer], Iterable[Titled]] | None = None
    # What the app does later, by the name of its kind (`app.verb_noun`).
    jobs: Mapping[str, JobKind] = field(default_factory=dict)
    # What is told after the app's acts and before its deadlines.
    told: Told = field(default_factory=Told)


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
