import re
from http import HTTPStatus

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from tests.people.factories import (
    AccountFactory,
    AffiliationFactory,
    AppointmentFactory,
    OrganisationFactory,
)

from banso.ledger.models import Entry
from banso.people.models import Account, AffiliationClaim, Organisation

PASSWORD = "伴走 runs alongside"
LINK = re.compile(r"http://testserver(/\S+)")
NUMBER = "4013305001526"  # of JST
WHO = {"family_name": "見本", "given_name": "葵", "language": "ja", "means": "password"}


@pytest.fixture
def university(db):
    return OrganisationFactory(name_ja="見本大学")


@pytest.fixture
def officer(university):
    return AppointmentFactory(role="institution-officer", organisation=university).person


def ask(address):
    return Client().post(reverse("people:sign_up"), {"email": address})


def signed_up(mailoutbox, **place):
    ask("aoi@example.jp")
    browser = Client()
    browser.post(LINK.search(mailoutbox[-1].body)[1], WHO | place)
    return browser


def test_an_applicant_signs_up_and_waits_for_the_institution(university, officer, mailoutbox):
    browser = signed_up(mailoutbox, organisation=university.pk, unit="理学部")

    account, claim = Account.objects.get(email="aoi@example.jp"), AffiliationClaim.objects.get()
    assert (claim.person, claim.organisation, claim.unit) == (
        account.person,
        university,
        "理学部",
    )
    assert not account.person.affiliations.exists()
    assert "担当者の確認待ち" in browser.get(reverse("people:own_claims")).text
    assert Entry.objects.values_list("act", "actor_id").get() == (
        "people.sign_up",
        account.person_id,
    )


@pytest.mark.assurance("A-52")
def test_a_sign_up_is_answered_alike_with_one_letter_whether_or_not_there_is_an_account(
    db, mailoutbox
):
    AccountFactory(email="known@example.jp", password=make_password(PASSWORD))

    pages = {ask(address)["Location"] for address in ("known@example.jp", "new@example.jp")}

    assert pages == {"/accounts/new/sent/"}
    assert [(one.to, one.subject) for one in mailoutbox] == [
        (["known@example.jp"], "アカウントは既にあります"),
        (["new@example.jp"], "アカウントの作成"),
    ]


def test_a_link_makes_one_account(university, mailoutbox):
    signed_up(mailoutbox, organisation=university.pk)
    path = LINK.search(mailoutbox[-1].body)[1]

    page = Client().post(path, WHO | {"organisation": university.pk})

    assert page.status_code == HTTPStatus.GONE
    assert "アカウントは既にあります" in page.text
    assert Account.objects.filter(email="aoi@example.jp").count() == 1


@pytest.mark.parametrize("token", ["forged", "ImEi:1abc:xyz"])
def test_a_forged_link_leads_nowhere(db, token):
    page = Client().post(f"/accounts/new/{token}/", WHO)

    assert page.status_code == HTTPStatus.NOT_FOUND
    assert not Account.objects.exists()


def test_a_link_ends_after_a_day(university, mailoutbox):
    with time_machine.travel("2027-04-01T00:00:00Z", tick=False):
        ask("aoi@example.jp")
    with time_machine.travel("2027-04-02T00:00:01Z", tick=False):
        page = Client().get(LINK.search(mailoutbox[-1].body)[1])

    assert page.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("place", "said"),
    [
        pytest.param({}, "所属機関を選択するか", id="none"),
        pytest.param({"body_name_ja": "新大学"}, "法人番号を入力してください", id="no-number"),
        pytest.param(
            {"body_name_ja": "新大学", "corporate_number": "4013305001527"},
            "法人番号",
            id="wrong-check-digit",
        ),
    ],
)
def test_a_place_that_does_not_fit_is_told_and_nothing_is_made(db, mailoutbox, place, said):
    ask("aoi@example.jp")

    page = Client().post(LINK.search(mailoutbox[-1].body)[1], WHO | place)

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in page.text
    assert not Account.objects.exists()


