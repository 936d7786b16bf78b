"""The former address, or the owner, stops a change."""

from datetime import timedelta
from http import HTTPStatus

from django.test import Client
from django.urls import reverse
from tests.people.addresses.asking import FIRST, NEW, OLD, PASSWORD, ask, link_to
from tests.people.factories import AccountFactory

from banso.people.models import AddressChange, SignIn


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
