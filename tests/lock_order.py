"""Watches what each command locks, in every test, and holds it to docs/lock-order.md."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from banso.ledger import record

WRITTEN = (Path(__file__).parents[1] / "docs/lock-order.md").read_text("utf-8")
ORDER = re.findall(r"^\d+\. `(\w+\.\w+)`", WRITTEN, re.MULTILINE)
RANKS = {apps.get_model(label)._meta.db_table: rank for rank, label in enumerate(ORDER)}
REFERRED_TO = {
    model._meta.db_table
    for model in apps.get_models()
    if any(not related.many_to_many for related in model._meta.related_objects)
} & RANKS.keys()
OF_THE_LOAD = ("catalogue_", "people_organisation")
STRONG = re.compile(r"\bFOR UPDATE\b")
LOCKING = re.compile(r'\bFOR (?:NO KEY )?UPDATE(?: OF "(\w+)")?')
CHANGING = re.compile(r'^(?:UPDATE|DELETE FROM|INSERT INTO) "?(\w+)"?')
ADDING = re.compile(r"^INSERT INTO ")
READ_FROM = re.compile(r' FROM "(\w+)"')


class LockedOutOfOrder(AssertionError):  # noqa: N818 - named for what happened
    """A command locked a table after one that comes later in the list."""


class Watch:
    """What the running command has locked so far."""

    def __init__(self):
        self.running, self.tables = None, []

    def __call__(self, execute, sql, params, many, context):
        running = record._running.get()  # noqa: SLF001 - only the running command knows
        if running is not None:
            if running is not self.running:
                self.running, self.tables = running, []
            self.note(str(sql), running.act)
        return execute(sql, params, many, context)

    def note(self, sql, act):
        table = table_locked_by(sql)
        if table is None or table in self.tables:
            return
        if STRONG.search(sql) and table in REFERRED_TO:
            raise LockedOutOfOrder(f"{act} locks {table} without `locked`")
        if table not in RANKS:
            if not ADDING.match(sql) and not self.is_of_the_one_load(table):
                raise LockedOutOfOrder(f"{act} locks {table}, which docs/lock-order.md lacks")
            return
        later = [one for one in self.tables if RANKS[one] > RANKS[table]]
        if later:
            raise LockedOutOfOrder(f"{act} locks {table} after {later}")
        self.tables.append(table)

    def is_of_the_one_load(self, table):
        return table.startswith(OF_THE_LOAD) and "catalogue_programtext" in self.tables


def table_locked_by(sql):
    changing, locking = CHANGING.match(sql), LOCKING.search(sql)
    if changing:
        return changing[1]
    if locking is None:
        return None
    return locking[1] or READ_FROM.search(sql)[1]


@pytest.fixture(autouse=True)
def _lock_order():
    with connection.execute_wrapper(Watch()):
        yield
