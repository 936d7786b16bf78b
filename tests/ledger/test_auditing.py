"""What the database's owner changes in the ledger is found."""
# ruff: noqa: S608 - the names are those of our own tables

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, models
from tests.acting import database_role

from banso.ledger.auditing import contradictions
from banso.ledger.models import Checkpoint, Detail, Entry, Leaf, Subtree

ENTRIES = 260  # one finished tile and a little more

CHANGES = {
    models.CharField: "{} || 'x'",
    models.UUIDField: "gen_random_uuid()",
    models.DateTimeField: "{} + interval '1 second'",
    models.BooleanField: "NOT {}",
    models.BinaryField: "sha256({})",
    models.BigAutoField: "{} + 100000",
    models.TextField: "{} || ' '",
    models.BigIntegerField: "{} + 100000",
    models.SmallIntegerField: "{} + 8",
}

STATED_BY_NOTHING = {
    "Entry.number",  # its leaf refers to it, by a constraint; the next test shows that
    "Subtree.id",  # a number of the row alone
    "Checkpoint.signed_at",  # a checkpoint's signed text has no instant; witnesses' lines have
}


def columns():
    """Every stored column of what is signed, from the models, so that a new one is in it."""
    for model in (Entry, Detail, Leaf, Subtree, Checkpoint):
        for field in model._meta.concrete_fields:
            if f"{model.__name__}.{field.name}" in STATED_BY_NOTHING:
                continue
            yield pytest.param(model, field, id=f"{model.__name__}.{field.name}")


def found():
    return list(contradictions(origin=settings.LEDGER_ORIGIN, advance=lambda _entries: None))


def as_owner(*statements):
    with database_role(settings.DATABASE_ROLES["owner"]), connection.cursor() as cursor:
        # The owner of a table can do this, and takes every guard out of the way first.
        for table in ("ledger_entry", "ledger_detail", "ledger_leaf"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        for table in ("ledger_entry", "ledger_detail", "ledger_leaf"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def signed(sequence, act):
    for _ in range(ENTRIES):
        act()
    sequence()


def test_what_nobody_changed_contradicts_nothing(signed):
    assert found() == []


@pytest.mark.parametrize(("model", "field"), list(columns()))
def test_a_changed_column_is_found(signed, model, field):
    table, key = model._meta.db_table, model._meta.pk.column
    first = f"(SELECT {key} FROM {table} ORDER BY {key} LIMIT 1)"
    value = change_of(field)

    as_owner(f"UPDATE {table} SET {field.column} = {value} WHERE {key} = {first}")

    assert found() != []


def change_of(field):
    if field.is_relation:  # the leaf or the details of another entry, or of none
        return "NULL" if field.null else f"{field.column} + 100000"
    kind = next(kind for kind in CHANGES if type(field) is kind)
    return CHANGES[kind].format(field.column)


def test_the_number_of_an_entry_that_has_a_place_cannot_be_changed(signed):
    with pytest.raises(IntegrityError):
        as_owner("UPDATE ledger_entry SET number = number + 100000")


@pytest.mark.parametrize(
    "table", ["ledger_detail", "ledger_leaf", "ledger_subtree", "ledger_checkpoint"]
)
def test_a_row_that_was_taken_out_is_found(signed, table):
    as_owner(f"DELETE FROM {table}")

    assert found() != []


def test_an_entry_that_was_taken_out_with_all_that_belongs_to_it_is_found(signed):
    number = Entry.objects.earliest("number").pk

    as_owner(
        f"DELETE FROM ledger_leaf WHERE entry_id = {number}",
        f"DELETE FROM ledger_detail WHERE entry_id = {number}",
        f"DELETE FROM ledger_entry WHERE number = {number}",
    )

    assert found() != []
