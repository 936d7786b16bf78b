from http import HTTPStatus

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from tests.people.factories import AccountFactory

PASSWORD = "伴走 runs alongside"


@pytest.fixture
def account(db):
    return AccountFactory(email="aoi@example.jp", password=make_password(PASSWORD))


def test_a_person_signs_in_with_address_and_password(account):
    browser = Client()

    response = browser.post(
        reverse("account_login"), {"login": "Aoi@Example.jp", "password": PASSWORD}
    )

    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, "/my/")
    assert browser.get("/my/").status_code == HTTPStatus.OK


@pytest.mark.parametrize("address", ["aoi@example.jp", "nobody@example.jp"])
@pytest.mark.assurance("A-52")
def test_known_and_unknown_accounts_are_answered_alike(account, address):
    response = Client().post(reverse("account_login"), {"login": address, "password": "wrong"})

    text = response.text.replace(address, "…")
    assert response.status_code == HTTPStatus.OK
    assert "正しくありません" in text


def test_the_way_to_sign_up_is_our_own(db):
    response = Client().get(reverse("account_signup"))

    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, "/accounts/new/")


@pytest.mark.assurance("A-58")
def test_signing_in_and_out_needs_the_forms_own_token(account):
    browser = Client(enforce_csrf_checks=True)

    answers = [
        browser.post(reverse(name)).status_code for name in ("account_login", "account_logout")
    ]

    assert answers == [HTTPStatus.FORBIDDEN, HTTPStatus.FORBIDDEN]


@pytest.mark.assurance("A-53")
def test_signing_in_changes_the_sessions_key(account):
    browser = Client()
    session = browser.session
    session["before"] = "sign-in"
    session.save()
    before = session.session_key

    browser.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})

    assert browser.session.session_key != before
