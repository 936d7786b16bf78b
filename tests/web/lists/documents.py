from datetime import UTC, date, datetime

from django import forms
from tests.catalogue.factories import DocumentFactory

from banso.catalogue.models import Document
from banso.web.lists.columns import Column, Kind
from banso.web.lists.listing import Listing, list_page

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
DAYS = [None, date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)]


class SizeForm(forms.Form):
    kb = forms.IntegerField(required=False)


DOCUMENTS = Listing(
    name="documents",
    caption="Documents",
    columns=(
        Column("title", "Title", lambda row: row.title_ja, order=("title_ja",), is_heading=True),
        Column("dated_on", "Date", lambda row: row.dated_on, Kind.DATE, order=("dated_on",)),
        Column("kb", "Size", lambda row: row.kb, Kind.NUMBER, order=("kb", "-dated_on")),
        Column("by", "By", lambda row: row.by_ja, is_shown=False),
    ),
    order=("-dated_on",),
    filters=SizeForm,
    narrow=lambda rows, chosen: rows.filter(kb=chosen["kb"]) if chosen["kb"] else rows,
    search=lambda rows, words: rows.filter(title_ja__contains=words),
    size=3,
)


def document(title, **facts):
    return DocumentFactory(title_ja=title, **{"dated_on": None, **facts})


def titles(page):
    return [row.title_ja for row in page.rows]


def follow(rf, address):
    return list_page(DOCUMENTS, rf.get(f"/{address}"), Document.objects.all())
