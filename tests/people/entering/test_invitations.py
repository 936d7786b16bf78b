import threading
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.people.entering.letters import WHO, invite, link_in
from tests.people.factories import AccountFactory, AppointmentFactory, OrganisationFactory

from banso.ledger.models import Entry
from banso.people.accounts.links import invitation_token
from banso.people.models import (
    Account,
    Affiliation,
    AffiliationClaim,
    Appointment,
    Invitation,
    Person,
)

PASSWORD = "伴走 runs alongside"


def invited(agency, clock_at, **facts):
    return Invitation.objects.create(
        email="yoshino@example.jp",
        purpose="reviewer",
        organisation=agency,
        invited_by=Person.objects.first().pk,
        invited_at=clock_at,
        ends_at=clock_at + timedelta(days=14),
        **facts,
    )


def came_in():
    return (Account.objects.count(), Appointment.objects.count(), Affiliation.objects.count())


def test_a_reviewer_comes_in_by_the_letter_and_is_appointed(
    agency, officer, client_for, mailoutbox
):
    invite(client_for(officer), agency, "yoshino@example.jp, 高崎, 吉乃")
    browser = Client()
    path = link_in(mailoutbox[0])
    form = browser.get(path)

    response = browser.post(path, WHO)

    account = Account.objects.get(email="yoshino@example.jp")
    appointment = Appointment.objects.get(person=account.person)
    assert mailoutbox[0].to == ["yoshino@example.jp"]
    assert "見本機構" in form.text
    assert 'value="高崎"' in form.text
    assert response["Location"] == "/accounts/password/set/?next=/my/"
    assert (account.person.name_ja, account.person.language) == ("髙﨑 𠮷乃", "en")
    assert (appointment.role, appointment.organisation) == ("reviewer", agency)
    assert [*Entry.objects.order_by("number").values_list("act", "actor_id", "clause")] == [
        ("people.invite_people", officer.pk, "O4"),
        ("people.enter_by_invitation", account.person_id, "O4"),
    ]


