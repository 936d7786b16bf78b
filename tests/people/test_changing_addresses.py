"""The owner of an account changes its mail address; the former one can stop it."""

import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from tests.people.factories import AccountFactory

from banso.ledger.models import Entry
from banso.people.models import AddressChange, SignIn

PASSWORD = "伴走 runs alongside"
LINK = re.compile(r"http://testserver(/\S+)")
FIRST = datetime(2027, 4, 1, tzinfo=UTC)
OLD, NEW = "aoi@example.jp", "aoi@new.example.jp"


@pytest.fixture
def account(db):
    return AccountFactory(email=OLD, password=make_password(PASSWORD))


@pytest.fixture
def browser(account, client_for):
    return client_for(account.person)


def ask(browser, email=NEW):
    return browser.post(reverse("people:change_address"), {"email": email})


def link_to(mailoutbox, address):
    [latest, *_] = [one for one in reversed(mailoutbox) if one.to == [address]]
    return LINK.search(latest.body)[1]


def signs_in(email):
    answer = Client().post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return answer.status_code == HTTPStatus.FOUND


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
    assert OLD in shown
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


def test_the_present_address_stops_what_waits_without_signing_in(account, browser, mailoutbox):
    ask(browser)
    confirm, stop = link_to(mailoutbox, NEW), link_to(mailoutbox, OLD)
    visitor = Client()
    shown = visitor.get(stop).text

    answer = visitor.post(stop)

    account.refresh_from_db()
    assert NEW in shown
    assert answer["Location"] == reverse("people:address_stopped")
    assert "パスワードを再設定" in visitor.get(answer["Location"]).text
    assert account.email == OLD
    assert visitor.get("/my/").status_code == HTTPStatus.FOUND
    assert visitor.post(stop).status_code == HTTPStatus.GONE
    client = Client()
    client.force_login(account)
    assert client.post(confirm).status_code == HTTPStatus.GONE


def test_the_former_address_takes_back_what_a_thief_confirmed_and_changed_once_more(
    account, mailoutbox
):
    thief = Client()
    thief.post(reverse("account_login"), {"login": OLD, "password": PASSWORD})
    for address in (NEW, "thief@example.jp"):
        session = thief.session
        session["account_authentication_methods"].append(
            {"method": "mfa", "type": "totp", "at": 9_999_999_999}
        )
        session.save()
        ask(thief, address)
        thief.post(link_to(mailoutbox, address))
    account.refresh_from_db()
    taken = account.email

    Client().post(link_to(mailoutbox, OLD))

    account.refresh_from_db()
    assert (taken, account.email) == ("thief@example.jp", OLD)
    assert thief.get("/my/")["Location"].startswith("/accounts/login/")
    assert AddressChange.objects.filter(stopped_at=None).count() == 0
    assert Client().post(link_to(mailoutbox, NEW)).status_code == HTTPStatus.GONE
    assert SignIn.objects.filter(outcome="address-stopped", account=account).count() == 1


def test_a_change_is_not_stopped_after_two_weeks(account, browser, mailoutbox, clock):
    clock.set(FIRST)
    ask(browser)
    browser.post(link_to(mailoutbox, NEW))
    clock.set(FIRST + timedelta(days=14))

    late = Client().post(link_to(mailoutbox, OLD))

    account.refresh_from_db()
    assert late.status_code == HTTPStatus.GONE
    assert "期限は2027年4月15日" in late.text
    assert account.email == NEW


def test_a_former_address_that_another_account_has_is_not_given_back(account, browser, mailoutbox):
    ask(browser)
    browser.post(link_to(mailoutbox, NEW))
    AccountFactory(email=OLD)

    answer = Client().post(link_to(mailoutbox, OLD))

    account.refresh_from_db()
    assert "別のアカウントで使われている" in answer.text
    assert account.email == NEW


def test_the_owner_sees_what_waits_and_withdraws_it(account, browser, mailoutbox):
    ask(browser)
    change = AddressChange.objects.get()
    page = browser.get(reverse("people:sign_ins")).text

    browser.post(reverse("people:withdraw_address", args=[change.pk]))

    assert "確認待ちの新しいメールアドレス" in page
    assert "確認待ちの新しい" not in browser.get(reverse("people:sign_ins")).text
    assert browser.post(link_to(mailoutbox, NEW)).status_code == HTTPStatus.GONE


def test_nobody_withdraws_anothers_and_what_was_confirmed_is_not_withdrawn(
    account, browser, client_for, mailoutbox
):
    ask(browser)
    address = reverse("people:withdraw_address", args=[AddressChange.objects.get().pk])
    other = client_for(AccountFactory().person).post(address)
    browser.post(link_to(mailoutbox, NEW))

    late = browser.post(address)

    account.refresh_from_db()
    assert other.status_code == HTTPStatus.NOT_FOUND
    assert late.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "に済んでいます" in late.text
    assert account.email == NEW


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
