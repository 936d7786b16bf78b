import threading
from http import HTTPStatus

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.people.factories import AccountFactory

from banso.people.accounts.throttling import (
    ACCOUNT_AND_CLIENT,
    PASSWORDS,
    TooManyTries,
    count,
)
from banso.people.models import SignIn, Tries

PASSWORD = "伴走 runs alongside"
HERE, ELSEWHERE = "192.0.2.1", "198.51.100.7"
LIMITED = HTTPStatus.TOO_MANY_REQUESTS


@pytest.fixture
def account(db):
    return AccountFactory(email="aoi@example.jp", password=make_password(PASSWORD))


def sign_in(browser, password, *, address="aoi@example.jp", client=HERE, prefix=""):
    return browser.post(
        f"{prefix}/accounts/login/",
        {"login": address, "password": password},
        REMOTE_ADDR=client,
    )


@pytest.mark.assurance("A-56")
def test_five_wrong_passwords_lock_this_client_and_no_other(account):
    wrong = [sign_in(Client(), "wrong").status_code for _ in range(6)]

    right_here = sign_in(Client(), PASSWORD)
    right_elsewhere = sign_in(Client(), PASSWORD, client=ELSEWHERE)

    assert wrong == [HTTPStatus.OK] * 5 + [LIMITED]
    assert right_here.status_code == LIMITED
    assert (right_elsewhere.status_code, right_elsewhere["Location"]) == (302, "/my/")


@pytest.mark.assurance("A-52")
def test_an_address_without_an_account_is_limited_alike(db):
    answers = [
        sign_in(Client(), "wrong", address="nobody@example.jp").status_code for _ in range(6)
    ]

    assert answers == [HTTPStatus.OK] * 5 + [LIMITED]
    assert not SignIn.objects.exists()


def test_a_known_device_gets_in_while_others_try_wrong_passwords_from_the_same_network(account):
    own = Client()
    sign_in(own, PASSWORD)
    own.post(reverse("account_logout"))
    for _ in range(6):
        sign_in(Client(), "wrong")

    response = sign_in(own, PASSWORD)

    assert response["Location"] == "/my/"


def test_a_known_device_gets_in_while_the_whole_world_tries(account):
    own = Client()
    sign_in(own, PASSWORD)
    own.post(reverse("account_logout"))
    for number in range(51):
        sign_in(Client(), "wrong", client=f"203.0.113.{number}")

    assert sign_in(Client(), PASSWORD, client=ELSEWHERE).status_code == LIMITED
    assert sign_in(own, PASSWORD)["Location"] == "/my/"


def test_a_forged_or_foreign_device_is_none_that_is_known(account):
    other = AccountFactory(email="ren@example.jp", password=make_password(PASSWORD))
    foreign, forged = Client(), Client()
    sign_in(foreign, PASSWORD, address=other.email)
    foreign.post(reverse("account_logout"))
    forged.cookies["device"] = foreign.cookies["device"].value[:-3] + "abc"
    for _ in range(5):
        sign_in(Client(), "wrong")

    answers = [sign_in(browser, PASSWORD).status_code for browser in (foreign, forged)]

    assert answers == [LIMITED, LIMITED]


def test_sixty_people_behind_one_address_get_in(db):
    hashed = make_password(PASSWORD)
    people = [AccountFactory(password=hashed) for _ in range(60)]

    answers = [sign_in(Client(), PASSWORD, address=one.email)["Location"] for one in people]

    assert answers == ["/my/"] * 60


def test_one_client_cannot_try_many_accounts(db):
    answers = [
        sign_in(Client(), "wrong", address=f"person-{number}@example.jp").status_code
        for number in range(101)
    ]

    assert answers == [HTTPStatus.OK] * 100 + [LIMITED]


def test_a_network_of_ipv6_is_one_client(account):
    answers = [
        sign_in(Client(), "wrong", client=f"2001:db8::{number}").status_code
        for number in range(1, 7)
    ]

    assert answers == [HTTPStatus.OK] * 5 + [LIMITED]


@pytest.mark.parametrize(
    ("prefix", "said"),
    [("", "パスワードの誤りが続きました"), ("/en", "Too many wrong passwords were entered")],
)
def test_the_page_says_what_happened_in_the_language_of_the_address(account, prefix, said):
    for _ in range(5):
        sign_in(Client(), "wrong")

    response = sign_in(Client(), PASSWORD, prefix=prefix)

    assert said in response.text
    assert 0 < int(response["Retry-After"]) <= 15 * 60


def test_a_limited_try_hashes_nothing(account, monkeypatch):
    for _ in range(5):
        sign_in(Client(), "wrong")
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.base_user.check_password", lambda *_, **__: hashed.append(1)
    )

    sign_in(Client(), PASSWORD)

    assert hashed == []


def test_a_limit_ends_after_its_time(account, clock, django_db_blocker):
    for _ in range(5):
        sign_in(Client(), "wrong")
    Tries.objects.all().update(began_at="2026-01-01T00:00:00Z")

    assert sign_in(Client(), PASSWORD)["Location"] == "/my/"


def test_what_was_refused_is_kept_for_its_person(account):
    for _ in range(6):
        sign_in(Client(), "wrong")

    assert [*SignIn.objects.order_by("at").values_list("outcome", "client")] == [
        *[("wrong-password", HERE)] * 5,
        ("too-many-tries", HERE),
    ]


@pytest.mark.django_db(transaction=True)
def test_parallel_tries_are_counted_one_by_one():
    begin, taken = threading.Barrier(8), []

    def attempt():
        begin.wait()
        for _ in range(2):
            try:
                count(PASSWORDS, (ACCOUNT_AND_CLIENT, ("aoi", HERE)))
                taken.append(1)
            except TooManyTries:
                pass
        connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == 5
