import contextlib
import threading

import psycopg
import pytest
from django.db import connection, transaction
from tests.acting import database_role
from tests.ledger.signing.trees import (
    SEQUENCER,
    commitments,
    keyring,
    placed,
    pymerkle_root,
    role_address,
    web_address,
)

from banso.ledger.models import Leaf, Pending
from banso.ledger.queries import latest_checkpoint
from banso.ledger.signing import sequencing
from banso.ledger.signing.sequencing import Sequencer


def act_without_its_own_transaction():
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH entry AS (INSERT INTO ledger_entry (id, actor_id, act, subject_type, subject_id,"
            " clause, at, is_sealed, commitment) VALUES (gen_random_uuid(), gen_random_uuid(), '',"
            " '', '', '', now(), false, sha256('rolled back')) RETURNING number)"
            " INSERT INTO ledger_pending SELECT number FROM entry"
        )


@pytest.mark.assurance("A-77")
def test_an_entry_that_is_committed_late_gets_the_next_place_and_none_is_skipped(sequence, act):
    act()
    with psycopg.connect(**web_address()) as late:
        number = late.execute(
            "WITH entry AS (INSERT INTO ledger_entry (id, actor_id, act, subject_type, subject_id,"
            " clause, at, is_sealed, commitment) SELECT gen_random_uuid(), actor_id, act,"
            " subject_type, subject_id, clause, at, is_sealed, sha256('late') FROM ledger_entry"
            " RETURNING number), pending AS (INSERT INTO ledger_pending SELECT number FROM entry)"
            " SELECT number FROM entry"
        ).fetchone()[0]
        act()
        assert sequence() == 2
        late.commit()

    assert sequence() == 1

    assert Leaf.objects.get(index=2).entry_id == number
    assert sorted(placed()) == sorted(commitments())


@pytest.mark.assurance("A-77")
def test_an_act_that_is_rolled_back_gets_no_place(sequence, act):
    with contextlib.suppress(KeyboardInterrupt), transaction.atomic():
        act_without_its_own_transaction()
        raise KeyboardInterrupt
    act()

    assert sequence() == 1
    assert placed() == commitments()


@pytest.mark.assurance("A-77")
def test_two_sequencers_at_once_give_each_entry_one_place(sequence, act, tmp_path, monkeypatch):
    monkeypatch.setattr(sequencing, "BATCH", 3)
    for _ in range(30):
        act()
    counts = []
    with database_role(SEQUENCER):
        ring = keyring(tmp_path)

        def work():
            try:
                while Pending.objects.exists():
                    counts.append(Sequencer(ring).place_batch())
            finally:
                connection.close()

        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    assert sum(counts) == 30
    assert placed() == commitments()
    assert latest_checkpoint().root == pymerkle_root(commitments())


def test_who_finds_another_sequencer_at_work_does_nothing_and_does_not_wait(
    sequence, act, tmp_path
):
    act()
    with database_role(SEQUENCER):
        ring = keyring(tmp_path)
        with psycopg.connect(**role_address(SEQUENCER)) as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [sequencing.SEQUENCING])

            assert Sequencer(ring).place_batch() == 0

        assert Sequencer(ring).place_batch() == 1


def test_writers_never_wait_for_the_sequencer(sequence, act, tmp_path, monkeypatch):
    act()
    sign = sequencing.sign

    def sign_while_someone_acts(*arguments, **named):
        with psycopg.connect(**web_address(), options="-c lock_timeout=2s") as web:
            web.execute(
                "INSERT INTO ledger_entry (id, actor_id, act, subject_type, subject_id, clause, at,"
                " is_sealed, commitment) SELECT gen_random_uuid(), actor_id, act, subject_type,"
                " subject_id, clause, at, is_sealed, sha256('meanwhile') FROM ledger_entry"
            )
            web.execute("INSERT INTO ledger_pending SELECT max(number) FROM ledger_entry")
        return sign(*arguments, **named)

    monkeypatch.setattr(sequencing, "sign", sign_while_someone_acts)
    with database_role(SEQUENCER):
        assert Sequencer(keyring(tmp_path)).place_batch() == 1
    monkeypatch.setattr(sequencing, "sign", sign)

    assert sequence() == 1
    assert placed() == commitments()
