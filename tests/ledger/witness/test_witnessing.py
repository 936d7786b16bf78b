import contextlib
import hashlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banso.ledger.signing.notes import SigningKey, succession_note
from banso.ledger.tree import Growing, consistency_hashes
from banso.ledger.verify import (
    EMPTY_ROOT,
    Checkpoint,
    Frontier,
    Note,
    VerifierKey,
    cosigned_at,
    is_consistent,
    node_hash,
    signed_by,
)
from banso.ledger.witness.folder import FolderUnfit, WitnessFolder
from banso.ledger.witness.sources import Joined, Link, Presented, keys_and_successions, present
from banso.ledger.witness.witnessing import Outcome, check

ORIGIN = "banso.localhost/ledger"
LOG = SigningKey.generate(ORIGIN)
AT = datetime(2027, 5, 31, 3, tzinfo=UTC)
PREFIX = 5


def leaf(word):
    return hashlib.sha256(f"{word}".encode()).digest()


def view(name, length=12):
    return [leaf(at if at < PREFIX else f"{name} {at}") for at in range(length)]


OURS, THEIRS = view("ours"), view("theirs")


def root(leaves):
    tree = Growing(0, lambda *stored: [])
    tree.extend(leaves)
    return tree.root()


def body(leaves, size):
    return Checkpoint(ORIGIN, size, root(leaves[:size])).body


def proof(leaves, first, second):
    def subtree(level, index):
        if level == 0:
            return leaves[index]
        return node_hash(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1))

    return consistency_hashes(first, second, subtree)


def proven(hashes, smaller, larger):
    is_shown = is_consistent(smaller.size, smaller.root, larger.size, larger.root, hashes)
    text = json.dumps({"hashes": [one.hex() for one in hashes]}).encode()
    return Link(Joined.CONSISTENT if is_shown else Joined.NOT_SHOWN, {"proof.json": [text]})


def shown(leaves, size, *keys, successions=(), whole=None):
    """Present a checkpoint of a view, with the proofs that this view gives."""

    def link(smaller, larger):
        return proven(proof(whole or leaves, smaller.size, larger.size), smaller, larger)

    signers = keys or (LOG,)
    note = signers[0].sign_note(body(leaves, size), *signers[1:])
    return Presented("the log", note, (LOG.verifier_text,), successions, link)


def bundle(folder, leaves, size):
    folder.mkdir()
    Path(folder, "checkpoint").write_text(LOG.sign_note(body(leaves, size)))
    Path(folder, "bundle.json").write_text(
        json.dumps({"keys": [LOG.verifier_text], "successions": []})
    )
    Path(folder, "tree.bin").write_bytes(b"".join(leaves[:size]))
    return present(str(folder))


