"""Gathered notices come in one mail a day or a week; stopping needs no sign-in."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core import signing
from django.urls import reverse
from tests.notices.telling import Work
from tests.people.factories import AccountFactory
from tests.proposals.factories import BEFORE_CLOSING, make_ready

from banso.ledger.models import Entry
from banso.notices.models import Choice, Message, Notice
from banso.notices.stopping import stop_address
from banso.notices.telling.digests import daily_digest, weekly_digest
from banso.notices.telling.letters import letter_of

pytestmark = pytest.mark.usefixtures("own_file_store")


@pytest.fixture
def lead(db, clock):
    clock.set(BEFORE_CLOSING)
    proposal = make_ready(title_ja="海洋の観測")
    AccountFactory(person=proposal.lead)
    return proposal.lead


def notice(person, number, *, how="daily", name="proposals.approved", days=0, kind="proposals"):
    return Notice.objects.create(
        key=str(number),
        person=person,
        name=name,
        kind=kind,
        subject_type="proposals.proposal",
        subject_id=str(person.led_proposals.get().pk),
        at=BEFORE_CLOSING - timedelta(days=days),
        how=how,
    )


def test_a_digest_gathers_what_was_not_sent_and_comes_once(lead):
    for number in range(3):
        notice(lead, number)
    notice(lead, "page", how="page")
    notice(lead, "old", days=4)

    daily_digest(Work(BEFORE_CLOSING))
    daily_digest(Work(BEFORE_CLOSING))
    daily_digest(Work(BEFORE_CLOSING + timedelta(days=1)))

    [message] = Message.objects.all()
    letter = letter_of(message, at=BEFORE_CLOSING)
    assert message.recipient == lead.account.email
    assert letter.subject == "[banso] 通知 3件"
    assert letter.text.count("海洋の観測") == 3


def test_what_was_seen_on_the_page_is_not_gathered(lead):
    seen = notice(lead, "seen")
    seen.seen_at = BEFORE_CLOSING
    seen.save()

    daily_digest(Work(BEFORE_CLOSING))

    assert not Message.objects.exists()


def test_a_weekly_digest_takes_what_is_weekly_alone(lead):
    notice(lead, "d")
    notice(lead, "w", how="weekly", days=6)

    weekly_digest(Work(BEFORE_CLOSING))

    assert [*Notice.objects.filter(message__isnull=False).values_list("key", flat=True)] == ["w"]


@pytest.mark.assurance("A-25")
def test_a_digest_asks_again_what_may_be_read_as_it_leaves(lead, work_through, settings):
    settings.IS_DEMO, settings.MAIL = True, None
    notice(lead, 1)
    daily_digest(Work(BEFORE_CLOSING))
    lead.led_proposals.get().team.all().delete()
    lead.led_proposals.update(lead=AccountFactory().person)

    work_through()

    assert [*Message.objects.values_list("state", "text")] == [("withdrawn", "")]


def test_mail_of_a_kind_that_may_be_stopped_says_how_for_programs_and_people(lead, settings):
    settings.SITE_ADDRESS = "https://banso.example.jp"
    notice(lead, 1, kind="reminders", name="proposals.to_submit")
    daily_digest(Work(BEFORE_CLOSING))

    letter = letter_of(Message.objects.get(), at=BEFORE_CLOSING)

    address = letter.headers["List-Unsubscribe"].strip("<>")
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.startswith("https://banso.example.jp/notices/stop/")
    assert address in letter.text


def test_one_click_stops_one_kind_without_a_session_or_a_cookie(lead, client):
    address = stop_address(lead.pk, "reminders")
    client.handler.enforce_csrf_checks = True

    asked = client.get(address)
    untouched = Choice.objects.count()
    stopped = client.post(address, {"List-Unsubscribe": "One-Click"})

    assert (asked.status_code, untouched) == (HTTPStatus.OK, 0)
    assert "期限の事前連絡" in asked.text
    assert (stopped.status_code, "停止しました" in stopped.text) == (HTTPStatus.ACCEPTED, True)
    assert [*Choice.objects.values_list("person", "kind", "how")] == [
        (lead.pk, "reminders", "page")
    ]
    assert [*Entry.objects.values_list("act", "actor_id", "is_sealed")] == [
        ("notices.choose_notices", lead.pk, True)
    ]


def test_a_forged_address_or_a_kind_that_must_reach_stops_nothing(lead, client):
    forged = signing.dumps([str(lead.pk), "reminders"], salt="another")
    addresses = [
        reverse("notices:stop", args=[forged]),
        reverse("notices:stop", args=["nonsense"]),
        stop_address(lead.pk, "proposals"),
        stop_address(lead.pk, "unknown"),
    ]

    answers = {client.post(address).status_code for address in addresses}

    assert answers == {HTTPStatus.NOT_FOUND}
    assert not Choice.objects.exists()
