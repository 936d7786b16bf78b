from datetime import timedelta

import psycopg
import pytest
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

from banso.ledger.clock import read_clock
from banso.ledger.models import Checkpoint, Entry, Leaf, LogKey, Pending, Subtree
from banso.ledger.queries import consistency_of, inclusion_of, latest_checkpoint
from banso.ledger.signing import sequencing
from banso.ledger.signing.keys import Keyring, KeysUnfit
from banso.ledger.signing.sequencing import LogChanged, Sequencer
from banso.ledger.verify import Checkpoint as Read
from banso.ledger.verify import (
    Note,
    VerifierKey,
    is_consistent,
    root_of_inclusion,
    signed_by,
)


def test_what_was_committed_gets_its_place_in_order_and_waits_no_more(sequence, act):
    for _ in range(5):
        act()

    assert sequence() == 5

    assert placed() == commitments()
    assert [*Leaf.objects.order_by("index").values_list("index", flat=True)] == [0, 1, 2, 3, 4]
    assert not Pending.objects.exists()


def test_a_second_run_finds_nothing_to_do(sequence, act):
    act()
    sequence()

    assert sequence() == 0
    assert Checkpoint.objects.count() == 1


def test_the_root_is_the_one_that_another_program_computes(sequence, act):
    for size in (1, 2, 3, 4, 7, 8, 9):
        while Entry.objects.count() < size:
            act()
        sequence()

        assert latest_checkpoint().root == pymerkle_root(commitments())


def test_a_checkpoint_is_a_note_that_the_logs_key_has_signed(sequence, act):
    act()
    sequence()

    last = latest_checkpoint()
    note = Note.parse(last.note)
    [key] = LogKey.objects.values_list("verifier_key", flat=True)
    assert signed_by(note, VerifierKey.parse(key))
    assert Read.parse(note.body) == Read("banso.localhost/ledger", 1, last.root)


def test_every_entry_is_proven_in_every_later_tree_and_each_tree_in_the_next(sequence, act):
    for _ in range(4):
        act()
        act()
        sequence()

    trees = list(Checkpoint.objects.order_by("size"))
    for tree in trees:
        for leaf in Leaf.objects.filter(index__lt=tree.size):
            proof = inclusion_of(bytes(leaf.hash), tree.size)
            root = root_of_inclusion(proof.index, proof.size, bytes(leaf.hash), proof.hashes)
            assert root == bytes(tree.root)
    for first in trees:
        for second in trees:
            if first.size <= second.size:
                assert is_consistent(
                    first.size,
                    bytes(first.root),
                    second.size,
                    bytes(second.root),
                    consistency_of(first.size, second.size),
                )


def test_a_leaf_that_is_not_in_the_tree_of_that_size_has_no_proof(sequence, act):
    act()
    sequence()
    act()
    sequence()
    later = bytes(Leaf.objects.get(index=1).hash)

    assert inclusion_of(later, 1) is None
    assert inclusion_of(b"0" * 32, 2) is None


def test_batches_larger_than_a_tile_keep_the_roots_of_full_subtrees(sequence, act, monkeypatch):
    monkeypatch.setattr(sequencing, "BATCH", 200)
    act()
    with psycopg.connect(**web_address()) as web:
        web.execute(
            "INSERT INTO ledger_entry SELECT number + 1000 + n, gen_random_uuid(), actor_id, act,"
            " subject_type, subject_id, clause, at, is_sealed, sha256(n::text::bytea)"
            " FROM ledger_entry, generate_series(1, 599) n"
        )
        web.execute(
            "INSERT INTO ledger_pending SELECT number FROM ledger_entry ON CONFLICT DO NOTHING"
        )

    assert sequence() == 600

    assert [*Checkpoint.objects.order_by("size").values_list("size", flat=True)] == [200, 400, 600]
    assert [*Subtree.objects.order_by("index").values_list("level", "index")] == [(8, 0), (8, 1)]
    assert latest_checkpoint().root == pymerkle_root(commitments())


STEPS = ("_waiting", "_lock", "leaf_hash", "Growing", "sign", "StoredTree")


@pytest.mark.parametrize("step", STEPS)
def test_a_sequencer_that_fails_at_any_step_leaves_nothing_and_the_next_begins_anew(
    sequence, act, tmp_path, monkeypatch, step
):
    act()
    sequence()
    act()

    def fail(*_arguments, **_named):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, database_role(SEQUENCER):
        patched.setattr(sequencing, step, fail)
        with pytest.raises(KeyboardInterrupt):
            Sequencer(keyring(tmp_path)).place_batch()
    assert (Leaf.objects.count(), Checkpoint.objects.count(), Pending.objects.count()) == (1, 1, 1)

    assert sequence() == 1
    assert placed() == commitments()


