"""One kind of list: pages by key, filters, order, columns, files, acts on many."""

from contextlib import closing
from dataclasses import replace
from http import HTTPStatus
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.http import Http404
from django.utils.translation import override
from tests.web.lists.documents import DAYS, DOCUMENTS, NOON, document, follow, titles

from banso.catalogue.models import Document
from banso.web.lists.answering import answer_list, list_file
from banso.web.lists.columns import Bilingual, Column, Kind
from banso.web.lists.keyset import Order


@pytest.mark.django_db
def test_filter_words_order_and_columns_are_kept_from_page_to_page(rf):
    for number in range(5):
        document(f"海{number}", kb=7, dated_on=DAYS[1])
    document("空", kb=7)
    document("海9", kb=8)

    page = follow(rf, "?q=海&kb=7&sort=-title&columns=kb")

    kept = {"q": ["海"], "kb": ["7"], "sort": ["-title"], "columns": ["kb"]}
    following = parse_qs(urlsplit(page.next).query)
    assert {name: following[name] for name in kept} == kept
    assert titles(page) == ["海4", "海3", "海2"]
    assert [column.name for column in page.asked.columns] == ["title", "kb"]
    assert titles(follow(rf, page.next)) == ["海1", "海0"]


@pytest.mark.django_db
def test_a_filter_that_cannot_be_understood_shows_nothing_and_says_so(rf):
    document("x", kb=7)

    page = follow(rf, "?kb=many")

    assert (titles(page), bool(page.asked.form.errors)) == ([], True)


@pytest.mark.django_db
def test_headings_sort_and_turn_round(rf):
    page = follow(rf, "?sort=kb")

    assert [(heading.column.name, heading.order, heading.sort) for heading in page.headings] == [
        ("title", "none", "?sort=title"),
        ("dated_on", "none", "?sort=dated_on"),
        ("kb", "ascending", "?sort=-kb"),
    ]


@pytest.mark.django_db
def test_a_file_has_every_row_and_exactly_the_columns_that_are_shown(rf):
    for number in range(5):
        document(f"海{number}", kb=7, dated_on=DAYS[1])
    document("空", kb=8)

    response = list_file(
        rf.get("/?kb=7&sort=title&columns=kb&after=WzEsMV0"),
        DOCUMENTS,
        Document.objects.all(),
        form="csv",
        at=NOON,
    )

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines == ["title,kb", *(f"海{number},7" for number in range(5))]
    assert response["Content-Disposition"] == 'attachment; filename="documents.csv"'


@pytest.mark.django_db
def test_a_format_that_does_not_exist_is_no_file(rf):
    with pytest.raises(Http404):
        list_file(rf.get("/"), DOCUMENTS, Document.objects.all(), form="exe", at=NOON)


@pytest.mark.django_db
def test_the_page_of_a_list_shows_cells_by_their_kind(rf, frame):
    document("探査機", kb=12_345, dated_on=DAYS[1])
    request = rf.get("/", {"columns": ["dated_on", "kb"]})

    response = answer_list(
        request,
        DOCUMENTS,
        Document.objects.all(),
        template="web/list.html",
        audience="",
        at=NOON,
    )

    with closing(response):
        text = response.content.decode()
    assert response.status_code == HTTPStatus.OK
    assert all(words in text for words in ("探査機", "12,345", "2026年1月1日", "1件"))


@pytest.mark.django_db
def test_text_in_another_language_is_marked_and_a_sample_is_named_one(rf, frame):
    document("海")
    listing = replace(
        DOCUMENTS,
        columns=(
            Column(
                "title",
                "Title",
                lambda row: Bilingual(row.title_ja, row.title_en),
                Kind.BILINGUAL,
                is_heading=True,
            ),
        ),
        is_sample=lambda row: row.title_ja == "海",
    )
    Document.objects.update(title_en="")

    def shown(query):
        with override("en"):
            return answer_list(
                rf.get("/", query),
                listing,
                Document.objects.all(),
                template="web/list.html",
                audience="",
                at=NOON,
            )

    text = shown({}).content.decode()
    file = shown({"format": "csv"}).content.decode("utf-8-sig")

    assert '<span lang="ja">海</span>' in text
    assert "Sample" in text
    assert file.split() == ["title", "海"]


@pytest.mark.django_db
def test_what_no_table_holds_is_gathered_for_all_rows_at_once(rf, frame, monkeypatch):
    monkeypatch.setattr("banso.web.lists.answering.ROWS_AT_ONCE", 2)
    for number in range(5):
        document(f"{number}")
    asked = []

    def gather(rows):
        asked.append(len(rows))
        return [SimpleNamespace(pk=row.pk, title_ja=row.title_ja, said="はい") for row in rows]

    listing = replace(DOCUMENTS, columns=(Column("said", "Said", lambda row: row.said),))

    def shown(query):
        return answer_list(
            rf.get("/", query),
            listing,
            Document.objects.all(),
            template="web/list.html",
            audience="",
            at=NOON,
            gather=gather,
        )

    text = shown({}).content.decode()
    file = shown({"format": "csv"}).content.decode("utf-8-sig")

    assert text.count("はい") == 3
    assert file.split() == ["said", *["はい"] * 5]
    assert asked == [3, 2, 2, 1]


@pytest.mark.parametrize(
    ("field", "is_filled"),
    [("title_ja", True), ("dated_on", False), ("pk", True), ("counted_by_the_query", False)],
)
def test_a_field_is_never_empty_where_its_table_says_so(field, is_filled):
    assert (field in Order((field,)).over(Document).filled) is is_filled


@pytest.mark.django_db
def test_a_whole_file_has_every_column_unless_some_were_chosen(rf):
    document("海")

    def heads(query):
        response = list_file(
            rf.get("/", query),
            DOCUMENTS,
            Document.objects.all(),
            form="csv",
            at=NOON,
            is_whole=True,
        )
        return response.content.decode("utf-8-sig").splitlines()[0]

    assert heads({}) == "title,dated_on,kb,by"
    assert heads({"columns": "kb"}) == "title,kb"


def test_a_post_that_names_no_act_of_the_list_finds_nothing(rf):
    request = rf.post("/", {"act": "delete", "chosen": [str(UUID(int=1))]})
    request.actor = SimpleNamespace()

    with pytest.raises(Http404):
        answer_list(request, DOCUMENTS, None, template="web/list.html", audience="", at=NOON)
