"""Whether what runs later runs is said by readiness: not at once, and with the reason."""

import os
from datetime import timedelta

import pytest

from banso.jobs.models import Job
from banso.ledger.clock import read_clock
from banso.site import readiness
from banso.site.database.embedded.supervisor import open_lock, try_lock
from banso.site.readiness import TASKS_MISSED_AFTER, Missed


def test_tasks_that_end_and_come_again_are_not_missed_and_those_that_stay_away_are():
    missed = Missed()

    told = [
        missed.is_long(at, moves=moves)
        for at, moves in [
            (0.0, False),
            (TASKS_MISSED_AFTER, False),
            (TASKS_MISSED_AFTER + 1, False),
            (TASKS_MISSED_AFTER + 2, True),
            (TASKS_MISSED_AFTER + 3, False),
        ]
    ]

    assert told == [False, False, True, False, False]


@pytest.fixture
def long_missed(transactional_db, settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setattr(readiness, "tasks_missed", Missed(since=-TASKS_MISSED_AFTER * 2))
    monkeypatch.setenv("BANSO_WORKER_ELSEWHERE", "1")
    return tmp_path


@pytest.mark.parametrize(
    ("runs", "heard_before", "trouble"),
    [
        (False, timedelta(0), ["the tasks do not run"]),
        (True, timedelta(0), []),
        (True, timedelta(seconds=299), []),
        (True, timedelta(seconds=302), ["no task has moved for over 300 seconds"]),
    ],
)
def test_readiness_says_that_tasks_are_away_or_stuck(long_missed, runs, heard_before, trouble):
    at = read_clock()
    Job.objects.create(
        kind="jobs.clear_up", asked_at=at, due_at=at, seen_at=at - heard_before, state="waiting"
    )
    lock = open_lock(long_missed / "tasks.lock")
    held = runs and try_lock(lock)

    found = readiness.troubles()

    os.close(lock)
    assert held == runs
    assert found == trouble
