"""The owner of an account changes its mail address."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from tests.people.addresses.asking import FIRST, NEW, OLD, PASSWORD, ask, link_to, signs_in
from tests.people.factories import AccountFactory

from banso.ledger.models import Entry
from banso.people.models import AddressChange


def test_the_address_changes_once_the_owner_opens_the_link_sent_there(
    account, browser, mailoutbox
):
    asked = ask(browser)
    before = (signs_in(OLD), signs_in(NEW))
    link = link_to(mailoutbox, NEW)
    shown = browser.get(link).text

    browser.post(link)

    account.refresh_from_db()
    assert asked["Location"] == reverse("people:sign_ins")
    assert (before, (signs_in(OLD), signs_in(NEW))) == ((True, False), (False, True))
    assert (OLD in shown, "このアドレスに変更する" in shown) == (True, True)
    assert account.email == NEW
    assert [(one.to, one.subject) for one in mailoutbox[:2]] == [
        ([NEW], "新しいメールアドレスの確認"),
        ([OLD], "メールアドレスの変更の申込みのお知らせ"),
    ]
    assert [*Entry.objects.order_by("number").values_list("act", "clause", "is_sealed")] == [
        ("people.ask_address_change", "O6", True),
        ("people.confirm_address_change", "O6", True),
    ]
    assert browser.get("/my/").status_code == HTTPStatus.OK


def test_a_reset_of_the_password_goes_to_the_new_address_alone(account, browser, mailoutbox):
    signs_in(OLD)
    ask(browser)
    browser.post(link_to(mailoutbox, NEW))
    mailoutbox.clear()

    for address in (OLD, NEW):
        Client().post(reverse("account_reset_password"), {"email": address})

    assert [(one.to, one.subject) for one in mailoutbox] == [
        ([OLD], "このメールアドレスのアカウントはありません"),
        ([NEW], "パスワードの再設定"),
    ]
    assert not EmailAddress.objects.exists()


def test_the_letter_to_the_new_address_does_not_name_the_present_one(browser, mailoutbox):
    ask(browser)

    [letter] = [one for one in mailoutbox if one.to == [NEW]]
    assert OLD not in letter.body


def test_a_link_works_once(account, browser, mailoutbox):
    ask(browser)
    link = link_to(mailoutbox, NEW)
    browser.post(link)

    again = browser.post(link)

    assert again.status_code == HTTPStatus.GONE
    assert "に済んでいます" in again.text
    assert Entry.objects.filter(act="people.confirm_address_change").count() == 1


def test_a_link_ends_after_three_days(account, browser, mailoutbox, clock):
    clock.set(FIRST)
    ask(browser)
    clock.set(FIRST + timedelta(days=3))

    late = browser.post(link_to(mailoutbox, NEW))

    account.refresh_from_db()
    assert late.status_code == HTTPStatus.GONE
    assert "リンクの有効期限は2027年4月4日" in late.text
    assert account.email == OLD


def test_whoever_reads_a_mistyped_address_does_not_get_the_account(
    account, browser, client_for, mailoutbox
):
    ask(browser)
    link = link_to(mailoutbox, NEW)
    stranger = client_for(AccountFactory().person)

    answers = [Client().post(link), stranger.get(link), stranger.post(link)]

    account.refresh_from_db()
    assert [one.status_code for one in answers] == [
        HTTPStatus.FOUND,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.NOT_FOUND,
    ]
    assert answers[0]["Location"].startswith("/accounts/login/?next=")
    assert account.email == OLD


@pytest.mark.assurance("A-52")
def test_an_address_that_another_account_has_is_answered_alike(account, client_for, mailoutbox):
    AccountFactory(email="known@example.jp", password=make_password(PASSWORD))
    pages = {}
    for address in ("known@example.jp", "fresh@example.jp"):
        browser = client_for(AccountFactory().person)
        answer = ask(browser, address)
        page = browser.get(answer["Location"]).text
        pages[address] = (answer.status_code, answer["Location"], address in page)

    to_asked = [(one.to, one.subject) for one in mailoutbox if not one.to[0].startswith("person")]
    assert len(set(pages.values())) == 1
    assert to_asked == [
        (["known@example.jp"], "アカウントは既にあります"),
        (["fresh@example.jp"], "新しいメールアドレスの確認"),
    ]
    assert "http" not in mailoutbox[0].body


def test_an_address_that_somebody_took_meanwhile_is_refused(account, browser, mailoutbox):
    ask(browser)
    AccountFactory(email=NEW.upper())

    answer = browser.post(link_to(mailoutbox, NEW))

    account.refresh_from_db()
    assert answer.status_code == HTTPStatus.GONE
    assert "このアドレスのアカウントが既に作成された" in answer.text
    assert account.email == OLD


def test_ones_own_address_is_no_change(browser, mailoutbox):
    answer = ask(browser, OLD.upper())

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "現在のアドレスと同じです" in answer.text
    assert mailoutbox == []
    assert not AddressChange.objects.exists()


def test_asking_again_ends_the_earlier_link(account, browser, mailoutbox):
    ask(browser, "mistyped@example.jp")
    ask(browser)

    earlier = browser.post(link_to(mailoutbox, "mistyped@example.jp"))
    browser.post(link_to(mailoutbox, NEW))

    account.refresh_from_db()
    assert earlier.status_code == HTTPStatus.GONE
    assert account.email == NEW


@pytest.mark.parametrize("purpose", ["confirm", "stop"])
def test_a_link_for_one_purpose_does_not_serve_the_other(account, browser, mailoutbox, purpose):
    ask(browser)
    tokens = {
        "stop": link_to(mailoutbox, NEW).split("/")[-2],
        "confirm": link_to(mailoutbox, OLD).split("/")[-2],
    }

    answer = browser.post(reverse(f"people:{purpose}_address", args=[tokens[purpose]]))

    account.refresh_from_db()
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert account.email == OLD


@pytest.mark.assurance("A-50")
def test_a_second_factor_is_asked_for_first(account, mailoutbox):
    browser = Client()
    browser.post(reverse("account_login"), {"login": OLD, "password": PASSWORD})

    answer = ask(browser)

    assert answer["Location"].startswith("/my/sign-in/second-factor/?next=")
    assert not AddressChange.objects.exists()
    assert mailoutbox == []


def test_letters_name_the_sites_own_address_where_it_is_given(browser, mailoutbox, settings):
    settings.GIVEN_ADDRESS = "https://banso.example.jp"

    ask(browser)
    Client().post(reverse("people:sign_up"), {"email": "new@example.jp"})
    Client().post(reverse("account_reset_password"), {"email": OLD})

    links = re.findall(r"https?://[^/\s]+", "".join(one.body for one in mailoutbox))
    assert links == ["https://banso.example.jp"] * 4
