import re
from http import HTTPStatus

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from tests.people.entering.letters import WHO, invite, link_in
from tests.people.factories import AccountFactory, AppointmentFactory, OrganisationFactory

from banso.ledger.models import Entry
from banso.people.models import (
    Invitation,
)

PASSWORD = "伴走 runs alongside"


def test_many_are_invited_at_once_in_one_entry(agency, officer, client_for, mailoutbox):
    lines = "a@example.jp\n　Ｂ@Example.jp　\nc@example.jp,\u200b見本,葵"

    invite(client_for(officer), agency, lines)

    assert [letter.to for letter in mailoutbox] == [
        ["a@example.jp"],
        ["b@example.jp"],
        ["c@example.jp"],
    ]
    assert Entry.objects.values_list("act", flat=True).get() == "people.invite_people"


def test_each_faulty_line_is_told_and_nobody_is_invited(agency, officer, client_for, mailoutbox):
    lines = "a@example.jp\nb example@x.jp\nno-address\nA@example.jp"

    page = invite(client_for(officer), agency, lines)

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    for sentence in (
        "2行目：メールアドレスの途中に空白があります。",
        "3行目：メールアドレスの形式ではありません。",
        "4行目：a@example.jp は前の行と重複しています。",
    ):
        assert sentence in page.text
    assert lines.split("\n")[1] in page.text
    assert (Invitation.objects.count(), len(mailoutbox)) == (0, 0)


def test_a_stranger_invites_nobody(agency, client_for, mailoutbox):
    stranger = client_for(AccountFactory().person)

    answers = [
        stranger.get(reverse("people:invite")).status_code,
        invite(stranger, agency, "a@example.jp").status_code,
    ]

    assert answers == [HTTPStatus.FORBIDDEN] * 2
    assert mailoutbox == []


def test_nobody_invites_for_another_body(agency, officer, client_for, mailoutbox):
    other = OrganisationFactory(kind="funding-agency")

    page = invite(client_for(officer), other, "a@example.jp")

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert mailoutbox == []


def test_who_invites_learns_nothing_of_an_account(agency, officer, client_for, mailoutbox):
    AccountFactory(email="known@example.jp", password=make_password(PASSWORD))
    browser = client_for(officer)
    answers = [
        invite(browser, agency, address)["Location"]
        for address in ("known@example.jp", "new@example.jp")
    ]
    page = browser.get(reverse("people:invitations")).text

    bodies = {re.sub(r"http\S+", "", letter.body) for letter in mailoutbox}
    assert answers == ["/my/invitations/"] * 2
    assert len(bodies) == 1
    assert page.count("回答待ち") == 2


def test_another_letter_ends_the_link_of_the_one_before(agency, officer, client_for, mailoutbox):
    browser = client_for(officer)
    invite(browser, agency, "yoshino@example.jp")
    invitation = Invitation.objects.get()

    browser.post(reverse("people:renew_invitation", args=[invitation.pk]))

    first, second = (link_in(letter) for letter in mailoutbox)
    assert Client().get(first).status_code == HTTPStatus.GONE
    assert Client().get(second).status_code == HTTPStatus.OK


def test_a_withdrawn_invitation_says_so(agency, officer, client_for, mailoutbox):
    browser = client_for(officer)
    invite(browser, agency, "yoshino@example.jp")
    invitation = Invitation.objects.get()

    browser.post(reverse("people:withdraw_invitation", args=[invitation.pk]))

    assert "取り消されました" in Client().get(link_in(mailoutbox[0])).text
    assert "取消し" in browser.get(reverse("people:invitations")).text
    again = browser.post(reverse("people:renew_invitation", args=[invitation.pk]))
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize("act", ["renew", "withdraw", "confirm"])
def test_invitations_of_another_body_are_not_there(agency, officer, client_for, mailoutbox, act):
    invite(client_for(officer), agency, "yoshino@example.jp")
    invitation = Invitation.objects.get()
    other = client_for(AppointmentFactory(role="agency-officer").person)

    page = other.post(reverse(f"people:{act}_invitation", args=[invitation.pk]))

    assert page.status_code == HTTPStatus.NOT_FOUND
    assert "yoshino" not in other.get(reverse("people:invitations")).text


def test_an_officer_is_appointed_once_a_second_officer_confirms(
    agency, officer, client_for, mailoutbox
):
    second = AppointmentFactory(role="agency-officer", organisation=agency).person
    inviter = client_for(officer)
    invite(inviter, agency, "yoshino@example.jp", purpose="agency-officer")
    Client().post(link_in(mailoutbox[0]), WHO)
    invitation = Invitation.objects.get()
    confirm = reverse("people:confirm_invitation", args=[invitation.pk])
    alone = inviter.post(confirm)
    appointed_alone = invitation.person.appointments.exists()
    waiting = client_for(second).get("/my/").text

    client_for(second).post(confirm)

    assert alone.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not appointed_alone
    assert "yoshino@example.jp の招待の確認" in waiting
    assert [*invitation.person.appointments.values_list("role", flat=True)] == ["agency-officer"]
    assert [*invitation.person.affiliations.values_list("organisation", flat=True)] == [agency.pk]


def test_an_officer_confirmed_beforehand_is_appointed_on_coming_in(
    agency, officer, client_for, mailoutbox
):
    second = AppointmentFactory(role="agency-officer", organisation=agency).person
    invite(client_for(officer), agency, "yoshino@example.jp", purpose="agency-officer")
    invitation = Invitation.objects.get()
    client_for(second).post(reverse("people:confirm_invitation", args=[invitation.pk]))

    Client().post(link_in(mailoutbox[0]), WHO)

    invitation.refresh_from_db()
    assert invitation.appointment.role == "agency-officer"


def test_a_po_is_invited_for_a_concept(agency, officer, client_for):
    page = invite(client_for(officer), agency, "po@example.jp", purpose="program-officer")

    assert page.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "研究開発構想を選択してください" in page.text
