"""A-89: while the clock is off or nobody keeps it, no closing counts, and it is told."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.proposals.factories import AppointmentFactory, make_ready

from banso.ledger import clock as ledger_clock
from banso.ledger import doubt
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.proposals.commands.submission.withdraw_submission import withdraw_submission
from banso.proposals.models import Proposal
from banso.review.queries.desk import calls_to_decide
from banso.rulebook.calls.receiving import may_receive, may_withdraw
from banso.rulebook.verdicts import RuleRefused

pytestmark = pytest.mark.assurance("A-89")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YEAR_BEGINS = datetime(2027, 4, 1, tzinfo=UTC)
INSTANTS = st.datetimes(
    min_value=datetime(2027, 4, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2028, 3, 31),  # noqa: DTZ001 - as above
    timezones=st.just(UTC),
)
KEPT, UNKNOWN = 0, 5


@pytest.fixture
def watched(settings, monkeypatch):
    """Watch the clock, on a machine whose kernel says what the test tells it to."""
    settings.CLOCK = doubt.WATCHED
    monkeypatch.setattr(doubt, "watch", doubt.Watch())
    monkeypatch.setattr(ledger_clock, "watch", doubt.watch)

    def kernel_says(state, offset=0.0):
        monkeypatch.setattr(doubt, "kernel_state", lambda: state)
        doubt.watch.offset = offset

    kernel_says(KEPT)
    return kernel_says


@pytest.mark.parametrize(
    ("state", "offset", "expected"),
    [
        pytest.param(KEPT, 0.0, "", id="kept"),
        pytest.param(KEPT, 0.9, "", id="a-little-off"),
        pytest.param(KEPT, 1.1, "the database's is +1.1 s from this machine's", id="ahead"),
        pytest.param(KEPT, -90.0, "the database's is -90.0 s from this machine's", id="behind"),
        pytest.param(UNKNOWN, 0.0, "the kernel knows no time service", id="unknown"),
        pytest.param(-1, 0.0, "the kernel knows no time service", id="no-answer"),
    ],
)
def test_a_clock_is_in_doubt_when_it_is_off_or_nobody_keeps_it(watched, state, offset, expected):
    watched(state, offset)

    assert doubt.doubt() == expected


def test_who_vouches_for_the_clock_ends_the_doubt(watched, settings):
    watched(UNKNOWN)
    settings.CLOCK = doubt.TRUSTED

    assert doubt.doubt() == ""


@pytest.mark.parametrize(
    ("before", "instant", "after", "offset"),
    [(100.0, 100.5, 101.0, 0.0), (100.0, 103.0, 101.0, 2.0), (100.0, 95.0, 101.0, -5.0)],
)
def test_a_reading_tells_how_far_the_clocks_are_apart(before, instant, after, offset):
    watch = doubt.Watch()

    watch.note(before, datetime.fromtimestamp(instant, UTC), after)

    assert watch.offset == offset


@pytest.mark.django_db
def test_each_reading_of_the_clock_is_compared_with_this_machines(watched):
    doubt.watch.offset = 77.0

    instant = ledger_clock.read_clock()

    assert (doubt.watch.offset, doubt.watch.read_at) == (0.0, instant)


def test_the_alarm_is_raised_once_a_minute_and_its_end_is_told(watched, caplog):
    caplog.set_level(logging.WARNING, "banso.ledger.doubt")
    watched(UNKNOWN)
    for _ in range(3):
        doubt.doubt()
    watched(KEPT)
    doubt.doubt()

    assert [(one.levelname, one.getMessage()) for one in caplog.records] == [
        ("ERROR", "the clock is in doubt, so no call closes: the kernel knows no time service"),
        ("WARNING", "the clock is no longer in doubt, and calls close again"),
    ]


@given(closes_at=INSTANTS, at=INSTANTS, is_in_doubt=st.booleans())
def test_in_a_year_of_closings_nobody_is_late_or_in_time_by_a_clock_in_doubt(
    closes_at, at, is_in_doubt
):
    closed_until = at - doubt.LONGEST if is_in_doubt else at
    facts = {"closes_at": closes_at, "at": at, "closed_until": closed_until}

    receiving = may_receive(opens_at=YEAR_BEGINS - DAY, submitted_at=None, **facts)
    withdrawing = may_withdraw(submitted_at=YEAR_BEGINS, **facts)

    is_paused = is_in_doubt and closes_at <= at < closes_at + doubt.LONGEST
    late = "closing-is-paused" if is_paused else "call-has-closed"
    assert receiving.reason == withdrawing.reason == (late if at >= closes_at else "")


@pytest.fixture
def ready(db, settings, tmp_path, plain_delivery):
    """Make a proposal that lacks nothing but its submission, to a call that closed an hour ago."""
    settings.DATA = tmp_path
    proposal, at = make_ready(), ledger_clock.read_clock()
    call = proposal.call
    call.opens_at = call.opened_at = at - 30 * DAY
    call.closes_at = at - HOUR
    call.save()
    return proposal


def refusal_of(command, proposal, actor):
    with pytest.raises(RuleRefused) as refused:
        command(actor=actor, proposal_id=proposal.pk, at=ledger_clock.read_clock())
    proposal.refresh_from_db()
    return refused.value.verdict.reason, refused.value.verdict.clause.id


def test_nobody_is_late_by_a_clock_in_doubt_and_nothing_is_received(watched, ready, actor_of):
    lead = actor_of(ready.lead)

    watched(UNKNOWN)
    during = refusal_of(submit_proposal, ready, lead)
    watched(KEPT)
    after = refusal_of(submit_proposal, ready, lead)

    assert (during, after) == (("closing-is-paused", "K1"), ("call-has-closed", "K1"))
    assert ready.submitted_at is None


def test_before_closing_a_clock_in_doubt_stops_nobody(watched, ready, actor_of):
    ready.call.closes_at = ledger_clock.read_clock() + HOUR
    ready.call.save()
    watched(UNKNOWN)

    at = ledger_clock.read_clock()
    receipt = submit_proposal(actor=actor_of(ready.lead), proposal_id=ready.pk, at=at)

    assert receipt.received_at == at


def test_what_was_received_is_neither_taken_back_nor_judged_before_the_closing_counts(
    watched, ready, actor_of
):
    at = ledger_clock.read_clock()
    submit_proposal(actor=actor_of(ready.lead), proposal_id=ready.pk, at=at - 2 * HOUR)
    officer = AppointmentFactory(role="agency-officer", organisation=ready.call.agency).person
    viewer = actor_of(officer)

    watched(UNKNOWN)
    withdrawing = refusal_of(withdraw_submission, ready, actor_of(ready.lead))
    during = set(Proposal.objects.to_judge(viewer, at=at)), list(calls_to_decide(viewer, at=at))
    watched(KEPT)
    after = set(Proposal.objects.to_judge(viewer, at=at)), len(calls_to_decide(viewer, at=at))

    assert withdrawing == ("closing-is-paused", "K5")
    assert during == (set(), [])
    assert after == ({ready}, 1)


def test_calls_that_closed_long_ago_stay_closed(watched, ready, actor_of):
    ready.call.closes_at = ledger_clock.read_clock() - 2 * DAY
    ready.call.save()
    watched(UNKNOWN)

    assert refusal_of(submit_proposal, ready, actor_of(ready.lead)) == ("call-has-closed", "K1")


def test_pages_say_that_closing_is_paused_and_why(client, client_for, watched, ready):
    call = reverse("calls:call", args=[ready.call.slug])
    own = reverse("proposals:proposal", args=[ready.pk])

    watched(UNKNOWN)
    during = client.get(call).text, client_for(ready.lead).get(own).text
    watched(KEPT)
    after = client.get(call).text, client_for(ready.lead).get(own).text

    assert all("締切の処理を止めています" in page for page in during)
    assert all("時計の正確さを確認できないため" in page for page in during)
    assert not any("締切の処理を止めています" in page for page in after)
    assert "受付は終わりました" in after[0] or "終了" in after[0]


def test_whoever_runs_the_call_reads_it_in_their_list_and_on_its_page(client_for, watched, ready):
    agency = ready.call.agency
    browser = client_for(AppointmentFactory(role="agency-officer", organisation=agency).person)
    pages = [reverse("proposals:desk"), reverse("proposals:desk_call", args=[ready.call.slug])]

    watched(UNKNOWN)
    during = [browser.get(address).text for address in pages]
    watched(KEPT)
    after = [browser.get(address).text for address in pages]

    assert ["締切の処理を止めています" in page for page in during] == [True, True]
    assert ["締切の処理を止めています" in page for page in after] == [False, False]