def test_who_came_in_sets_a_password_and_is_at_the_start_page(
    agency, officer, client_for, mailoutbox
):
    invite(client_for(officer), agency, "yoshino@example.jp")
    browser = Client()
    browser.post(link_in(mailoutbox[0]), WHO)

    response = browser.post(
        "/accounts/password/set/",
        {"password1": PASSWORD, "password2": PASSWORD, "next": "/my/"},
        follow=True,
    )

    assert response.redirect_chain == [("/my/", HTTPStatus.FOUND)]
    assert "髙﨑 𠮷乃" in response.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"accepted_at": True}, "受諾されました", id="used"),
        pytest.param({"withdrawn_at": True}, "取り消されました", id="withdrawn"),
        pytest.param({"ends_at": True}, "リンクの有効期限は", id="expired"),
        pytest.param({"letter": 2}, "最新のメールに記載のリンク", id="replaced"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_no_longer_works_says_why_and_changes_nothing(
    agency, officer, change, said, method
):
    at = timezone.now()
    invitation = invited(agency, at)
    token = invitation_token(invitation)
    values = {name: at if value is True else value for name, value in change.items()}
    Invitation.objects.filter(pk=invitation.pk).update(**values)
    before = came_in()

    page = getattr(Client(), method)(reverse("people:invitation", args=[token]), WHO)

    assert page.status_code == HTTPStatus.GONE
    assert said in page.text
    assert came_in() == before


@pytest.mark.parametrize("token", ["forged", "WyJhIiwxXQ:1abc:xyz", "a" * 300])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_leads_nowhere(agency, officer, token, method):
    before = came_in()

    page = getattr(Client(), method)(f"/accounts/invitation/{token}/", WHO)

    assert page.status_code == HTTPStatus.NOT_FOUND
    assert "無効なリンクです" in page.text
    assert came_in() == before


def test_a_link_is_used_once(agency, officer, client_for, mailoutbox):
    invite(client_for(officer), agency, "yoshino@example.jp")
    path = link_in(mailoutbox[0])
    Client().post(path, WHO)
    before = came_in()

    page = Client().post(path, WHO)

    assert page.status_code == HTTPStatus.GONE
    assert came_in() == before


def test_who_has_an_account_signs_in_and_agrees(agency, officer, client_for, mailoutbox):
    account = AccountFactory(email="known@example.jp", password=make_password(PASSWORD))
    invite(client_for(officer), agency, "known@example.jp")
    path = link_in(mailoutbox[0])
    asked = Client().get(path)
    Client().post(path, WHO)
    appointed_before = Appointment.objects.filter(person=account.person).exists()

    response = client_for(account.person).post(path)

    assert f"/accounts/login/?next={path}" in asked.text.replace("%3A", ":")
    assert not appointed_before
    assert response["Location"] == "/my/"
    assert Appointment.objects.get(person=account.person).role == "reviewer"


def test_an_invitation_to_another_address_is_not_taken(agency, officer, client_for, mailoutbox):
    invite(client_for(officer), agency, "yoshino@example.jp")
    other = AccountFactory(email="other@example.jp")
    before = came_in()

    page = client_for(other.person).post(link_in(mailoutbox[0]))

    assert page.status_code == HTTPStatus.FORBIDDEN
    assert "別のアドレス宛ての招待です" in page.text
    assert came_in() == (before[0], before[1], before[2])


def test_an_account_that_nobody_could_use_is_claimed(agency, officer, client_for, mailoutbox):
    made = AccountFactory(email="yoshino@example.jp", password=make_password(None))
    invite(client_for(officer), agency, "yoshino@example.jp")

    Client().post(link_in(mailoutbox[0]), WHO)

    made.person.refresh_from_db()
    assert (Account.objects.filter(email="yoshino@example.jp").count(), made.person.name_ja) == (
        1,
        "髙﨑 𠮷乃",
    )


def test_a_person_with_one_name_comes_in(agency, officer, client_for, mailoutbox):
    invite(client_for(officer), agency, "suharto@example.jp")
    one = {"family_name": "Suharto", "language": "en"}

    Client().post(link_in(mailoutbox[0]), one)

    assert Account.objects.get(email="suharto@example.jp").person.name_ja == "Suharto"


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ({"family_name": " \u200b "}, "「姓」を入力してください。"),
        ({"family_name_kana": "高崎"}, "ひらがな又はカタカナ"),
        ({"family_name_en": "たかさき"}, "ローマ字で入力してください"),
        ({"family_name": "高" * 101}, "100"),
        ({"body_name_ja": "見本大学", "corporate_number": "1234567890123"}, "法人番号"),
    ],
)
def test_what_does_not_fit_is_told_and_the_link_still_works(
    agency, officer, client_for, mailoutbox, entered, said
):
    invite(client_for(officer), agency, "yoshino@example.jp")
    path = link_in(mailoutbox[0])

    page = Client().post(path, WHO | entered)

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in page.text
    assert "𠮷乃" in page.text
    assert Client().get(path).status_code == HTTPStatus.OK


def test_a_reviewer_names_where_they_belong_and_it_waits(agency, officer, client_for, mailoutbox):
    university = OrganisationFactory()
    invite(client_for(officer), agency, "yoshino@example.jp")

    Client().post(link_in(mailoutbox[0]), WHO | {"organisation": university.pk, "unit": "理学部"})

    claim = AffiliationClaim.objects.get()
    assert (claim.organisation, claim.unit, claim.confirmed_at) == (university, "理学部", None)
    assert not Affiliation.objects.filter(organisation=university).exists()


@pytest.mark.django_db(transaction=True)
def test_a_link_opened_twice_at_once_makes_one_account(client_for, mailoutbox):
    agency = OrganisationFactory(kind="funding-agency")
    officer = AppointmentFactory(role="agency-officer", organisation=agency).person
    invite(client_for(officer), agency, "yoshino@example.jp")
    path = link_in(mailoutbox[0])
    begin, answers = threading.Barrier(4), []

    def come_in():
        begin.wait()
        answers.append(Client().post(path, WHO).status_code)
        connection.close()

    threads = [threading.Thread(target=come_in) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Account.objects.filter(email="yoshino@example.jp").count() == 1
    assert Appointment.objects.filter(role="reviewer").count() == 1
    assert answers.count(HTTPStatus.FOUND) == 1
