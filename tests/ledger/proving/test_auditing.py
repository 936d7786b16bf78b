"""What the database's owner changes in the ledger is found."""
# ruff: noqa: S608 - the names are those of our own tables

import datetime
import json
import uuid

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, models
from tests.acting import database_role

from banso.ledger.commitments import canonical_json, commitment
from banso.ledger.models import Checkpoint, Cosignature, Detail, Entry, Leaf, Subtree
from banso.ledger.proving.auditing import Remembered, contradictions
from banso.ledger.signing.cosigning import keep_cosignatures
from banso.ledger.signing.keys import Keyring
from banso.ledger.signing.notes import SigningKey
from banso.ledger.signing.pace import PLACES
from banso.ledger.signing.sequencing import Sequencer, signed_last
from banso.ledger.verify import Note
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.record.register_witness import register_witness

ENTRIES = 260  # one finished tile and a little more
AT_REST = datetime.datetime(2099, 5, 31, 3, tzinfo=datetime.UTC)

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


def found(remembered=None):
    origin = settings.LEDGER_ORIGIN
    return list(
        contradictions(origin=origin, remembered=remembered, advance=lambda _entries: None)
    )


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
def signed(sequence, act, tmp_path, clock):
    for _ in range(ENTRIES):
        act()
    sequence()
    clock.set(AT_REST)
    with database_role(settings.DATABASE_ROLES["sequencer"]):
        keyring = Keyring.open(tmp_path / "ledger-keys", settings.LEDGER_ORIGIN, at=AT_REST)
        assert Sequencer(keyring).beat() == 0
    assert Leaf.objects.filter(entry=None).count() == 2 * PLACES
    last = signed_last(tmp_path / "ledger-keys")
    return Remembered(last.size, last.root)


def test_what_nobody_changed_contradicts_nothing(signed):
    assert found(signed) == []


@pytest.mark.parametrize(("model", "field"), list(columns()))
def test_a_changed_column_is_found(signed, model, field):
    table, key = model._meta.db_table, model._meta.pk.column
    order = "filler" if field.name == "filler" else key  # the first that has it
    first = f"(SELECT {key} FROM {table} ORDER BY {order} LIMIT 1)"
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


def test_an_entry_that_was_made_a_leaf_that_stands_for_nothing_is_found(signed):
    leaf = Leaf.objects.earliest("index")

    as_owner(
        f"UPDATE ledger_leaf SET entry_id = NULL WHERE index = {leaf.index}",
        f"DELETE FROM ledger_detail WHERE entry_id = {leaf.entry_id}",
        f"DELETE FROM ledger_entry WHERE number = {leaf.entry_id}",
    )

    assert [(one.place, one.says) for one in found()] == [
        (f"leaf {leaf.index}", "its entry is missing")
    ]


def test_another_leafs_seed_does_not_make_an_entry_a_leaf_that_stands_for_nothing(signed):
    leaf = Leaf.objects.earliest("index")

    as_owner(
        "UPDATE ledger_leaf SET entry_id = NULL, filler ="
        " (SELECT filler FROM ledger_leaf WHERE filler IS NOT NULL LIMIT 1)"
        f" WHERE index = {leaf.index}",
        f"DELETE FROM ledger_detail WHERE entry_id = {leaf.entry_id}",
        f"DELETE FROM ledger_entry WHERE number = {leaf.entry_id}",
    )

    assert [(one.place, one.says) for one in found()] == [
        (f"leaf {leaf.index}", "it is not one that stands for nothing")
    ]


def test_leaves_behind_the_last_checkpoint_are_found(signed):
    as_owner(
        "INSERT INTO ledger_leaf (index, hash) SELECT max(index) + 1, sha256('surplus')"
        " FROM ledger_leaf"
    )

    assert "1 stand behind the last checkpoint, unsigned" in [one.says for one in found()]


