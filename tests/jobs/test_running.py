"""What is enqueued is done once, tried again when it fails, and says why it is not done."""

import logging
from datetime import UTC, datetime, time, timedelta

import psycopg
import pytest
from django.db import connection, transaction

from banso.jobs import queue
from banso.jobs.models import Job
from banso.jobs.running import Runner
from banso.jobs.schedule import first_due, next_after
from banso.web.fronts.jobs import GivenUp, JobKind, Later

NOON = datetime(2027, 5, 31, 3, tzinfo=UTC)  # noon in Japan, a Monday
HALF_PAST_EIGHT = time(8, 30)


def nothing(_work):
    pass


def the_job():
    return Job.objects.get()


def test_a_job_is_done_once_under_its_key(ask, played, runner):
    assert [ask(subject="7"), ask(subject="7"), ask("other", subject="8")] == [True, False, True]

    assert (runner("sample.once").round(), runner("sample.once").round()) == (2, 0)

    assert sorted(played.runs) == ["7", "8"]
    assert set(Job.objects.values_list("state", "attempts", "reason")) == {("done", 1, "")}
    assert not ask(subject="7")


def test_what_the_callers_transaction_undoes_was_never_asked_for(ask):
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def test_a_job_of_no_kind_or_without_a_key_is_refused_at_once(db, played):
    for kind, key in (("sample.unknown", "key"), ("sample.once", "")):
        with pytest.raises(ValueError, match="no job can be enqueued"):
            queue.enqueue(kind, key=key, at=NOON)


def test_a_fault_is_tried_again_and_given_up_with_its_name_and_no_traceback(
    ask, played, runner, clock, caplog
):
    def fail(_work):
        raise RuntimeError("with a secret in it")

    played.act = fail
    clock.set(NOON)
    ask()
    waits = []

    with caplog.at_level(logging.CRITICAL):
        for _ in range(5):
            clock.set(the_job().due_at)
            runner("sample.once").round()
            waits.append(the_job().state)

    job = the_job()
    assert waits == ["waiting"] * 4 + ["failed"]
    assert job.due_at - NOON == timedelta(seconds=30 + 60 + 120 + 240)
    assert job.reason == "A fault of banso's own (RuntimeError); the worker's log has it."


@pytest.mark.parametrize(
    ("raised", "state"), [(Later("The store is away."), "waiting"), (GivenUp("Gone."), "failed")]
)
def test_a_job_says_itself_why_it_waits_or_can_never_be_done(ask, played, runner, raised, state):
    def say(_work):
        raise raised

    played.act = say
    ask()

    runner("sample.once").round()

    assert (the_job().state, the_job().reason) == (state, raised.reason)


def test_a_running_job_that_is_asked_to_stop_stops_at_its_next_step(ask, played, runner):
    steps = []

    def work(run):
        for step in range(3):
            run.progressed(step, 3)
            steps.append(step)
            Job.objects.update(is_cancel_asked=step == 1)

    played.act = work
    ask()

    runner("sample.once").round()

    job = the_job()
    assert steps == [0, 1]
    assert (job.state, job.progress_done, job.progress_total) == ("cancelled", 1, 3)


def test_what_comes_by_the_clock_comes_again_and_makes_up_for_missed_hours_once(
    db, played, runner, clock
):
    standing = runner("sample.standing")
    clock.set(NOON)
    standing.prepare()
    standing.prepare()
    assert (standing.round(), standing.round()) == (1, 0)

    clock.set(NOON + timedelta(hours=7))
    assert (standing.round(), standing.round()) == (1, 0)

    assert the_job().due_at == NOON + timedelta(hours=7, minutes=5)
    assert (the_job().state, the_job().attempts) == ("waiting", 0)


def test_what_has_nothing_to_do_is_not_run_and_writes_nothing(db, played, runner, clock):
    idle = runner("sample.standing", waits=lambda: False)
    clock.set(NOON)
    idle.prepare()
    before = Job.objects.values().get()

    assert idle.round() == 0

    assert (played.runs, Job.objects.values().get()) == ([], before)


