"""The gallery shows every component, in both languages, as pages use it."""

import re

import pytest
from django.utils.translation import override

from banso.web import views


@pytest.fixture
def gallery(rf):
    def show(language, query=""):
        with override(language):
            return views.gallery(rf.get(f"/gallery/{query}")).text

    return show


@pytest.mark.convention("D11")
@pytest.mark.convention("A4")
@pytest.mark.parametrize(
    ("language", "heading"), [("ja", "部品一覧"), ("en", "Component gallery")]
)
def test_the_gallery_speaks_both_languages(gallery, language, heading):
    html = gallery(language)

    assert f'<html lang="{language}"' in html
    assert re.search(rf"<title>{heading} \| ", html)
    assert re.findall(r"<h1[^>]*>([^<]*)</h1>", html) == [heading]


@pytest.mark.convention("A4")
def test_passages_in_the_other_language_say_so(gallery):
    english, japanese = gallery("en"), gallery("ja")

    assert '<span lang="ja">日本語だけの題</span>' in english
    assert "(in Japanese only)" in english
    assert '<span lang="en">A title in English only</span>' in japanese
    assert "（英語のみ）" in japanese
    assert "<p>日本語だけの題</p>" in re.sub(r">\s+|\s+<", lambda m: m[0].strip(), japanese)


@pytest.mark.convention("A4")
@pytest.mark.convention("P3")
@pytest.mark.parametrize(("language", "prefix"), [("ja", "エラー："), ("en", "Error: ")])
def test_a_page_with_errors_says_so_in_its_title(gallery, language, prefix):
    assert f"<title>{prefix}" in gallery(language, "?errors")
    assert f"<title>{prefix}" not in gallery(language)


@pytest.mark.convention("A2")
def test_help_stands_in_the_same_place(gallery):
    footer = gallery("en").partition("<footer")[2]

    assert re.search(r'<a class="site-footer__link" href="([^"]+)"', footer)[1] == "/en/help/"


@pytest.mark.convention("J10")
def test_english_pages_say_which_text_prevails(gallery):
    sentence = "the Japanese text prevails"

    assert sentence in gallery("en")
    assert sentence not in gallery("ja")


def test_every_id_is_used_once_and_every_reference_is_there(gallery):
    html = gallery("ja", "?errors")
    ids = re.findall(r'\sid="([^"]+)"', html)
    referred = re.findall(r'\s(?:for|aria-labelledby|aria-describedby)="([^"]+)"', html)

    assert sorted(ids) == sorted(set(ids))
    assert {name for names in referred for name in names.split()} <= set(ids)


@pytest.mark.convention("D7")
def test_a_table_has_a_caption_scopes_and_its_order(gallery):
    html = gallery("en")
    [table] = re.findall(r'<table class="dads-table" id="concepts".*?</table>', html, re.DOTALL)

    assert "<caption" in table
    assert table.count('scope="col"') == 4
    assert table.count('scope="row"') == 3
    assert re.findall(r'aria-sort="(\w+)"', table) == ["ascending", "none"]


def test_visitors_see_no_band_and_no_name(gallery):
    html = gallery("en")

    assert "data-restricted" not in html
    assert "Who can see this screen" not in html
    assert "Sign in" in html


@pytest.mark.convention("N3")
def test_a_restricted_room_has_a_band_in_words_and_another_header(gallery, frame):
    frame.person_name, frame.restricted = "Hanako YAMADA", True
    frame.audience = "Those who accepted the item"
    frame.my_menu = [("Proposals", "/my/proposals/", False)]

    html = gallery("en")

    assert '<body class="site" data-restricted>' in html
    assert "<strong>Who can see this screen:</strong> Those who accepted the item" in html
    assert "<strong>Hanako YAMADA – Those who accepted the item</strong>" in html
    assert 'href="/my/proposals/"' in html


def test_a_demonstration_says_so_on_every_page(gallery, frame):
    assert 'href="/demo/"' in gallery("ja")

    frame.is_demo = False

    assert "demo-band" not in gallery("ja")


def test_nothing_in_a_public_page_belongs_to_one_visitor(gallery):
    html = gallery("ja")

    assert "csrfmiddlewaretoken" not in html
    assert "idempotency_key" not in html
