import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest

from banso.jobs import queue
from banso.jobs.running import Runner
from banso.ledger.clock import read_clock
from banso.web.fronts.jobs import JobKind


class Played:
    """A kind of job that does what a test tells it to."""

    def __init__(self):
        self.runs, self.act = [], lambda _work: None

    def __call__(self, work):
        self.runs.append(work.subject)
        self.act(work)


@pytest.fixture
def played(monkeypatch):
    played = Played()
    kinds = {
        "sample.once": JobKind(label="Once", run=played),
        "sample.standing": JobKind(label="Standing", run=played, every=timedelta(minutes=5)),
    }
    monkeypatch.setattr(queue, "job_kinds", lambda: kinds)
    played.kinds = kinds
    return played


@pytest.fixture
def runner(played):
    def only(name, **changes):
        return Runner({name: replace(played.kinds[name], **changes)})

    yield only
    with contextlib.suppress(Exception):
        queue.release()


@pytest.fixture
def ask(db, played):
    def enqueue(key="key", **facts):
        return queue.enqueue("sample.once", key=key, at=read_clock(), **facts)

    return enqueue
