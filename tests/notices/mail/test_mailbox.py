"""The mailbox of the demo: who was sent what, newest first, with links that can be followed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import NoReverseMatch, reverse
from tests.people.factories import AccountFactory, PersonFactory

from banso.notices.models import Message
from banso.notices.queries.mailbox import pieces

NOON = datetime(2027, 5, 31, 3, tzinfo=UTC)


def test_outside_demo_mode_there_is_no_mailbox():
    with pytest.raises(NoReverseMatch):
        reverse("notices:mailbox")


@pytest.mark.urls("tests.notices.mail.demo_urls")
def test_the_mailbox_lists_the_latest_first_and_finds_a_persons(client_for, post):
    aoi = AccountFactory(email="aoi@example.jp").person
    for number, to in enumerate(["aoi@example.jp", "ren@example.jp", "aoi@example.jp"]):
        post(to, subject=f"お知らせ{number}", at=NOON + timedelta(minutes=number))
    browser = client_for(PersonFactory())

    every = browser.get("/demo/mail/").text
    of_aoi = browser.get("/demo/mail/", {"q": aoi.family_name}).text

    assert subjects_in(every) == ["お知らせ2", "お知らせ1", "お知らせ0"]
    assert subjects_in(of_aoi) == ["お知らせ2", "お知らせ0"]


def subjects_in(text):
    return re.findall(r"お知らせ\d", text)


@pytest.mark.urls("tests.notices.mail.demo_urls")
def test_a_mail_is_shown_as_its_reader_finds_it_and_its_link_leads_to_this_server(
    client_for, post, settings
):
    post(text=f"<b>開く</b>：\n{settings.SITE_ADDRESS}/my/?a=1&b=2。\n", at=NOON)
    [message] = Message.objects.all()

    shown = client_for(PersonFactory()).get(f"/demo/mail/{message.pk}/").text

    assert "&lt;b&gt;開く&lt;/b&gt;" in shown
    assert 'href="/my/?a=1&amp;b=2"' in shown


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", []),
        ("見る：https://example.jp/a。", ["https://example.jp/a"]),
        ("(http://127.0.0.1:8000/my/)", ["/my/"]),
        ("http://127.0.0.1:8000", ["/"]),
        ("javascript:alert(1)", []),
    ],
)
def test_links_are_found_in_plain_text(settings, text, links):
    settings.SITE_ADDRESS = "http://127.0.0.1:8000"

    found = pieces(text)

    assert "".join(piece.shown for piece in found) == text
    assert [piece.address for piece in found if piece.address] == links
