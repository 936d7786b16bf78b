"""Acts of many people at once on one database: all of them end, and none stops another."""

import logging
import threading
import time
from random import Random

import pytest
from django.db import IntegrityError, connection
from django.db.models import ObjectDoesNotExist
from tests.lock_order import Watch

from banso.ledger.models import Entry
from banso.rulebook.verdicts import Refused

WRITERS = 8
SHORT_SECONDS, LONG_SECONDS = 3.0, 20.0
# On a busy machine it goes on until everything that is asked for has happened.
GIVE_UP_SECONDS = 180.0
# What an act meets when another one came first, and what the pages answer with words.
ANSWERS = (Refused, ObjectDoesNotExist, IntegrityError)


def dawdle(execute, sql, params, many, context):
    """Stay a while with each lock, so that others come in between."""
    found = execute(sql, params, many, context)
    if sql.startswith("SELECT") and "UPDATE" in sql:
        time.sleep(0.03)
    return found


class Writer(threading.Thread):
    """One who acts again and again, at random, in the written order of locks."""

    def __init__(self, acts, seed, is_over):
        super().__init__()
        self.dice, self.is_over, self.faults = Random(seed), is_over, []  # noqa: S311 - no secret
        self.acts, self.tried = acts, 0

    def run(self):
        try:
            with connection.execute_wrapper(dawdle), connection.execute_wrapper(Watch()):
                while not self.is_over.is_set() and not self.faults:
                    self.act()
        finally:
            connection.close()

    def act(self):
        self.tried += 1
        try:
            self.dice.choice(self.acts)(self.dice)
        except ANSWERS:
            pass
        except Exception as fault:  # noqa: BLE001 - the test tells of each one
            self.faults.append(fault)


@pytest.fixture
def many_connections(transactional_db, monkeypatch):
    """A process keeps few connections; here every writer has to hold one at the same time."""
    options = connection.settings_dict["OPTIONS"]
    size = WRITERS + 2
    pool = {**options["pool"], "min_size": size, "max_size": size}
    connection.close()
    connection.close_pool()
    with monkeypatch.context() as patch:
        patch.setitem(options, "pool", pool)
        yield
        connection.close()
        connection.close_pool()


@pytest.fixture
def act_at_once(short_or_long, many_connections, caplog):
    """Let eight people act at once for some seconds, until each of the named acts is recorded."""
    seconds = short_or_long(SHORT_SECONDS, LONG_SECONDS)

    def run(acts, *, recorded):
        began_at, is_over = time.monotonic(), threading.Event()
        writers = [Writer(acts, seed, is_over) for seed in range(WRITERS)]
        missing = set(recorded)
        with caplog.at_level(logging.WARNING, logger="banso.ledger.record"):
            for writer in writers:
                writer.start()
            while all(writer.is_alive() for writer in writers) and (
                missing or time.monotonic() - began_at < seconds
            ):
                is_over.wait(0.2)
                missing -= set(Entry.objects.values_list("act", flat=True).distinct())
                if time.monotonic() - began_at > GIVE_UP_SECONDS:
                    break
            is_over.set()
            for writer in writers:
                writer.join(GIVE_UP_SECONDS)
        told = [line.getMessage() for line in caplog.records]
        assert [fault for writer in writers for fault in writer.faults] == []
        assert not [writer for writer in writers if writer.is_alive()]
        assert [line for line in told if "gave way" in line] == []
        assert missing == set()
        assert all(writer.tried > 1 for writer in writers)

    return run
