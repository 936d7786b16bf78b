"""Reminders come once at each stage, the nearest after missed hours, and none when it is done."""

from datetime import date, datetime, timedelta

import pytest
from tests.councils.factories import JAPAN, NOW, MeetingFactory, MembershipFactory
from tests.notices.telling import Work
from tests.people.factories import AccountFactory, AppointmentFactory, PersonFactory
from tests.proposals.factories import CLOSES, make_draft, make_ready
from tests.protected.factories import OfferFactory, ReplyFactory
from tests.results.factories import WithholdingFactory

from banso.notices.models import Message, Notice
from banso.notices.telling.reminding import remind
from banso.notices.telling.words import words_to
from banso.proposals.models import Proposal

pytestmark = pytest.mark.usefixtures("own_file_store")


@pytest.fixture
def draft(db):
    draft = make_draft(drafted_at=CLOSES - timedelta(days=30))
    AccountFactory(person=draft.lead)
    return draft


def remind_at(*before):
    for one in before:
        remind(Work(CLOSES - one))
        remind(Work(CLOSES - one))


def stages():
    return [*Notice.objects.order_by("at").values_list("stage", flat=True)]


@pytest.mark.parametrize(
    ("looks", "expected"),
    [
        pytest.param([timedelta(days=7, seconds=1)], [], id="too-early"),
        pytest.param([timedelta(days=7)], ["7d"], id="seven-days"),
        pytest.param(
            [timedelta(days=7), timedelta(days=1), timedelta(hours=3), timedelta(minutes=1)],
            ["7d", "1d", "3h"],
            id="each-once",
        ),
        pytest.param([timedelta(hours=2)], ["3h"], id="the-nearest-after-missed-days"),
        pytest.param([timedelta(hours=20), timedelta(0)], ["1d"], id="none-at-closing"),
    ],
)
def test_the_lead_is_reminded_of_the_closing(draft, looks, expected):
    remind_at(*looks)

    assert stages() == expected
    assert Message.objects.count() == len(expected)


def test_none_is_sent_of_what_passed_before_it_was_theirs(draft):
    Proposal.objects.update(drafted_at=CLOSES - timedelta(hours=20))

    remind_at(timedelta(hours=19), timedelta(hours=3))

    assert stages() == ["3h"]


def test_what_is_submitted_is_not_reminded_of(draft):
    Proposal.objects.update(
        submitted_at=CLOSES - timedelta(days=8), approved_version=draft.version
    )

    remind_at(timedelta(days=7), timedelta(hours=3))

    assert stages() == []


def test_a_new_deadline_is_reminded_of_anew(draft):
    remind_at(timedelta(days=7))
    draft.call.closes_at += timedelta(days=10)
    draft.call.save()

    remind(Work(CLOSES + timedelta(days=4)))

    assert stages() == ["7d", "7d"]


def test_the_institution_is_reminded_until_it_has_approved(db):
    proposal = make_ready()
    Proposal.objects.update(sent_to_institution_at=CLOSES - timedelta(days=20))
    officer = AppointmentFactory(
        role="institution-officer", organisation=proposal.institution
    ).person
    remind_at(timedelta(days=7))
    Proposal.objects.update(approved_version="")

    remind_at(timedelta(days=6))

    found = Notice.objects.filter(name="proposals.to_decide_approval")
    assert [*found.values_list("person", "stage")] == [(officer.pk, "7d")]


def test_a_call_that_nobody_opened_is_overdue(db):
    proposal = make_draft()
    call = proposal.call
    call.opened_at, call.announced_at = None, call.opens_at - timedelta(days=30)
    call.save()
    officer = AppointmentFactory(role="agency-officer", organisation=call.agency).person

    for after in (-timedelta(hours=2), timedelta(hours=1), timedelta(days=2)):
        remind(Work(call.opens_at + after))

    found = Notice.objects.filter(name="calls.to_open").order_by("at")
    assert [*found.values_list("person", "stage")] == [(officer.pk, "3h"), (officer.pk, "over")]
    [*_, overdue] = found
    assert words_to([overdue], at=call.opens_at)[0].sentence.startswith("【期限超過】")


def test_an_offer_is_reminded_of_until_it_is_answered_either_way(db):
    silent, answered = OfferFactory(), OfferFactory()
    ReplyFactory(offer=answered, answer="decline")
    until = silent.item.answers_until
    for offer in (silent, answered):
        MembershipFactory(council=offer.item.council, person=offer.person)
    type(silent).objects.update(offered_at=until - timedelta(days=10))
    answered.item.answers_until = until
    answered.item.save()

    remind(Work(until - timedelta(days=1)))

    assert [*Notice.objects.values_list("person", "name")] == [
        (silent.person_id, "protected.to_answer")
    ]


def test_members_are_reminded_of_a_meeting_and_those_who_left_are_not(db):
    meeting = MeetingFactory()
    member = MembershipFactory(council=meeting.council)
    MembershipFactory(council=meeting.council, left_at=meeting.held_at - timedelta(days=20))
    type(member).objects.update(accepted_at=meeting.held_at - timedelta(days=30))

    remind(Work(meeting.held_at - timedelta(hours=20)))

    assert [*Notice.objects.values_list("person", "stage")] == [(member.person_id, "1d")]


@pytest.mark.parametrize(
    ("facts", "ends_on"),
    [
        pytest.param({"answer_by_on": date(2028, 6, 10)}, date(2028, 6, 11), id="unanswered"),
        pytest.param(
            {"state": "in-force", "in_force_at": NOW, "review_on": date(2028, 9, 1)},
            date(2028, 9, 1),
            id="not-renewed",
        ),
        pytest.param({"state": "ended", "ended_at": NOW}, None, id="ended-by-an-act"),
    ],
)
def test_authors_and_members_are_told_once_of_an_end_by_the_clock(db, facts, ends_on):
    author = PersonFactory()
    withholding = WithholdingFactory(
        result__authors=[author],
        ends_on=date(2029, 3, 1),
        **{"review_on": date(2028, 12, 1)} | facts,
    )
    member = MembershipFactory(council=withholding.council)
    end = datetime.combine(ends_on or date(2028, 6, 11), datetime.min.time(), tzinfo=JAPAN)

    remind(Work(end - timedelta(seconds=1)))
    before = Notice.objects.filter(name="results.withholding_lapsed").count()
    remind(Work(end + timedelta(hours=1)))
    remind(Work(end + timedelta(days=2)))

    told = Notice.objects.filter(name="results.withholding_lapsed")
    expected = {author.pk, member.person_id} if ends_on else set()
    assert before == 0
    assert set(told.values_list("person", flat=True)) == expected
    assert told.count() == len(expected)
    for notice in told:
        [words] = words_to([notice], at=end)
        assert words.sentence.startswith("非公開の要請が終了し、研究成果は公開できます：")
