import hashlib
import uuid
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from banso.ledger.clock import arrival
from banso.ledger.commitments import canonical_json, commitment
from banso.ledger.models import Detail, Entry, Request
from banso.ledger.record import COMMANDS, WrongRecord, command, command_at_arrival, record
from banso.ledger.requests import IncomingRequest, KeyUsedDifferently, incoming
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.bodies.register_organisation import register_organisation
from banso.people.models import Organisation
from banso.rulebook.verdicts import Clause

NOON = datetime(2027, 5, 31, 3, tzinfo=UTC)
ACTOR = OPERATOR_AT_CONSOLE


@pytest.fixture
def try_command():
    """Make a command for one test and forget it afterwards."""
    before = set(COMMANDS)
    yield command
    for act in set(COMMANDS) - before:
        del COMMANDS[act]


def named(function, name):
    function.__module__, function.__name__ = "banso.people.commands.sample", name
    return function


def an_organisation(**facts):
    return Organisation.objects.create(kind="other", name_ja=f"見本{uuid.uuid4()}", **facts)


def request(key=None, body=b"the same body"):
    return IncomingRequest(key=key or uuid.uuid4(), digest=hashlib.sha256(body).digest())


def test_a_command_writes_exactly_one_entry_that_names_its_act(db):
    body = register_organisation(actor=ACTOR, kind="other", name_ja="見本の会", at=NOON)

    [entry] = Entry.objects.values_list(
        "actor_id", "act", "subject_type", "subject_id", "clause", "at", "is_sealed"
    )
    assert entry == (
        ACTOR.person_id,
        "people.register_organisation",
        "people.organisation",
        str(body.pk),
        "",
        NOON,
        False,
    )


def test_an_entry_binds_itself_to_who_did_what_when(db):
    body = register_organisation(actor=ACTOR, kind="other", name_ja="見本の会", at=NOON)

    entry, detail = Entry.objects.get(), Detail.objects.get()
    assert (
        bytes(entry.commitment)
        == hashlib.sha256(bytes(detail.salt) + detail.text.encode()).digest()
    )
    assert detail.text == canonical_json(
        {
            "id": entry.id,
            "actor": ACTOR.person_id,
            "act": "people.register_organisation",
            "subject_type": "people.organisation",
            "subject_id": str(body.pk),
            "clause": "",
            "at": NOON,
            "details": {"kind": "other", "name_ja": "見本の会", "sealed": "no"},
        }
    )


def test_a_command_that_records_nothing_changes_nothing(db, try_command):
    silent = try_command(named(lambda *, actor, at: bool(an_organisation()), "silent"))

    with pytest.raises(WrongRecord, match=r"people\.silent recorded 0 entries"):
        silent(actor=ACTOR)

    assert not Organisation.objects.exists()


def test_a_command_that_records_twice_changes_nothing(db, try_command):
    def twice(*, actor, at):
        body = an_organisation()
        for _ in range(2):
            record(subject=body)

    with pytest.raises(WrongRecord, match=r"people\.twice recorded 2 entries"):
        try_command(named(twice, "twice"))(actor=ACTOR)

    assert (Organisation.objects.count(), Entry.objects.count()) == (0, 0)


def test_an_entry_names_its_commands_own_act_actor_and_instant(db, try_command):
    def own(*, actor):
        record(subject=an_organisation())

    try_command(named(own, "own"))(actor=ACTOR, at=NOON)

    entry = Entry.objects.values_list("act", "actor_id", "at").get()
    assert entry == ("people.own", ACTOR.person_id, NOON)


def test_commands_do_not_call_commands(db, try_command):
    def outer(*, actor, at):
        return register_organisation(actor=actor, kind="other", name_ja="見本の会", at=at)

    with pytest.raises(WrongRecord, match="inside another command"):
        try_command(named(outer, "outer"))(actor=ACTOR)

    assert not Organisation.objects.exists()


def test_nothing_is_recorded_outside_a_command(db):
    body = an_organisation()

    with pytest.raises(WrongRecord, match="outside a command"):
        record(subject=body)


def test_the_instant_is_the_databases_clock(db, clock):
    clock.set(NOON)

    register_organisation(actor=ACTOR, kind="other", name_ja="見本の会")

    assert Entry.objects.get().at == NOON


def test_a_command_at_arrival_takes_the_instant_at_which_its_request_came(db, try_command):
    def arrive(*, actor):
        record(subject=an_organisation())

    arrive = command_at_arrival(named(arrive, "arrive"))
    with arrival(NOON):
        arrive(actor=ACTOR)

    assert Entry.objects.get().at == NOON


def test_the_same_request_again_gives_the_first_result(db):
    repeated = request()

    with incoming(repeated):
        first = register_organisation(actor=ACTOR, kind="other", name_ja="見本の会")
        again = register_organisation(actor=ACTOR, kind="other", name_ja="見本の会")

    assert again == first
    assert (Entry.objects.count(), Request.objects.count()) == (1, 1)


def test_the_same_key_with_another_body_is_refused(db):
    key = uuid.uuid4()
    with incoming(request(key)):
        register_organisation(actor=ACTOR, kind="other", name_ja="見本の会")

    with incoming(request(key, b"another body")), pytest.raises(KeyUsedDifferently):
        register_organisation(actor=ACTOR, kind="other", name_ja="別の会")

    assert [body.name_ja for body in Organisation.objects.all()] == ["見本の会"]


def test_a_key_belongs_to_its_person(db, try_command):
    def note(*, actor):
        body = an_organisation()
        record(subject=body)
        return body

    note, repeated = try_command(named(note, "note")), request()
    with incoming(repeated):
        first = note(actor=ACTOR)
        other = note(actor=type(ACTOR)(person_id=uuid.uuid4()))

    assert first != other


@pytest.mark.assurance("A-79")
@pytest.mark.parametrize("table", ["ledger_entry", "ledger_detail", "ledger_request"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_web_role_changes_no_entry(db, table, change):
    register_organisation(actor=ACTOR, kind="other", name_ja="見本の会", at=NOON)
    statement = change.format(table)
    if table == "ledger_detail":
        statement = statement.replace("SET id = id", "SET text = ''")

    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Entry.objects.count() == 1


def test_details_take_no_floats():
    with pytest.raises(TypeError, match=r"0\.5"):
        canonical_json({"share": 0.5})


def test_a_salt_has_thirty_two_bytes():
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(b"short", "text")


def test_a_clause_is_kept_with_the_entry(db, try_command):
    def cite(*, actor):
        record(subject=an_organisation(), clause=Clause("K1"), sealed=True)

    try_command(named(cite, "cite"))(actor=ACTOR)

    assert Entry.objects.values_list("clause", "is_sealed").get() == ("K1", True)
