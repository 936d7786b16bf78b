import contextlib
import itertools
import os
from pathlib import Path

import pytest
from tests.ledger.witness.views import (
    LOG,
    OURS,
    PREFIX,
    THEIRS,
    Witness,
    root,
    shown,
)

from banso.ledger.verify import (
    Checkpoint,
    Note,
    VerifierKey,
)
from banso.ledger.witness.folder import FolderUnfit, WitnessFolder
from banso.ledger.witness.sources import Presented
from banso.ledger.witness.witnessing import Outcome


def test_a_witness_has_one_key_readable_by_its_owner_alone(witness):
    key = Path(witness.folder.path, "key")

    assert key.stat().st_mode & 0o777 == 0o600
    assert VerifierKey.parse(witness.key.cosigner_text).kind == 0x04
    with pytest.raises(FolderUnfit, match="has a key already"):
        witness.folder.make_key("other.example.jp")
    assert witness.folder.key().text == witness.key.text


def test_a_key_that_others_may_read_cosigns_nothing(witness):
    Path(witness.folder.path, "key").chmod(0o640)

    with pytest.raises(FolderUnfit, match="Others than its owner"):
        witness.check(shown(OURS, 3))


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"keys": [], "note": ""}', "\x00"])
def test_a_damaged_record_is_not_taken_for_none(witness, text):
    witness.check(shown(OURS, 3))
    Path(witness.folder.path, "log.json").write_text(text)

    with pytest.raises(FolderUnfit, match="damaged"):
        witness.check(shown(OURS, 5), log_key=LOG.verifier_key)


@pytest.mark.parametrize("is_lost", [True, False])
def test_a_folder_put_back_from_a_copy_cosigns_nothing(witness, is_lost):
    log = Path(witness.folder.path, "log.json")
    witness.check(shown(OURS, 3))
    copy = log.read_bytes()
    witness.check(shown(OURS, 8))
    published = Presented("the log", witness.out.read_text())
    log.unlink() if is_lost else log.write_bytes(copy)

    by_the_file = witness.outcome(shown(THEIRS, 8))
    witness.out.unlink()
    by_the_log = witness.outcome(published)

    assert (by_the_file, by_the_log) == (Outcome.STATE_LOST, Outcome.STATE_LOST)


@contextlib.contextmanager
def wrapped(names, around):
    plain = {name: getattr(os, name) for name in names}
    for name in names:
        setattr(os, name, around(name, plain[name]))
    try:
        yield
    finally:
        for name in names:
            setattr(os, name, plain[name])


WRITES = ("open", "write", "fsync", "replace", "rename", "mkdir", "unlink")


def killed_at(step, act):
    """Run the act in a process that dies at one of its writes; tell whether it came to an end."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    left = itertools.count(-step)

    def dying(name, call):
        def instead(*words, **others):
            if next(left) == 0:
                if name == "write":
                    call(words[0], bytes(words[1])[: len(words[1]) // 2])
                os._exit(9)
            return call(*words, **others)

        return instead

    try:
        with wrapped(WRITES, dying):
            act()
    except BaseException:  # noqa: BLE001 - the child must never come back to the tests
        os._exit(7)
    os._exit(0)


def test_a_run_killed_at_any_write_leaves_the_folder_whole_and_the_next_completes_it(tmp_path):
    steps = 0
    for step in range(200):
        witness = Witness(tmp_path / f"{step}")
        witness.check(shown(OURS, 7))

        is_done = killed_at(step, lambda: witness.check(shown(OURS, 8)))  # noqa: B023 - called now

        remembered, left = witness.folder.record().checkpoint.size, witness.cosigned().size
        assert (remembered, left) in {(7, 7), (8, 7), (8, 8)}
        assert witness.outcome(shown(THEIRS, 8)) in {Outcome.NOT_SHOWN, Outcome.FORK}
        assert witness.check(shown(OURS, 8)).is_done
        assert witness.cosigned().size == 8
        steps = step
        if is_done:
            break
    assert steps > 10


def test_evidence_is_whole_or_absent_when_a_run_is_killed(tmp_path):
    whole = {"README.txt", "facts.json", "presented", "seen", "verify.py", "proof.json"}
    steps = 0
    for step in range(200):
        witness = Witness(tmp_path / f"{step}")
        witness.check(shown(OURS, 7))

        is_done = killed_at(step, lambda: witness.check(shown(THEIRS, 8)))  # noqa: B023 - called now

        found = [one for one in witness.evidence() if not one.startswith(".")]
        for one in found:
            kept = Path(witness.folder.path, "evidence", one)
            assert {file.name for file in kept.iterdir()} == whole
        again = witness.check(shown(THEIRS, 8))
        assert {file.name for file in again.evidence.iterdir()} == whole
        assert [one for one in witness.evidence() if not one.startswith(".")] == [
            again.evidence.name
        ]
        steps = step
        if is_done:
            break
    assert steps > 20


def test_a_killed_maker_of_a_key_leaves_a_whole_key_or_none(tmp_path):
    for step in range(100):
        folder = WitnessFolder(tmp_path / f"{step}")

        is_done = killed_at(step, lambda: folder.make_key("witness.example.jp"))  # noqa: B023 - called now

        with contextlib.suppress(FolderUnfit):
            folder.make_key("witness.example.jp")
        assert folder.key().name == "witness.example.jp"
        if is_done:
            break
    assert is_done


def test_what_is_remembered_is_durable_before_a_cosignature_leaves(witness, tmp_path):
    done = []

    def noting(name, call):
        def instead(*words):
            is_move = name == "replace"
            place = words[1] if is_move else Path(f"/proc/self/fd/{words[0]}").readlink()
            done.append((name, place.name))
            return call(*words)

        return instead

    with wrapped(("fsync", "replace"), noting):
        witness.check(shown(OURS, 3), out=tmp_path / "cosigned")

    assert done == [
        ("fsync", ".log.json.new"),
        ("replace", "log.json"),
        ("fsync", "state"),
        ("fsync", ".cosigned.new"),
        ("replace", "cosigned"),
        ("fsync", tmp_path.name),
    ]


def test_runs_at_the_same_time_cosign_one_view_only(witness, tmp_path):
    witness.check(shown(OURS, PREFIX))
    rivals = [(leaves, size) for leaves in (OURS, THEIRS) for size in (6, 7, 8, 9)]
    children = []
    for number, (leaves, size) in enumerate(rivals):
        presented, out = shown(leaves, size), tmp_path / f"{number}"
        child = os.fork()
        if not child:
            with contextlib.suppress(BaseException):
                witness.check(presented, out=out)
            os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)

    cosigned = [
        Checkpoint.parse(Note.parse(out.read_text()).body)
        for out in map(tmp_path.joinpath, map(str, range(len(rivals))))
        if out.exists()
    ]
    largest = max(cosigned, key=lambda one: one.size)
    [leaves] = [one for one in (OURS, THEIRS) if root(one[: largest.size]) == largest.root]
    assert {one.root for one in cosigned} <= {root(leaves[:size]) for size in range(13)}
