from uuid import UUID

import pytest
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.factories import DocumentFactory
from tests.web.lists.documents import DAYS, DOCUMENTS, NOON, document, follow, titles

from banso.catalogue.models import Document
from banso.web.lists.keyset import Key, Order, page_of
from banso.web.lists.listing import COUNTED


@pytest.mark.django_db
def test_pages_lead_on_and_back_over_every_row_once(rf):
    for number in range(8):
        document(f"{number}", dated_on=DAYS[number % 4])

    shown, page = [], follow(rf, "")
    shown.append((titles(page), page.first, page.last, page.total))
    while page.next:
        page = follow(rf, page.next)
        shown.append((titles(page), page.first, page.last, page.total))
    back = [titles(page)]
    while page.previous:
        page = follow(rf, page.previous)
        back.append(titles(page))

    assert [place for _rows, *place in shown] == [[1, 3, 8], [4, 6, 8], [7, 8, 8]]
    assert sorted(row for rows, *_place in shown for row in rows) == list("01234567")
    assert {*shown[-1][0]} == {"0", "4"}  # documents without a date come last
    assert back[::-1] == [rows for rows, *_place in shown]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(
    facts=st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from([None, 1, 2])), max_size=12),
    fields=st.sampled_from([("-dated_on",), ("dated_on", "-kb"), ("kb", "dated_on"), ("pk",)]),
    size=st.integers(1, 5),
)
def test_pages_by_key_are_slices_of_the_whole_order(facts, fields, size):
    Document.objects.all().delete()
    for number, (day, kb) in enumerate(facts):
        document(f"{number}", dated_on=day, kb=kb)
    order = Order(fields)
    whole = list(order.sort(Document.objects.all()))

    pages, key = [], None
    while True:
        rows, has_previous, has_next = page_of(
            Document.objects.all(), order, size=size, after=key, before=None
        )
        assert has_previous is (key is not None)
        if key is not None and rows:
            before = order.key_of(rows[0], 0)
            earlier, *_more = page_of(
                Document.objects.all(), order, size=size, after=None, before=before
            )
            assert earlier == pages[-size:]
        pages += rows
        if not has_next:
            break
        key = Key.read(order.key_of(rows[-1], len(pages)).token(), len(order.fields))

    assert pages == whole


@pytest.mark.django_db
@pytest.mark.parametrize(
    "place", ["x", "W10", "WzEsMiwzXQ", "%00", "WzAsInpwIiwieHkiXQ", "A" * 3000, "W251bGxd"]
)
def test_a_place_that_nobody_gave_out_leads_to_the_first_page(rf, place):
    document("only", dated_on=DAYS[1])

    assert titles(follow(rf, f"?after={place}")) == ["only"]
    assert titles(follow(rf, f"?before={place}")) == ["only"]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 10, 100])
def test_a_page_costs_the_same_queries_however_long_the_list(rf, rows, django_assert_num_queries):
    DocumentFactory.create_batch(rows)

    with django_assert_num_queries(1 if rows <= DOCUMENTS.size else 2):
        follow(rf, "")


@pytest.mark.django_db
def test_a_very_long_list_is_counted_no_further_than_it_says(rf, monkeypatch):
    monkeypatch.setattr("banso.web.lists.listing.COUNTED", 5)
    DocumentFactory.create_batch(9)

    page = follow(rf, "")

    assert (page.total, page.is_counted, COUNTED) == (6, False, 10_000)


@pytest.mark.django_db
def test_a_page_by_key_begins_where_an_index_says(rf):
    order = Order(("-created_at",), frozenset({"created_at"}))

    key = Key(7, (NOON, UUID(int=3)))

    assert str(order.after(key)) == str(
        (Q(pk__in=()) | Q(created_at__lt=NOON) | (Q(created_at=NOON) & Q(pk__gt=UUID(int=3))))
        & Q(created_at__lte=NOON)
    )