class Witness:
    """A witness with a folder of its own, who pins the log's key on the first use."""

    def __init__(self, path, key=LOG):
        self.folder = WitnessFolder(path)
        self.key = self.folder.make_key("witness.example.jp")
        self.out = Path(path, "checkpoint")
        self.log_key = key.verifier_key

    def check(self, presented, at=AT, **others):
        facts = {"log_key": None if self.folder.record() else self.log_key, "out": self.out}
        return check(self.folder, presented, at=at, **(facts | others))

    def outcome(self, presented, **others):
        return self.check(presented, **others).outcome

    def cosigned(self):
        note = Note.parse(self.out.read_text())
        assert cosigned_at(note, self.key.cosigner_key)
        return Checkpoint.parse(note.body)

    def evidence(self):
        folder = Path(self.folder.path, "evidence")
        return sorted(one.name for one in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def witness(tmp_path):
    return Witness(tmp_path / "state")


def test_a_witness_cosigns_the_first_checkpoint_and_each_that_continues_it(witness):
    found = [
        witness.check(shown(OURS, size), at=AT + timedelta(minutes=size)) for size in (3, 5, 12)
    ]

    assert [one.outcome for one in found] == [Outcome.COSIGNED] * 3
    note = Note.parse(witness.out.read_text())
    assert note.body == body(OURS, 12)
    assert signed_by(note, LOG.verifier_key)
    assert cosigned_at(note, witness.key.cosigner_key) == AT + timedelta(minutes=12)
    assert len(note.signatures) == 2


def test_a_checkpoint_that_was_cosigned_before_is_nothing_new_and_changes_no_byte(witness):
    witness.check(shown(OURS, 3))
    before = witness.out.read_bytes()

    outcome = witness.outcome(shown(OURS, 3), at=AT + timedelta(days=1))

    assert (outcome, witness.out.read_bytes()) == (Outcome.NOTHING_NEW, before)


def test_a_log_may_begin_empty(witness):
    empty = Presented("the log", LOG.sign_note(Checkpoint(ORIGIN, 0, EMPTY_ROOT).body))

    assert witness.outcome(empty) == Outcome.COSIGNED
    assert witness.outcome(shown(OURS, 3)) == Outcome.COSIGNED
    assert witness.outcome(empty) == Outcome.OLD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no note",
        LOG.sign_note("a text\n"),
        LOG.sign_note(f"{ORIGIN}\n1\nAAAA\n"),
        LOG.sign_note(body(OURS, 3) + "an extension\n"),
        LOG.sign_note(Checkpoint(ORIGIN, 0, root(OURS)).body),
        LOG.sign_note(f"{ORIGIN}\n{10**30}\n{body(OURS, 3).splitlines()[2]}\n"),
    ],
    ids=["empty", "text", "note", "no-root", "more-lines", "empty-with-a-root", "endless"],
)
def test_what_is_no_plain_checkpoint_is_not_cosigned(witness, text):
    outcome = witness.outcome(Presented("a file", text))

    assert (outcome, witness.out.exists()) == (Outcome.NOT_A_CHECKPOINT, False)


def test_the_first_use_needs_the_logs_key_from_another_channel(witness):
    outcome = witness.outcome(shown(OURS, 3), log_key=None)

    assert (outcome, witness.folder.record()) == (Outcome.KEY_NEEDED, None)


def test_another_key_than_the_pinned_one_is_not_taken_up_from_the_command(witness):
    witness.check(shown(OURS, 3))
    rival = SigningKey.generate(ORIGIN)

    outcome = witness.outcome(shown(OURS, 5, rival), log_key=rival.verifier_key)

    assert (outcome, witness.cosigned().size) == (Outcome.KEY_DIFFERS, 3)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    "note",
    [
        pytest.param(SigningKey.generate(ORIGIN).sign_note(body(OURS, 5)), id="a-foreign-key"),
        pytest.param(
            LOG.sign_note(body(OURS, 5)).replace("\n5\n", "\n6\n"), id="a-text-changed-afterwards"
        ),
        pytest.param(
            Note(body(OURS, 5), (LOG.signature(body(OURS, 4)),)).text, id="anothers-signature"
        ),
        pytest.param(
            LOG.sign_note(Checkpoint("other.example/log", 5, root(OURS[:5])).body),
            id="another-log",
        ),
    ],
)
def test_what_the_log_did_not_sign_is_refused_and_is_no_evidence(witness, note, is_first):
    if not is_first:
        witness.check(shown(OURS, 3))
    before = witness.folder.record()

    outcome = witness.outcome(Presented("a file", note))

    assert (outcome, witness.folder.record(), witness.evidence()) == (
        Outcome.NOT_SIGNED,
        before,
        [],
    )


@pytest.mark.assurance("A-78")
def test_one_size_with_two_roots_is_a_fork_whose_proof_is_kept(witness):
    witness.check(shown(OURS, 8))
    before = witness.out.read_bytes()
    presented = shown(THEIRS, 8)

    found = witness.check(presented, at=AT + timedelta(hours=1))

    assert (found.outcome, witness.out.read_bytes()) == (Outcome.FORK, before)
    assert sorted(one.name for one in found.evidence.iterdir()) == [
        "README.txt",
        "facts.json",
        "presented",
        "seen",
        "verify.py",
    ]
    assert Path(found.evidence, "presented").read_text() == presented.note
    assert Path(found.evidence, "seen").read_bytes() == before
    facts = json.loads(Path(found.evidence, "facts.json").read_text())
    assert (facts["at"], facts["from"]) == ("2027-05-31T04:00:00.000000Z", "the log")


