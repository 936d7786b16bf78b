import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from tests.councils.factories import InvitationFactory
from tests.people.factories import PersonFactory

from banso.councils.links import answering_address
from banso.councils.models import Membership
from banso.ledger.models import Entry


@pytest.fixture
def invitation(db):
    return InvitationFactory()


def answers(membership):
    membership.refresh_from_db()
    return (membership.accepted_at is not None, membership.declined_at is not None)


@pytest.mark.parametrize(
    ("answer", "expected", "act"),
    [
        ("accept", (True, False), "councils.accept_invitation"),
        ("decline", (False, True), "councils.decline_invitation"),
    ],
)
def test_a_person_without_an_account_answers_by_the_link(invitation, answer, expected, act):
    path = answering_address(invitation)
    asked = Client().get(path)

    response = Client().post(path, {"answer": answer})

    assert "回答" in asked.text
    assert response.status_code == HTTPStatus.CREATED
    assert answers(invitation) == expected
    assert Entry.objects.values_list("act", "actor_id", "is_sealed").get() == (
        act,
        invitation.person_id,
        True,
    )


def test_both_answers_are_answered_in_the_same_words(db):
    answered = [
        Client().post(answering_address(InvitationFactory()), {"answer": answer})
        for answer in ("accept", "decline")
    ]

    pages = {re.sub(r"/councils/answer/[^\"<]+", "", one.text) for one in answered}
    assert [one.status_code for one in answered] == [HTTPStatus.CREATED] * 2
    assert len(pages) == 1


def test_the_link_signs_nobody_in_and_opens_nothing_else(invitation):
    browser = Client()
    browser.post(answering_address(invitation), {"answer": "accept"})

    room = browser.get(reverse("councils:room", args=[invitation.council_id]))

    assert room["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_answered_link_says_so_alike_for_both_answers(db, method):
    pages = set()
    for answer in ("accept", "decline"):
        membership = InvitationFactory()
        path = answering_address(membership)
        Client().post(path, {"answer": answer})
        before = answers(membership)

        page = getattr(Client(), method)(path, {"answer": "decline"})

        assert (page.status_code, answers(membership)) == (HTTPStatus.GONE, before)
        pages.add(re.sub(r"/councils/answer/[^\"<]+", "", page.text))

    assert len(pages) == 1


def test_a_later_invitation_ends_the_link_of_the_one_before(invitation):
    path = answering_address(invitation)
    later = invitation.invited_at + timedelta(days=1)
    Membership.objects.filter(pk=invitation.pk).update(invited_at=later)

    page = Client().post(path, {"answer": "accept"})

    assert (page.status_code, answers(invitation)) == (HTTPStatus.GONE, (False, False))


@pytest.mark.parametrize("token", ["forged", "WyJhIiwiYiJd:1abc:xyz"])
def test_a_forged_link_leads_nowhere(invitation, token):
    page = Client().post(f"/councils/answer/{token}/", {"answer": "accept"})

    assert (page.status_code, answers(invitation)) == (HTTPStatus.NOT_FOUND, (False, False))


def test_somebody_else_who_is_signed_in_does_not_answer(invitation, client_for):
    page = client_for(PersonFactory()).post(answering_address(invitation), {"answer": "accept"})

    assert (page.status_code, answers(invitation)) == (HTTPStatus.FORBIDDEN, (False, False))


def test_an_answer_is_needed(invitation):
    page = Client().post(answering_address(invitation), {})

    assert (page.status_code, answers(invitation)) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        (False, False),
    )