def test_the_institution_confirms_who_belongs_to_it(university, officer, client_for, mailoutbox):
    signed_up(mailoutbox, organisation=university.pk, unit="理学部")
    claim = AffiliationClaim.objects.get()
    browser = client_for(officer)
    tasks = browser.get("/my/").text

    browser.post(reverse("people:confirm_claim", args=[claim.pk]))

    affiliation = claim.person.affiliations.get()
    assert "見本 葵の所属の確認" in tasks
    assert (affiliation.organisation, affiliation.unit) == (university, "理学部")
    assert "確認待ちの申告はありません" in browser.get(reverse("people:claims")).text


def test_the_institution_refuses_with_a_reason_that_the_person_reads(
    university, officer, client_for, mailoutbox
):
    person = signed_up(mailoutbox, organisation=university.pk)
    claim = AffiliationClaim.objects.get()
    browser = client_for(officer)
    without = browser.post(reverse("people:claim", args=[claim.pk]), {"reason": ""})

    browser.post(reverse("people:claim", args=[claim.pk]), {"reason": "在籍を確認できません。"})

    claim.refresh_from_db()
    assert without.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert (claim.refused_at is not None, claim.person.affiliations.exists()) == (True, False)
    assert "在籍を確認できません。" in person.get(reverse("people:own_claims")).text
    assert (mailoutbox[-1].to, mailoutbox[-1].subject) == (
        ["aoi@example.jp"],
        "所属の確認結果のお知らせ",
    )


def test_an_answer_is_given_once(university, officer, client_for, mailoutbox):
    signed_up(mailoutbox, organisation=university.pk)
    claim = AffiliationClaim.objects.get()
    browser = client_for(officer)
    browser.post(reverse("people:confirm_claim", args=[claim.pk]))

    again = browser.post(reverse("people:claim", args=[claim.pk]), {"reason": "誤り"})

    assert "別の担当者が既に回答しています" in again.text
    assert claim.person.affiliations.count() == 1


def test_an_agency_confirms_a_body_that_is_new(db, client_for, mailoutbox):
    agency = AppointmentFactory(
        role="agency-officer", organisation=OrganisationFactory(kind="funding-agency")
    ).person
    signed_up(mailoutbox, body_name_ja="新大学", corporate_number=NUMBER)
    claim = AffiliationClaim.objects.get()

    client_for(agency).post(reverse("people:confirm_claim", args=[claim.pk]))

    body = Organisation.objects.get(name_ja="新大学")
    assert (body.kind, body.corporate_number) == ("institution", NUMBER)
    assert claim.person.affiliations.get().organisation == body


def test_an_institution_does_not_confirm_a_body_that_is_new(officer, client_for, mailoutbox):
    signed_up(mailoutbox, body_name_ja="新大学", corporate_number=NUMBER)
    claim = AffiliationClaim.objects.get()

    page = client_for(officer).post(reverse("people:confirm_claim", args=[claim.pk]))

    assert page.status_code == HTTPStatus.NOT_FOUND
    assert not Organisation.objects.filter(name_ja="新大学").exists()


@pytest.mark.parametrize("who", ["other-institution", "agency", "stranger", "the-person"])
def test_nobody_else_answers(university, officer, client_for, mailoutbox, who):
    signed_up(mailoutbox, organisation=university.pk)
    claim = AffiliationClaim.objects.get()
    person = {
        "other-institution": lambda: AppointmentFactory(role="institution-officer").person,
        "agency": lambda: AppointmentFactory(role="agency-officer").person,
        "stranger": lambda: AccountFactory().person,
        "the-person": lambda: claim.person,
    }[who]()

    page = client_for(person).post(reverse("people:confirm_claim", args=[claim.pk]))

    assert page.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}
    assert not claim.person.affiliations.exists()


def test_an_officer_does_not_confirm_their_own_affiliation(university, officer, client_for):
    browser = client_for(officer)
    AffiliationFactory(person=officer, organisation=OrganisationFactory())
    browser.post(reverse("people:own_claims"), {"organisation": university.pk, "unit": "医学部"})
    claim = AffiliationClaim.objects.get()

    browser.post(reverse("people:confirm_claim", args=[claim.pk]))

    assert not officer.affiliations.filter(organisation=university).exists()
    assert "/waiting/" not in browser.get("/my/").text