def test_a_fork_is_verified_from_the_evidence_alone_with_the_script_that_lies_in_it(witness):
    witness.check(shown(OURS, 8))
    evidence = witness.check(shown(THEIRS, 8)).evidence
    command = [sys.executable, "-I", "verify.py", "seen", "presented", "--lang", "en"]

    script = subprocess.run(
        [*command, "--key", LOG.verifier_text],
        cwd=evidence,
        check=False,
        capture_output=True,
        text=True,
    )

    assert script.returncode == 1, script.stderr
    assert "8" in script.stdout


@pytest.mark.parametrize(
    ("make", "outcome", "said"),
    [
        pytest.param(
            lambda folder: bundle(folder, THEIRS, 11),
            Outcome.FORK,
            "the smaller: False\nthe larger: True\n",
            id="leaves",
        ),
        pytest.param(
            lambda folder: shown(THEIRS, 11), Outcome.NOT_SHOWN, "continues: False\n", id="proof"
        ),
    ],
)
def test_the_readme_of_the_evidence_says_how_to_compare_two_sizes(
    witness, tmp_path, make, outcome, said
):
    witness.check(shown(OURS, 8))

    found = witness.check(make(tmp_path / "bundle"))

    readme = Path(found.evidence, "README.txt").read_text()
    _, _, command = readme.partition("\npython3 -c '\n")
    program, _, _ = command.partition("\n'\n")
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"\n{program}\n"],
        cwd=found.evidence,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (found.outcome, told.stdout) == (outcome, said), told.stderr


def test_evidence_is_never_overwritten_and_kept_once(witness):
    witness.check(shown(OURS, 8))
    first = witness.check(shown(THEIRS, 8)).evidence
    before = Path(first, "facts.json").read_bytes()

    again = witness.check(shown(THEIRS, 8), at=AT + timedelta(days=1)).evidence

    assert (again, Path(again, "facts.json").read_bytes()) == (first, before)
    assert len(witness.evidence()) == 1


@pytest.mark.assurance("A-78")
@pytest.mark.parametrize(
    "order", list(itertools.permutations([("ours", 6), ("ours", 9), ("theirs", 6), ("theirs", 9)]))
)
def test_two_operators_views_that_differ_are_caught_by_one_witness_in_every_order(witness, order):
    views = {"ours": OURS, "theirs": THEIRS}
    witness.check(shown(OURS, PREFIX))
    cosigned = []

    for name, size in order:
        if witness.outcome(shown(views[name], size)) == Outcome.COSIGNED:
            cosigned.append(name)

    [first, _], *_ = order
    assert set(cosigned) == {first}
    assert len(witness.evidence()) >= 1


def test_an_old_checkpoint_is_told_from_a_log_that_went_back(witness):
    witness.check(shown(OURS, 9))

    outcomes = [
        witness.outcome(shown(OURS, 3, whole=OURS)),
        witness.outcome(shown(THEIRS, 7)),
        witness.outcome(Presented("a file", LOG.sign_note(body(OURS, 3)))),
    ]

    assert outcomes == [Outcome.OLD, Outcome.ROLLED_BACK, Outcome.OLD_WITHOUT_PROOF]
    assert (witness.cosigned().size, len(witness.evidence())) == (9, 1)


def test_a_checkpoint_alone_is_cosigned_at_first_and_later_needs_a_proof(witness, tmp_path):
    file = tmp_path / "note"
    file.write_text(LOG.sign_note(body(OURS, 3)))
    first = witness.outcome(present(str(file)))
    file.write_text(LOG.sign_note(body(OURS, 5)))

    second = witness.outcome(present(str(file)))

    assert (first, second) == (Outcome.COSIGNED, Outcome.PROOF_MISSING)
    assert (witness.cosigned().size, witness.evidence()) == (3, [])