def test_what_comes_by_the_clock_is_never_given_up(db, played, runner, clock, caplog):
    def fail(_work):
        raise RuntimeError

    played.act = fail
    clock.set(NOON)
    standing = runner("sample.standing")
    standing.prepare()

    with caplog.at_level(logging.CRITICAL):
        for _ in range(12):
            clock.set(the_job().due_at)
            standing.round()

    assert (the_job().state, the_job().attempts) == ("waiting", 12)


@pytest.mark.parametrize(
    ("at", "weekday", "expected"),
    [
        pytest.param("2027-05-31 08:29", None, "2027-05-31 08:30", id="this-morning"),
        pytest.param("2027-05-31 08:30", None, "2027-06-01 08:30", id="at-the-minute"),
        pytest.param("2027-05-31 12:00", 0, "2027-06-07 08:30", id="next-monday"),
        pytest.param("2027-06-06 23:59", 0, "2027-06-07 08:30", id="tomorrow-is-monday"),
    ],
)
def test_a_daily_job_comes_at_its_time_in_japan(at, weekday, expected):
    kind = JobKind(label="", run=nothing, daily=HALF_PAST_EIGHT, weekday=weekday)

    found = [step(kind, in_japan(at)) for step in (next_after, first_due)]

    assert found == [in_japan(expected)] * 2


def in_japan(text):
    return datetime.fromisoformat(f"{text}+09:00")


@pytest.fixture
def another_worker(transactional_db):
    """Another session of the database, which may hold a job."""
    address = connection.settings_dict
    with psycopg.connect(
        host=address["HOST"],
        user=address["USER"],
        dbname=address["NAME"],
        port=address["PORT"],
        autocommit=True,
    ) as session:
        yield session


def test_a_job_that_a_living_worker_holds_is_left_to_it_and_a_dead_ones_is_taken_up(
    another_worker, ask, played, runner
):
    ask()
    Job.objects.update(state="running", attempts=1)
    another_worker.execute(f"SELECT pg_advisory_lock({queue.LOCK})", [str(the_job().pk)])
    held = runner("sample.once").round()
    another_worker.close()

    taken_up = retried(runner("sample.once"))

    assert (held, taken_up) == (0, 1)
    assert (the_job().state, the_job().attempts) == ("done", 2)


def retried(runner):
    """The server notices a moment after the connection was closed."""
    for _ in range(200):
        if ran := runner.round():
            return ran
    return 0


def test_a_worker_that_lost_its_job_writes_nothing_about_it(ask, played, runner):
    def lose(_work):
        Job.objects.update(attempts=2)

    played.act = lose
    ask()

    runner("sample.once").round()

    assert (the_job().state, the_job().attempts) == ("running", 2)


def test_a_job_that_ends_its_process_each_time_is_given_up(ask, played, runner):
    ask()
    Job.objects.update(state="running", attempts=5)

    runner("sample.once").round()

    assert (the_job().state, played.runs) == ("failed", [])
    assert the_job().reason == ("The process that worked on it ended each time, 5 times in a row.")


def test_what_ended_long_ago_is_deleted_and_what_comes_by_the_clock_stays(db, played):
    for state, days in (("done", 31), ("done", 29), ("failed", 31), ("failed", 181)):
        Job.objects.create(
            kind="sample.once",
            key=f"{state}-{days}",
            asked_at=NOON,
            due_at=NOON,
            state=state,
            ended_at=NOON - timedelta(days=days),
        )
    Job.objects.create(kind="sample.standing", asked_at=NOON, due_at=NOON)

    queue.delete_old(NOON)

    assert set(Job.objects.values_list("key", flat=True)) == {"", "done-29", "failed-31"}


def test_every_app_names_what_runs_later_and_its_time(db):
    kinds = Runner().kinds

    assert "jobs.clear_up" in kinds
    assert [name for name, kind in kinds.items() if "." not in name or not str(kind.label)] == []
