"""One of many is chosen by a few words, without losing what else was entered."""

from http import HTTPStatus

import pytest
from django import forms
from tests.catalogue.factories import DocumentFactory

from banso.catalogue.models import Document
from banso.web.answering import answer, sent
from banso.web.choosing import MOST_MATCHES, SearchedField
from banso.web.forms import ActForm

pytestmark = pytest.mark.django_db


class ChoosingForm(ActForm):
    document = SearchedField(label="Document", words_label="Title")
    note = forms.CharField()

    def __init__(self, *args):
        super().__init__(*args)
        self.fields["document"].offer(
            Document.objects.order_by("title_ja"),
            search=lambda rows, words: rows.filter(title_ja__contains=words),
            label=lambda row: row.title_ja,
        )


def answered(rf, **entered):
    taken = []
    request = rf.post("/", entered)
    found = answer(request, ChoosingForm(sent(request)), lambda **facts: taken.append(facts))
    return found, taken


def test_where_there_are_few_all_are_offered_without_a_search(rf):
    DocumentFactory(title_ja="海")
    DocumentFactory(title_ja="空")

    html = str(ChoosingForm()["document"])

    assert ("海" in html, "空" in html) == (True, True)


def test_where_there_are_many_words_find_them(rf):
    DocumentFactory.create_batch(MOST_MATCHES + 1)
    DocumentFactory(title_ja="探す文書")

    before = str(ChoosingForm()["document"])
    found, taken = answered(rf, document_words="探す", search="document", note="typed")

    assert "探す文書" not in before
    assert (found.status, found.is_done, taken) == (HTTPStatus.UNPROCESSABLE_ENTITY, False, [])
    assert found.shown["has_errors"] is False
    assert "探す文書" in str(found.form["document"])
    assert found.form["note"].value() == "typed"
    assert found.form.errors == {}


def test_what_was_chosen_is_taken_and_stays_chosen_while_something_else_is_put_right(rf):
    chosen = DocumentFactory(title_ja="選ぶ文書")

    done, taken = answered(rf, document=str(chosen.pk), note="x")
    again, none_taken = answered(rf, document=str(chosen.pk), document_words="別", note="")

    assert (done.is_done, taken) == (True, [{"document": chosen, "note": "x"}])
    assert (again.is_refused, none_taken, set(again.form.errors)) == (True, [], {"note"})
    assert "選ぶ文書" in str(again.form["document"])


@pytest.mark.parametrize(
    ("key", "code"),
    [
        pytest.param("", "required", id="nothing"),
        pytest.param("not-a-key", "invalid_choice", id="no-key"),
        pytest.param("00000000-0000-4000-8000-000000000007", "invalid_choice", id="nobody"),
    ],
)
def test_what_is_not_on_offer_is_not_taken(rf, key, code):
    DocumentFactory()

    found, taken = answered(rf, document=key, note="x")

    assert [error.code for error in found.form.errors["document"].as_data()] == [code]
    assert taken == []
