"""A list as it is declared, and one page of it as a request asks for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from django.utils.translation import gettext_lazy as _

from banso.web.lists.keyset import Key, Order, page_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from django.db.models import QuerySet
    from django.forms import Form
    from django.http import HttpRequest, QueryDict
    from django_stubs_ext import StrOrPromise

    from banso.web.lists.bulk import BulkAct
    from banso.web.lists.columns import Column

ROWS_ON_A_PAGE: Final = 50
# Beyond this many, a list says "more than"; to count them all would cost more the longer it is.
COUNTED: Final = 10_000
SEARCH: Final = "q"
SEARCH_LABEL: Final = _("Search in this list")
SORT: Final = "sort"
COLUMNS: Final = "columns"
AFTER: Final = "after"
BEFORE: Final = "before"
FORMAT: Final = "format"
_PLACE: Final = (AFTER, BEFORE)

Gather: TypeAlias = "Callable[[Sequence[Any]], Sequence[Any]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list: what its columns are, how it is filtered, searched and sorted, what it is called.

    `order` is the order at first, `filled` names what is never empty in this list though the
    table allows it, `filters` builds the form of the filters from what was chosen, `narrow`
    keeps the rows that the filters' values ask for.
    """

    name: str
    caption: StrOrPromise
    columns: tuple[Column[Any], ...]
    order: tuple[str, ...] = ("pk",)
    filled: frozenset[str] = frozenset()
    is_sample: Callable[[Any], bool] | None = None
    filters: Callable[[QueryDict], Form] | None = None
    narrow: Callable[[QuerySet[Any], Mapping[str, Any]], QuerySet[Any]] | None = None
    search: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None
    search_label: StrOrPromise = SEARCH_LABEL
    acts: tuple[BulkAct, ...] = ()
    empty: StrOrPromise = ""
    size: int = ROWS_ON_A_PAGE
    formats: tuple[str, ...] = ("csv", "xlsx", "json")

    def column(self, name: str) -> Column[Any] | None:
        """Find a column by its physical name."""
        return next((column for column in self.columns if column.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request asks of a list: filter, words, order, columns."""

    listing: Listing
    query: QueryDict
    form: Form | None
    words: str
    sort: str
    columns: tuple[Column[Any], ...]

    @property
    def order(self) -> Order:
        """The order that was asked for, or the list's own."""
        column = self.listing.column(self.sort.lstrip("-"))
        if column is None or not column.order:
            return Order(self.listing.order, self.listing.filled)
        is_descending = self.sort.startswith("-")
        fields = tuple(_turned(name) if is_descending else name for name in column.order)
        return Order(fields, self.listing.filled)

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Keep the rows that filter and words ask for; a filter that is wrong keeps none."""
        if self.form is not None:
            if not self.form.is_valid():
                return rows.none()
            if self.listing.narrow:
                rows = self.listing.narrow(rows, self.form.cleaned_data)
        if self.words and self.listing.search:
            rows = self.listing.search(rows, self.words)
        return rows

    def address(self, **changes: str | None) -> str:
        """Write this request's own query with some of it changed; it begins at the first page."""
        query = self.query.copy()
        for name in (*_PLACE, FORMAT):
            query.pop(name, None)
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}" if query else "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column's heading: whether and how the list is sorted by it, and where a click leads."""

    column: Column[Any]
    order: str = ""
    sort: str = ""


class Cell(NamedTuple):
    """A cell of a page: its attributes as written, its column, its value, and where it leads."""

    attributes: str
    column: Column[Any]
    value: object
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One page of a list, as its template shows it."""

    asked: Asked
    rows: Sequence[Any]
    total: int
    first: int
    previous: str = ""
    next: str = ""
    headings: Sequence[Heading] = field(default_factory=tuple)

    @property
    def listing(self) -> Listing:
        """The list of which this is a page."""
        return self.asked.listing

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return self.first + len(self.rows) - 1

    def cells(self, attributes: Callable[[Column[Any]], str]) -> Iterator[tuple[Any, list[Cell]]]:
        """Give each row with its cells; the attributes of a column's cells are written once."""
        columns = [(attributes(column), column) for column in self.asked.columns]
        for row in self.rows:
            yield (
                row,
                [
                    Cell(written, column, column.value(row), column.address_of(row))
                    for written, column in columns
                ],
            )

    @property
    def is_counted(self) -> bool:
        """Whether the total is exact, not "more than"."""
        return self.total <= COUNTED

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter or words are on."""
        filters = self.asked.form.fields if self.asked.form else ()
        return bool(self.asked.words) or any(self.asked.query.get(name) for name in filters)

    @property
    def choices(self) -> list[tuple[Column[Any], bool]]:
        """Every column, with whether it is shown now."""
        return [(column, column in self.asked.columns) for column in self.listing.columns]

    @property
    def files(self) -> list[tuple[str, str]]:
        """The formats in which exactly these rows and columns are taken away."""
        return [(one, self.asked.address(format=one)) for one in self.listing.formats]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the form of filters carries on: the order and the columns."""
        kept = [(COLUMNS, name) for name in self.asked.query.getlist(COLUMNS)]
        return [*kept, *([(SORT, self.asked.sort)] if self.asked.sort else [])]

    @property
    def kept_beside_columns(self) -> list[tuple[str, str]]:
        """What the form of columns carries on: filter, words and order."""
        return [
            (name, value)
            for name, values in self.asked.query.lists()
            if name not in {*_PLACE, FORMAT, COLUMNS}
            for value in values
        ]


def asked_of(listing: Listing, request: HttpRequest, *, is_whole: bool = False) -> Asked:
    """Read what a request asks of a list; what it cannot ask is left out.

    Where no columns are chosen these are the ones at first, or all for a whole file.
    """
    query = request.GET
    chosen = set(query.getlist(COLUMNS))
    columns = tuple(
        column
        for column in listing.columns
        if (column.name in chosen if chosen else is_whole or column.is_shown) or column.is_heading
    )
    return Asked(
        listing=listing,
        query=query,
        form=listing.filters(query) if listing.filters else None,
        words=query.get(SEARCH, "").strip() if listing.search else "",
        sort=query.get(SORT, ""),
        columns=columns,
    )


def list_page(
    listing: Listing, request: HttpRequest, rows: QuerySet[Any], gather: Gather | None = None
) -> ListPage:
    """Fetch the page of a list that a request asks for, of the rows that its viewer may read.

    `gather` adds, for all rows of the page at once, what is in no table: what rules say of them.
    """
    asked = asked_of(listing, request)
    narrowed, order = asked.narrowed(rows), asked.order
    width = len(order.fields)
    after = Key.read(asked.query.get(AFTER, ""), width)
    before = Key.read(asked.query.get(BEFORE, ""), width) if after is None else None
    found, has_previous, has_next = page_of(
        narrowed, order, size=listing.size, after=after, before=before
    )
    first = _first(after, before, len(found)) if has_previous else 1
    return ListPage(
        asked=asked,
        rows=gather(found) if gather else found,
        total=_counted(narrowed, found, is_whole=not (has_previous or has_next)),
        first=first,
        previous=asked.address(before=order.key_of(found[0], first - 1).token())
        if has_previous and found
        else "",
        next=asked.address(after=order.key_of(found[-1], first - 1 + len(found)).token())
        if has_next and found
        else "",
        headings=[_heading(asked, column) for column in asked.columns],
    )


def _first(after: Key | None, before: Key | None, found: int) -> int:
    if after is not None:
        return after.before + 1
    return max(1, before.before - found + 1) if before is not None else 1


def _counted(rows: QuerySet[Any], found: Sequence[Any], *, is_whole: bool) -> int:
    return len(found) if is_whole else rows.order_by()[: COUNTED + 1].count()


def _heading(asked: Asked, column: Column[Any]) -> Heading:
    if not column.order:
        return Heading(column=column)
    if asked.sort.lstrip("-") != column.name:
        return Heading(column=column, order="none", sort=asked.address(sort=column.name))
    is_descending = asked.sort.startswith("-")
    turned = column.name if is_descending else f"-{column.name}"
    order = "descending" if is_descending else "ascending"
    return Heading(column=column, order=order, sort=asked.address(sort=turned))


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"