def test_a_bundle_shows_by_its_leaves_whether_it_continues(witness, tmp_path):
    witness.check(shown(OURS, 8))

    outcomes = [
        witness.outcome(bundle(tmp_path / "theirs", THEIRS, 10)),
        witness.outcome(bundle(tmp_path / "old", OURS, 7)),
        witness.outcome(bundle(tmp_path / "ours", OURS, 10)),
    ]

    assert outcomes == [Outcome.FORK, Outcome.OLD_WITHOUT_PROOF, Outcome.COSIGNED]


@pytest.mark.parametrize("kept", [0, 31, 9 * 32, 10 * 32 - 1])
def test_a_bundle_that_is_damaged_proves_nothing_and_accuses_nobody(witness, tmp_path, kept):
    witness.check(shown(OURS, 8))
    presented = bundle(tmp_path / "bundle", OURS, 10)
    tree = tmp_path / "bundle" / "tree.bin"
    tree.write_bytes(tree.read_bytes()[:kept])

    assert witness.outcome(presented) == Outcome.PROOF_MISSING
    assert witness.evidence() == []


@given(data=st.data(), first=st.integers(1, 11), second=st.integers(2, 12))
@settings(max_examples=100)
def test_a_lying_proof_never_joins_two_views(data, first, second):
    forged = data.draw(
        st.lists(st.sampled_from([*OURS, *THEIRS, root(OURS[:4]), root(THEIRS[:8])]), max_size=6)
        | st.permutations(proof(THEIRS, min(first, second), max(first, second)))
    )
    smaller = Checkpoint(ORIGIN, first, root(OURS[:first]))
    larger = Checkpoint(ORIGIN, second, root(THEIRS[:second]))

    link = proven(forged, smaller, larger)

    if link.joined is Joined.CONSISTENT:
        assert first <= second
        assert root(THEIRS[:first]) == smaller.root


# Keys.


def test_a_new_key_is_taken_up_when_the_old_one_names_it_and_it_signs(witness):
    new = SigningKey.generate(ORIGIN)
    successions = (succession_note(LOG, new),)
    witness.check(shown(OURS, 3))

    found = [
        witness.check(shown(OURS, 5, successions=successions)),
        witness.check(shown(OURS, 7, new, LOG, successions=successions)),
        witness.check(shown(OURS, 9, new)),
        witness.check(shown(OURS, 11, LOG, successions=successions)),
    ]

    assert [(one.outcome, one.adopted) for one in found] == [
        (Outcome.COSIGNED, ()),
        (Outcome.COSIGNED, (new.verifier_text,)),
        (Outcome.COSIGNED, ()),
        (Outcome.RETIRED_KEY, ()),
    ]
    keys = witness.folder.record().keys
    assert [(one.key, one.succession) for one in keys] == [
        (LOG.verifier_text, ""),
        (new.verifier_text, successions[0]),
    ]


def test_a_witness_that_slept_follows_several_successions(witness):
    chain = [LOG, *(SigningKey.generate(ORIGIN) for _ in range(3))]
    notes = tuple(succession_note(old, new) for old, new in itertools.pairwise(chain))
    witness.check(shown(OURS, 3))

    found = witness.check(shown(OURS, 5, chain[-1], successions=notes[::-1]))

    assert found.adopted == tuple(key.verifier_text for key in chain[1:])


def forged_successions():
    rival, stranger = SigningKey.generate(ORIGIN), SigningKey.generate(ORIGIN)
    alone = Note.parse(succession_note(LOG, rival))
    return rival, [
        pytest.param((), id="none"),
        pytest.param((succession_note(stranger, rival),), id="by-a-stranger"),
        pytest.param((Note(alone.body, alone.signatures[:1]).text,), id="the-new-key-is-silent"),
        pytest.param((Note(alone.body, alone.signatures[1:]).text,), id="the-old-key-is-silent"),
        pytest.param(("no note", "", "banso key succession\n"), id="no-notes"),
    ]


