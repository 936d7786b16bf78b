"""The answer of a list's address: its page, a file of exactly what it shows, or an act on many."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.http import Http404

from banso.web.lists.bulk import ACT, act_on_many
from banso.web.lists.files import FORMATS, file_of_list
from banso.web.lists.listing import FORMAT, asked_of, list_page
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from banso.web.lists.listing import Gather, Listing

ROWS_AT_ONCE = 2000


def answer_list(
    request: HttpRequest,
    listing: Listing,
    rows: QuerySet[Any],
    *,
    template: str,
    audience: StrOrPromise,
    at: datetime,
    context: Mapping[str, object] | None = None,
    gather: Gather | None = None,
    is_restricted: bool = False,
) -> HttpResponseBase:
    """Answer with the page, or with the file that `?format=` asks for, or with an act on many."""
    if request.method == "POST":
        return _act(request, listing)
    form = request.GET.get(FORMAT, "")
    if form in listing.formats:
        return list_file(request, listing, rows, form=form, at=at, gather=gather)
    shown = {"list": list_page(listing, request, rows, gather), **(context or {})}
    return page(request, template, shown, audience=audience, is_restricted=is_restricted)


def list_file(
    request: HttpRequest,
    listing: Listing,
    rows: QuerySet[Any],
    *,
    form: str,
    at: datetime,
    gather: Gather | None = None,
    is_whole: bool = False,
) -> HttpResponseBase:
    """Give every row that the filter keeps, in the order and columns of the page.

    A whole file has every column of the list unless some were chosen.
    """
    if form not in FORMATS:
        raise Http404(form)
    asked = asked_of(listing, request, is_whole=is_whole)
    ordered = asked.order.over(rows.model).sort(asked.narrowed(rows))
    every: Iterable[Any] = ordered.iterator(chunk_size=ROWS_AT_ONCE)
    if gather:
        every = (row for some in _at_once(every) for row in gather(some))
    return file_of_list(form, listing.name, asked.columns, every, as_of=at)


def _at_once(rows: Iterable[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while some := list(islice(left, ROWS_AT_ONCE)):
        yield some


def _act(request: HttpRequest, listing: Listing) -> HttpResponseBase:
    asked = request.POST.get(ACT, "")
    act = next((one for one in listing.acts if one.name == asked), None)
    if act is None:
        raise Http404(asked)
    return act_on_many(request, act, request.get_full_path())