@pytest.mark.parametrize("change", ["text = 'no JSON'", "text = '{}'", "salt = 'short'"])
def test_details_that_cannot_be_read_are_found(signed, change):
    number = Entry.objects.earliest("number").pk

    as_owner(f"UPDATE ledger_detail SET {change} WHERE entry_id = {number}")

    assert {one.place for one in found()} == {f"entry {number}"}


def test_an_erasure_that_no_act_of_erasing_covers_is_found(signed):
    first, last = Entry.objects.earliest("number").pk, Entry.objects.latest("number").pk

    as_owner(
        f"DELETE FROM ledger_detail WHERE entry_id = {first}",
        "INSERT INTO ledger_erasure (entry_id, erased_at, erased_by_id)"
        f" VALUES ({first}, now(), {last})",
    )

    assert [(one.place, one.says) for one in found()] == [
        (f"entry {last}", "it erased None, and 1 name it"),
        (f"entry {last}", "an erasure has another instant than its act"),
    ]


def test_a_closed_entry_of_before_contradicts_nothing(signed, sequence, act):
    act()
    last = Detail.objects.latest("entry_id")
    facts = json.loads(last.text)
    facts["details"].pop("sealed")
    text, salt = canonical_json(facts | {"id": str(uuid.uuid4())}), bytes(last.salt)
    entry = (
        f"id = '{json.loads(text)['id']}', is_sealed = true,"
        f" commitment = decode('{commitment(salt, text).hex()}', 'hex')"
    )
    as_owner(
        f"UPDATE ledger_entry SET {entry} WHERE number = {last.entry_id}",
        f"UPDATE ledger_detail SET text = '{text}' WHERE entry_id = {last.entry_id}",
    )
    sequence()

    assert found() == []


def written_anew(key):
    """Sign every checkpoint with a key of one's own, over other roots where that is wanted."""
    for one in Checkpoint.objects.order_by("size"):
        body = Note.parse(one.note).body
        note = key.sign_note(body).replace("'", "''")
        yield f"UPDATE ledger_checkpoint SET note = '{note}' WHERE size = {one.size}"


def test_a_key_that_the_one_before_did_not_name_is_found(signed):
    stranger = SigningKey.generate(settings.LEDGER_ORIGIN)

    as_owner(
        "INSERT INTO ledger_logkey (verifier_key, added_at, succession)"
        f" VALUES ('{stranger.verifier_text}', now(), '')",
        *written_anew(stranger),
    )

    assert [(one.place, one.says) for one in found(signed)] == [
        (f"key {stranger.verifier_text}", "the key before it did not name it")
    ]


def test_a_history_that_was_written_anew_as_a_whole_is_found_by_the_workers_memory(signed):
    as_owner("DELETE FROM ledger_checkpoint", "DELETE FROM ledger_subtree")
    as_owner(
        "DELETE FROM ledger_leaf",
        "DELETE FROM ledger_detail",
        "DELETE FROM ledger_entry",
    )

    assert found() == []
    [one] = found(signed)
    assert (one.place, "remembers" in one.says) == ("checkpoints", True)


@pytest.mark.parametrize(
    "change", ["at = at + interval '1 second'", "line = replace(line, 'A', 'B')"]
)
def test_a_changed_cosignature_is_found(signed, change):
    witness = SigningKey.generate("witness.example.ac.jp")
    register_witness(
        actor=OPERATOR_AT_CONSOLE, key=witness.cosigner_text, organisation_ja="見本大学"
    )
    note = Checkpoint.objects.latest("size").note
    keep_cosignatures(note + witness.cosign(Note.parse(note).body, AT_REST))
    assert [one.place for one in found(signed)] == []

    as_owner(f"UPDATE ledger_cosignature SET {change}")

    size = Cosignature.objects.get().checkpoint_id
    assert [one.place for one in found(signed)] == [
        f"cosignature of witness.example.ac.jp under checkpoint {size}"
    ]