RIVAL, FORGED = forged_successions()


@pytest.mark.parametrize("successions", FORGED)
def test_no_other_note_makes_a_key_trusted(witness, successions):
    witness.check(shown(OURS, 3))

    outcome = witness.outcome(shown(OURS, 5, RIVAL, successions=successions))

    assert (outcome, len(witness.folder.record().keys)) == (Outcome.NOT_SIGNED, 1)


def test_a_retired_key_names_no_more_successors(witness):
    new, rival = SigningKey.generate(ORIGIN), SigningKey.generate(ORIGIN)
    witness.check(shown(OURS, 3))
    witness.check(shown(OURS, 5, new, successions=(succession_note(LOG, new),)))

    outcome = witness.outcome(shown(OURS, 7, rival, successions=(succession_note(LOG, rival),)))

    assert outcome == Outcome.NOT_SIGNED


def test_the_text_of_the_keys_is_read_whatever_stands_between():
    new = SigningKey.generate(ORIGIN)
    note = succession_note(LOG, new)

    keys = f"{new.verifier_text}\n{LOG.verifier_text}\n"

    assert keys_and_successions(f"{keys}\n{note}\n{note}") == (tuple(keys.split()), (note, note))
    assert keys_and_successions(f"{note}{keys}") == (tuple(keys.split()), (note,))


# The folder.


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


@st.composite
def histories(draw):
    """Draw views that part from each other anywhere, and checkpoints of them in any order."""
    views = [[leaf(at) for at in range(10)]]
    for name in range(draw(st.integers(1, 3))):
        apart = draw(st.integers(0, 9))
        stem = draw(st.sampled_from(views))
        views.append([*stem[:apart], *(leaf(f"{name} {at}") for at in range(apart, 10))])
    step = st.tuples(
        st.sampled_from(range(len(views))),
        st.integers(1, 10),
        st.sampled_from(["own", "another", "leaves", "none", "noise"]),
        st.sampled_from(range(len(views))),
    )
    return views, draw(st.lists(step, min_size=2, max_size=8))


def answer(views, step, folder):
    name, size, way, other = step
    match way:
        case "own":
            return shown(views[name], size)
        case "another":
            return shown(views[name], size, whole=views[other])
        case "leaves":
            return bundle(folder, views[name], size)
        case "none":
            return Presented("a file", LOG.sign_note(body(views[name], size)))
        case _:
            note = LOG.sign_note(body(views[name], size))
            return Presented("noise", note, link=lambda *two: proven([views[other][0]] * 3, *two))


@given(history=histories())
@settings(max_examples=40)
def test_a_witness_never_cosigns_two_checkpoints_that_are_not_consistent(history):
    views, steps = history
    with tempfile.TemporaryDirectory() as path:
        witness, cosigned = Witness(Path(path, "state")), []
        for number, step in enumerate(steps):
            presented = answer(views, step, Path(path, f"{number}"))
            if witness.check(presented).is_done:
                cosigned.append(witness.cosigned())

    assert [one.size for one in cosigned] == sorted(one.size for one in cosigned)
    assert any(all(one.root == root(leaves[: one.size]) for one in cosigned) for leaves in views)


def test_the_frontier_of_leaves_gives_the_roots_that_the_log_signs():
    frontier = Frontier()
    for size, one in enumerate(OURS, start=1):
        frontier.append(one)

        assert frontier.root() == root(OURS[:size])


def test_a_witness_needs_neither_django_nor_a_database():
    program = (
        "import sys, banso.ledger.witness.witnessing, banso.ledger.witness.sources; "
        "print([one for one in ('django', 'psycopg') if one in sys.modules])"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )

    assert told.stdout == "[]\n"
