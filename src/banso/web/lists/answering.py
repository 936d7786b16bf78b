"""The answer of a list's address: its page, a file of exactly what it shows, or an act on many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404

from banso.web.lists.bulk import ACT, act_on_many
from banso.web.lists.files import FORMATS, file_of_list
from banso.web.lists.listing import FORMAT, asked_of, list_page
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from banso.web.lists.listing import Listing

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
) -> HttpResponseBase:
    """Answer with the page, or with the file that `?format=` asks for, or with an act on many."""
    if request.method == "POST":
        return _act(request, listing)
    form = request.GET.get(FORMAT, "")
    if form in listing.formats:
        return list_file(request, listing, rows, form=form, at=at)
    shown = {"list": list_page(listing, request, rows), **(context or {})}
    return page(request, template, shown, audience=audience)


def list_file(
    request: HttpRequest, listing: Listing, rows: QuerySet[Any], *, form: str, at: datetime
) -> HttpResponseBase:
    """Give every row that the filter keeps, in the order and columns of the page."""
    if form not in FORMATS:
        raise Http404(form)
    asked = asked_of(listing, request)
    ordered = asked.order.sort(asked.narrowed(rows))
    every = ordered.iterator(chunk_size=ROWS_AT_ONCE)
    return file_of_list(form, listing.name, asked.columns, every, as_of=at)


def _act(request: HttpRequest, listing: Listing) -> HttpResponseBase:
    asked = request.POST.get(ACT, "")
    act = next((one for one in listing.acts if one.name == asked), None)
    if act is None:
        raise Http404(asked)
    return act_on_many(request, act, request.get_full_path())