def test_a_sequencer_that_ends_after_its_commit_but_before_its_memory_goes_on(
    sequence, act, tmp_path, monkeypatch
):
    act()
    with monkeypatch.context() as patched, database_role(SEQUENCER):
        patched.setattr(
            Sequencer, "_remember", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            Sequencer(keyring(tmp_path)).place_batch()
    act()

    assert sequence() == 1
    assert placed() == commitments()


def test_a_database_that_went_back_in_time_is_not_signed(sequence, act, tmp_path):
    act()
    act()
    sequence()
    with psycopg.connect(**role_address("banso_owner")) as owner:
        owner.execute("DELETE FROM ledger_leaf WHERE index = 1")
        owner.execute("DELETE FROM ledger_checkpoint")
        owner.execute("INSERT INTO ledger_checkpoint VALUES (1, sha256('x'), now(), 'x')")
    act()

    with pytest.raises(
        LogChanged, match="has 1 leaves and is not a continuation of the one with 2"
    ):
        sequence()

    assert Checkpoint.objects.count() == 1


@pytest.mark.assurance("A-81")
def test_leaves_that_the_owner_changed_are_not_signed_over(sequence, act):
    act()
    act()
    sequence()
    with psycopg.connect(**role_address("banso_owner")) as owner:
        owner.execute("UPDATE ledger_leaf SET hash = sha256('other') WHERE index = 0")
    act()

    with pytest.raises(LogChanged, match="Nothing was signed"):
        sequence()

    assert Checkpoint.objects.get().size == 2


def test_during_the_overlap_both_keys_sign_and_afterwards_the_new_one_alone(
    sequence, act, tmp_path, clock
):
    act()
    sequence()
    with database_role(SEQUENCER):
        ring = keyring(tmp_path)
        now = read_clock()
        ring.rotate(at=now, overlap_until=now + timedelta(days=30))
    old, new = (
        VerifierKey.parse(key)
        for key in LogKey.objects.order_by("pk").values_list("verifier_key", flat=True)
    )

    act()
    sequence()
    overlapping = Note.parse(latest_checkpoint().note)
    clock.set(now + timedelta(days=30))
    act()
    sequence()
    afterwards = Note.parse(latest_checkpoint().note)

    assert (signed_by(overlapping, old), signed_by(overlapping, new)) == (True, True)
    assert (signed_by(afterwards, old), signed_by(afterwards, new)) == (False, True)
    assert signed_by(Note.parse(LogKey.objects.latest("pk").succession), old)


def test_without_its_key_the_log_signs_nothing_and_says_where_it_looked(sequence, act, tmp_path):
    act()
    sequence()
    for file in (tmp_path / "ledger-keys").glob("*.key"):
        file.unlink()
    act()

    with pytest.raises(KeysUnfit, match="does not hold that key"):
        sequence()


def test_a_log_keeps_its_name(sequence, act, tmp_path):
    act()
    sequence()

    with pytest.raises(KeysUnfit, match="A log keeps its name"), database_role(SEQUENCER):
        Keyring.open(tmp_path / "ledger-keys", "other.example/ledger", at=read_clock())


def test_a_start_that_was_killed_after_making_the_key_leaves_the_log_with_one_key(
    sequence, act, tmp_path, monkeypatch
):
    with monkeypatch.context() as patched, database_role(SEQUENCER):
        patched.setattr(
            LogKey.objects, "create", lambda **_: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            keyring(tmp_path)
    act()
    sequence()

    assert len([*(tmp_path / "ledger-keys").glob("*.key")]) == LogKey.objects.count() == 1


@pytest.mark.assurance("A-79")
def test_the_key_is_its_owners_file_and_never_in_the_database(sequence, act, tmp_path):
    act()
    sequence()
    [file] = (tmp_path / "ledger-keys").glob("*.key")

    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    _, _, _, _, seed = file.read_text().strip().split("+", 4)
    with psycopg.connect(**role_address("banso_owner")) as owner:
        tables = [
            row[0]
            for row in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
        for table in tables:
            found = owner.execute(
                f'SELECT count(*) FROM "{table}" one WHERE one::text LIKE %s',  # noqa: S608 - our own tables
                [f"%{seed}%"],
            )
            assert found.fetchone() == (0,)
    with (
        psycopg.connect(**web_address()) as web,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        web.execute("SELECT pg_read_file(%s)", [str(file)])
