"""A person's own notices: the page, the number in the head, choices, and whom acts reached."""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from icalendar import Calendar
from tests.notices.test_digests import notice
from tests.people.factories import AccountFactory, AppointmentFactory, PersonFactory
from tests.proposals.factories import BEFORE_CLOSING, CLOSES, make_draft, make_ready

from banso.notices.models import Choice, Feed, Message, Notice
from banso.notices.telling.declared import kinds
from banso.people.models import Person

pytestmark = pytest.mark.usefixtures("own_file_store")
PAGE = "/my/notices/"


@pytest.fixture
def lead(db, clock):
    clock.set(BEFORE_CLOSING)
    return make_ready(title_ja="海洋の観測", title_en="Observing the sea").lead


def test_the_head_counts_what_is_new_in_no_query_more(
    lead, client_for, django_assert_max_num_queries, django_assert_num_queries
):
    browser = client_for(lead)
    browser.get("/my/receipts/")
    with django_assert_max_num_queries(50) as before:
        none_new = browser.get("/my/receipts/").text
    for number in range(10):
        notice(lead, number)

    with django_assert_num_queries(len(before)):
        some_new = browser.get("/my/receipts/").text

    assert ("未読" in none_new, "未読10件" in some_new) == (False, True)


def test_the_page_lists_own_notices_and_opening_one_marks_it(lead, client_for):
    own, other = notice(lead, 1), make_draft().lead
    notice(other, 2)
    browser = client_for(lead)

    listed = browser.get(PAGE).text
    opened = browser.get(reverse("notices:open", args=[own.pk]))
    again = browser.get(PAGE).text

    assert listed.count("所属機関が提案を承認しました。提出できます：海洋の観測") == 1
    assert opened.url == f"/my/proposals/{own.subject_id}/"
    assert ("未読1件" in listed, "未読" in again) == (True, False)
    assert client_for(other).get(reverse("notices:open", args=[own.pk])).status_code == 404


def test_what_may_no_longer_be_read_is_not_listed(lead, client_for):
    notice(lead, 1)
    proposal = lead.led_proposals.get()
    proposal.team.all().delete()
    proposal.lead = PersonFactory()
    proposal.save()

    listed = client_for(lead).get(PAGE).text

    assert "海洋の観測" not in listed


def test_marking_all_as_read_leaves_nothing_new_and_touches_nobody_else(lead, client_for):
    notice(lead, 1)
    notice(make_draft().lead, 2)

    page = client_for(lead).post(reverse("notices:see_all"), follow=True).text

    assert "すべての通知を既読にしました。" in page
    assert [*Notice.objects.order_by("key").values_list("seen_at", flat=True)] == [
        BEFORE_CLOSING,
        None,
    ]


@pytest.mark.parametrize("count", [1, 10, 60])
def test_the_page_costs_the_same_for_many_notices(
    lead, client_for, count, django_assert_max_num_queries
):
    for number in range(count):
        notice(lead, number)
    browser = client_for(lead)
    browser.get(PAGE)

    with django_assert_max_num_queries(14):
        assert browser.get(PAGE).status_code == HTTPStatus.OK


def test_choices_are_kept_and_what_must_reach_cannot_be_switched_off(lead, client_for):
    browser = client_for(lead)
    chosen = {code: kind.usually for code, kind in kinds().items()}

    kept = browser.post(reverse("notices:choices"), chosen | {"reminders": "page"}, follow=True)
    refused = browser.post(reverse("notices:choices"), chosen | {"letters": "page"})

    assert "通知の受け取り方を保存しました。" in kept.text
    assert dict(Choice.objects.values_list("kind", "how"))["reminders"] == "page"
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert dict(Choice.objects.values_list("kind", "how"))["letters"] == "at-once"


def test_a_calendar_has_ones_own_deadlines_without_titles_until_its_address_ends(
    lead, client_for, client
):
    make_draft()
    browser = client_for(lead)
    browser.post(reverse("notices:renew_feed"))
    first = feed_shown_to(browser)
    calendar = Calendar.from_ical(client.get(path_of(first)).content)

    browser.post(reverse("notices:renew_feed"))
    second = feed_shown_to(browser)
    renewed = [client.get(path_of(one)).status_code for one in (first, second)]
    browser.post(reverse("notices:close_feed"))
    ended = client.get(path_of(second)).status_code

    [event] = calendar.walk("VEVENT")
    assert (event["summary"], event["dtstart"].dt) == ("作成中の提案がある公募の締切", CLOSES)
    assert event["url"].endswith(f"/my/proposals/{lead.led_proposals.get().pk}/")
    assert "海洋の観測" not in calendar.to_ical().decode()
    assert renewed == [HTTPStatus.NOT_FOUND, HTTPStatus.OK]
    assert ended == HTTPStatus.NOT_FOUND
    assert Feed.objects.get().number == 2


def feed_shown_to(browser):
    [address] = re.findall(r'href="([^"]+\.ics)"', browser.get(reverse("notices:choices")).text)
    return address


def path_of(address):
    return "/" + address.split("/", 3)[3]


def test_a_calendar_is_in_its_persons_language_and_a_forged_address_is_none(
    lead, client_for, client
):
    Person.objects.update(language="en")
    browser = client_for(lead)
    browser.post(reverse("notices:renew_feed"))
    address = feed_shown_to(browser)

    calendar = client.get(path_of(address))
    forged = client.get("/notices/calendar/WyJ4IiwxXQ:1:x.ics")

    assert calendar.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "SUMMARY:Closing of a call for which you draft a proposal" in calendar.text
    assert forged.status_code == HTTPStatus.NOT_FOUND


def test_whoever_acted_sees_whom_it_reached_and_nobody_else_does(lead, client_for):
    officer = AppointmentFactory(role="agency-officer").person
    other = AppointmentFactory(role="agency-officer").person
    AccountFactory(person=lead)
    for number, (state, reason) in enumerate(
        [("sent", ""), ("in-doubt", ""), ("refused", "550 no such person"), ("waiting", "")]
    ):
        Message.objects.create(
            key=str(number),
            recipient=f"person-{number}@example.jp",
            sender="banso@example.jp",
            subject="",
            is_of_notices=True,
            caused_by_id=officer.pk,
            act="review.decide_proposal",
            acted_at=BEFORE_CLOSING,
            queued_at=BEFORE_CLOSING,
            due_at=BEFORE_CLOSING + timedelta(hours=1),
            state=state,
            reason=reason,
        )
    told = notice(lead, "told")
    told.message = Message.objects.get(key="0")
    told.save()

    shown = client_for(officer).get(reverse("notices:reach")).text
    hidden = client_for(other).get(reverse("notices:reach")).text

    assert [int(one) for one in re.findall(r"<td>(\d)</td>", shown)] == [2, 1]
    assert "不達 1件" in shown
    assert "person-2@example.jp: 550 no such person" in shown
    assert "person-0" not in shown
    assert "メールで通知した手続はまだありません。" in hidden
