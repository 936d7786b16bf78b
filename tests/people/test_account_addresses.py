"""Every address of accounts, for a visitor, by GET and with somebody else's ids."""

from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from tests.people.factories import AccountFactory

from banso.people.models import Account, Device
from banso.site.surface import audiences, routed, surface_of
from banso.web.addresses import Surface

OWN = ("accounts/", "my/sign-in/", "my/second-factors/", "my/invitations/", "my/affiliations/")


def of_accounts():
    return {name: p for name, p in routed() if str(p.pattern).startswith(OWN)}


def sample(pattern):
    kinds = {"UUIDConverter": "00000000-0000-0000-0000-000000000007", "IntConverter": 7}
    converters = pattern.pattern.converters
    return {name: kinds.get(type(one).__name__, "none") for name, one in converters.items()}


@pytest.fixture
def account(db):
    return AccountFactory(password=make_password("伴走 runs alongside"))


def test_there_are_addresses_to_look_at():
    assert len(of_accounts()) > 45


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_reaches_only_the_way_in(db, method):
    answers = {}
    for name, pattern in of_accounts().items():
        if surface_of(name) is Surface.SIGNED_IN:
            response = getattr(Client(), method)(reverse(name, kwargs=sample(pattern)))
            answers[name] = response.get("Location", "").split("?")[0]

    assert set(answers.values()) == {"/accounts/login/"}


@pytest.mark.assurance("A-58")
def test_no_address_of_accounts_takes_a_form_without_its_token(account):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account)

    answers = {
        name: browser.post(reverse(name, kwargs=sample(pattern))).status_code
        for name, pattern in of_accounts().items()
    }

    assert set(answers.values()) == {HTTPStatus.FORBIDDEN}


@pytest.mark.assurance("A-53")
def test_reading_changes_nothing_of_an_account(account, client_for):
    browser = client_for(account.person)
    TOTP.activate(account, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")

    def state():
        return (
            [*Account.objects.values()],
            [*Authenticator.objects.values("user", "type")],
            UserSession.objects.count(),
            Device.objects.count(),
        )

    before = state()
    for name, pattern in of_accounts().items():
        browser.get(reverse(name, kwargs=sample(pattern)))

    assert state() == before
    assert browser.get("/my/").status_code == HTTPStatus.OK


@pytest.mark.assurance("A-51")
def test_no_address_takes_an_id_of_somebody_else(account, client_for):
    other = AccountFactory(password=make_password("伴走 runs alongside"))
    passkey = Authenticator.objects.create(user=account, type="webauthn", data={"name": "鍵"})
    browser = client_for(other.person)
    entered = {"user": account.pk, "user_id": account.pk, "account": account.pk, "code": "0"}

    for name, pattern in of_accounts().items():
        values = sample(pattern) | ({"pk": passkey.pk} if "pk" in sample(pattern) else {})
        if name != "account_logout":
            browser.post(reverse(name, kwargs=values), entered)

    passkey.refresh_from_db()
    account.refresh_from_db()
    assert passkey.data == {"name": "鍵"}
    assert account.check_password("伴走 runs alongside")
    assert Authenticator.objects.count() == 1


def test_every_address_of_accounts_is_classified():
    assert set(of_accounts()) <= set(audiences())
