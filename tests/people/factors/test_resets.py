from http import HTTPStatus

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.urls import reverse
from tests.people.factories import AccountFactory, AppointmentFactory, OrganisationFactory

from banso.ledger.models import Entry
from banso.people.models import FactorReset, SignIn

PASSWORD = "伴走 runs alongside"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REASON = "スマートフォンの紛失。電話により本人確認済み。"


@pytest.fixture
def agency(db):
    return OrganisationFactory(kind="funding-agency")


@pytest.fixture
def officers(agency):
    return [
        AppointmentFactory(role="agency-officer", organisation=agency).person for _ in range(2)
    ]


@pytest.fixture
def reviewer(agency):
    person = AppointmentFactory(role="reviewer", organisation=agency).person
    account = AccountFactory(person=person, email="reviewer@example.jp")
    account.set_password(PASSWORD)
    account.save()
    TOTP.activate(account, SECRET)
    return account


def ask(browser, email="reviewer@example.jp"):
    return browser.post(reverse("people:resets"), {"email": email, "reason": REASON})


def test_one_officer_asks_another_confirms_and_the_person_is_told_both_times(
    officers, reviewer, client_for, mailoutbox
):
    first, second = (client_for(one) for one in officers)
    session = client_for(reviewer.person)
    UserSession.objects.create(
        user=reviewer, session_key=session.session.session_key, ip="192.0.2.1"
    )
    ask(first)
    reset = FactorReset.objects.get()
    confirm = reverse("people:confirm_reset", args=[reset.pk])
    alone = first.post(confirm)
    kept = Authenticator.objects.exists()

    second.post(confirm)

    assert "依頼した本人は確認できません" in alone.text
    assert kept
    assert not Authenticator.objects.exists()
    assert session.get("/my/").status_code == HTTPStatus.FOUND
    assert [letter.to for letter in mailoutbox] == [["reviewer@example.jp"]] * 2
    assert SignIn.objects.filter(account=reviewer, outcome="factors-reset").count() == 1
    assert [*Entry.objects.order_by("number").values_list("act", "clause")] == [
        ("people.ask_factor_reset", "O5"),
        ("people.confirm_factor_reset", "O5"),
    ]


def test_the_second_officer_finds_it_among_what_waits(officers, reviewer, client_for):
    ask(client_for(officers[0]))

    pages = [client_for(one).get("/my/").text for one in officers]

    assert ["二要素認証の初期化の確認" in page for page in pages] == [False, True]


def test_a_withdrawn_reset_changes_nothing(officers, reviewer, client_for):
    first, second = (client_for(one) for one in officers)
    ask(first)
    reset = FactorReset.objects.get()

    first.post(reverse("people:withdraw_reset", args=[reset.pk]))
    late = second.post(reverse("people:confirm_reset", args=[reset.pk]))

    assert "既に確認又は取下げが済んでいます" in late.text
    assert Authenticator.objects.exists()


@pytest.mark.parametrize("who", ["other-agency", "stranger", "the-person"])
def test_nobody_else_asks(agency, reviewer, client_for, who):
    person = {
        "other-agency": lambda: AppointmentFactory(role="agency-officer").person,
        "stranger": lambda: AccountFactory().person,
        "the-person": lambda: reviewer.person,
    }[who]()

    answer = ask(client_for(person))

    assert answer.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY}
    assert not FactorReset.objects.exists()


def test_an_officer_does_not_reset_their_own(agency, officers, client_for):
    account = AccountFactory(person=officers[0], email="own@example.jp")
    TOTP.activate(account, SECRET)

    answer = ask(client_for(officers[0]), "own@example.jp")

    assert "ご自身の二要素認証は初期化できません" in answer.text
    assert not FactorReset.objects.exists()


def test_an_address_of_another_body_is_told_like_one_that_nobody_has(officers, client_for):
    AccountFactory(email="elsewhere@example.jp")
    browser = client_for(officers[0])

    said = {
        "自機関の人はいません" in ask(browser, address).text
        for address in ("elsewhere@example.jp", "nobody@example.jp")
    }

    assert said == {True}
