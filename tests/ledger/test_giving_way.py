"""A-37: two acts that each wait for the other: one gives way, runs again, and is recorded once."""

import threading
import time
import uuid
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected

from banso.ledger.models import Entry
from banso.ledger.record import COMMANDS, command, record
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.models import Organisation
from banso.site.faults import status_of

NOON = datetime(2027, 5, 31, 3, tzinfo=UTC)
FIRST, SECOND = 71, 72
WITHIN = 20.0


def lock(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


class Rival(threading.Thread):
    """Another transaction that locks the same two things the other way round, once or always."""

    def __init__(self, meetings):
        super().__init__()
        self.meetings = meetings
        self.holds, self.may_cross, self.crossed = (threading.Event() for _ in range(3))

    def run(self):
        try:
            for _ in range(self.meetings):
                self.may_cross.clear()
                with transaction.atomic():
                    lock(SECOND)
                    self.holds.set()
                    self.may_cross.wait(WITHIN)
                    # The command waits by now, so it is the one who notices and gives way.
                    time.sleep(0.4)
                    lock(FIRST)
                self.crossed.set()
        finally:
            connection.close()


@pytest.fixture
def found_body(transactional_db):
    """A command that locks two things, and meets a rival as often as it is told to."""
    before = set(COMMANDS)

    def make(rival):
        runs = []

        @command
        def found_body(*, actor, at):
            runs.append(at)
            if len(runs) <= rival.meetings:
                rival.holds.wait(WITHIN)
                rival.holds.clear()
            lock(FIRST)
            rival.may_cross.set()
            lock(SECOND)
            body = Organisation.objects.create(kind="other", name_ja=f"見本{uuid.uuid4()}")
            record(subject=body)
            return body

        return found_body, runs

    yield make
    for act in set(COMMANDS) - before:
        del COMMANDS[act]


@pytest.mark.assurance("A-37")
@pytest.mark.django_db(transaction=True)
def test_an_act_that_gave_way_runs_once_more_and_is_recorded_once(found_body):
    rival = Rival(meetings=1)
    act, runs = found_body(rival)
    rival.start()

    made = act(actor=OPERATOR_AT_CONSOLE, at=NOON)

    rival.join(WITHIN)
    assert rival.crossed.is_set()
    assert runs == [NOON, NOON]
    assert list(Organisation.objects.values_list("pk", flat=True)) == [made.pk]
    assert list(Entry.objects.values_list("subject_id", flat=True)) == [str(made.pk)]


@pytest.mark.assurance("A-37")
@pytest.mark.django_db(transaction=True)
def test_an_act_that_gives_way_twice_leaves_nothing_and_may_be_sent_again(found_body):
    rival = Rival(meetings=2)
    act, runs = found_body(rival)
    rival.start()

    with pytest.raises(OperationalError) as refused:
        act(actor=OPERATOR_AT_CONSOLE, at=NOON)

    rival.join(WITHIN)
    assert isinstance(refused.value.__cause__, DeadlockDetected)
    assert (len(runs), status_of(refused.value)) == (2, 503)
    assert (Organisation.objects.count(), Entry.objects.count()) == (0, 0)
