import time
from http import HTTPStatus
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from tests.people.factories import AccountFactory

PASSWORD = "伴走 runs alongside"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def account(db):
    return AccountFactory(password=make_password(PASSWORD))


def content():
    return reverse("protected:content", args=[uuid4()])


def grow_old(browser, minutes):
    session = browser.session
    session["account_authentication_methods"][0]["at"] = time.time() - minutes * 60
    session.save()


@pytest.mark.assurance("A-50")
@pytest.mark.parametrize("method", ["get", "post"])
def test_content_is_opened_only_by_who_showed_a_factor_lately(account, client_for, method):
    TOTP.activate(account, SECRET)
    browser = client_for(account.person)
    address = content()
    grow_old(browser, 14)
    young = getattr(browser, method)(address)
    grow_old(browser, 16)

    old = getattr(browser, method)(address)

    assert young.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.FOUND}
    assert "again" not in young.get("Location", "")
    assert old["Location"].startswith("/accounts/factors/again/?next=%2Fmy%2Freceived%2F")


@pytest.mark.assurance("A-50")
def test_a_passkey_is_asked_for_where_there_is_one(account, client_for):
    TOTP.activate(account, SECRET)
    Authenticator.objects.create(user=account, type="webauthn", data={"name": "鍵"})
    browser = client_for(account.person)
    grow_old(browser, 16)

    response = browser.post(content())

    assert response["Location"].startswith("/accounts/factors/passkeys/again/")


def test_who_has_no_factor_sets_one_up_before_content_is_shown(account, client_for):
    browser = client_for(account.person)
    grow_old(browser, 16)

    response = browser.post(content())

    assert response["Location"].startswith("/my/sign-in/second-factor/?next=")


def test_a_room_waits_for_a_factor_but_joining_and_leaving_do_not(account, client_for):
    browser = client_for(account.person)
    session = browser.session
    del session["account_authentication_methods"]
    session.save()
    council = uuid4()

    room = browser.get(reverse("councils:room", args=[council]))
    free = [
        browser.get(reverse(name, args=[council])).status_code
        for name in ("councils:invitation", "councils:leave", "councils:representation")
    ]

    assert room["Location"].startswith("/my/sign-in/second-factor/")
    assert free == [HTTPStatus.NOT_FOUND] * 3


def test_a_demo_factor_counts_in_demo_mode_alone(account, client_for, settings):
    browser = client_for(account.person)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "demo", "at": 0}]
    session.save()
    answers = {}
    for is_demo in (False, True):
        settings.IS_DEMO = is_demo
        answers[is_demo] = browser.get(content()).get("Location", "")

    assert answers[False].startswith("/my/sign-in/second-factor/")
    assert "second-factor" not in answers[True]
