"""A-73 and A-74: whatever is changed in a bundle or a receipt is found, and where."""

import io
import json

import pytest
from tests.ledger.sample_log import SampleLog, archive_of, members_of

from banso.ledger.commitments import commitment
from banso.ledger.proving.bundles import BundleLine
from banso.ledger.verify import (
    Checkpoint,
    Note,
    Report,
    Wrong,
    check_bundle,
    check_entries,
    check_past,
    leaf_hash,
)

SIZE = 1000


class Tampered:
    """A bundle whose lines someone changed; the rest is as the log wrote it.

    Reading a line depends on nothing but the line, so each line is read once.
    """

    def __init__(self, bundle, in_full):
        self.members = members_of(bundle)
        self.lines = [json.loads(line) for line in self.members["entries.jsonl"].splitlines()]
        self.written = self.numbered(0, self.lines)
        self.alien = {"index": 0, "leaf": leaf_hash(b"never recorded").hex()}
        self.in_full = in_full
        head = Checkpoint.parse(Note.parse(self.members["checkpoint"].decode()).body)
        lines = self.members["checkpoints.jsonl"].splitlines()
        self.past = check_past(report_of(bundle), head, lines)

    def found(self, written):
        """Say what is wrong; of the whole archive, or of the entries against what was signed."""
        if self.in_full:
            content = b"".join(line + b"\n" for line in written)
            return wrong_in(archive_of({**self.members, "entries.jsonl": content}))
        try:
            check_entries(written, self.past, self.members["tree.bin"])
        except Wrong as wrong:
            return told(wrong)
        return None

    def numbered(self, start, lines):
        """Write lines anew, numbered as if nothing had happened."""
        return [
            json.dumps({**line, "index": index}).encode()
            for index, line in enumerate(lines, start)
        ]


def told(wrong):
    return wrong.facts.get("what", wrong.code), wrong.where


def report_of(bundle):
    report = Report("bundle.zip")
    check_bundle(report, io.BytesIO(bundle), [])
    return report


def wrong_in(bundle):
    """Say what is wrong first, by its code and its place."""
    try:
        report_of(bundle)
    except Wrong as wrong:
        return told(wrong)
    return None


def at_line(index):
    return f"entries.jsonl:{index + 1}"


@pytest.fixture(scope="module")
def tampered(request):
    log = SampleLog(SIZE, checkpoint_every=SIZE)
    return Tampered(log.bundle(), in_full=request.config.getoption("--check"))


@pytest.fixture(scope="module")
def unread(request):
    """A bundle for someone who may read no text: leaves alone protect its order."""
    log = SampleLog(SIZE, checkpoint_every=SIZE)
    log.line = lambda number: BundleLine(number, log.leaves[number])
    return Tampered(log.bundle(), in_full=request.config.getoption("--check"))


@pytest.mark.assurance("A-73")
def test_a_bundle_that_nobody_touched_is_right(tampered):
    assert tampered.found(tampered.written) is None
    assert wrong_in(archive_of(tampered.members)) is None


@pytest.mark.assurance("A-73")
@pytest.mark.parametrize("index", range(0, SIZE, 111))
def test_the_whole_archive_is_judged_as_its_entries_are(unread, index):
    lines = [*unread.lines[:index], *unread.lines[index + 1 :]]
    content = b"".join(line + b"\n" for line in unread.numbered(0, lines))

    found = wrong_in(archive_of({**unread.members, "entries.jsonl": content}))

    assert found == ("entries" if index == SIZE - 1 else "entry-differs", at_line(index))


@pytest.mark.assurance("A-73")
def test_every_changed_entry_is_named(tampered):
    found = []
    for index, line in enumerate(tampered.lines):
        changed = dict(line)
        if "text" in line:
            changed["text"] = line["text"].replace("見本", "別の")
        else:
            changed["leaf"] = tampered.alien["leaf"]
        written = list(tampered.written)
        [written[index]] = tampered.numbered(index, [changed])
        found.append(tampered.found(written))

    codes = ["leaf-differs" if "text" in line else "entry-differs" for line in tampered.lines]
    assert found == [(code, at_line(index)) for index, code in enumerate(codes)]


@pytest.mark.assurance("A-73")
def test_every_changed_entry_is_named_when_its_leaf_was_computed_again(tampered):
    found = []
    for index, line in enumerate(tampered.lines):
        changed = {**line, "leaf": tampered.alien["leaf"]}
        if "text" in line:
            salt, text = bytes(32), line["text"].replace("見本", "別の")
            leaf = leaf_hash(commitment(salt, text)).hex()
            changed |= {"leaf": leaf, "salt": salt.hex(), "text": text}
        written = list(tampered.written)
        [written[index]] = tampered.numbered(index, [changed])
        found.append(tampered.found(written))

    assert found == [("entry-differs", at_line(index)) for index in range(SIZE)]


@pytest.mark.assurance("A-73")
def test_every_deleted_entry_is_named(unread):
    found = []
    for index in range(SIZE):
        rest = unread.numbered(index, unread.lines[index + 1 :])
        found.append(unread.found(unread.written[:index] + rest))

    expected = [("entry-differs", at_line(index)) for index in range(SIZE - 1)]
    assert found == [*expected, ("entries", at_line(SIZE - 1))]


@pytest.mark.assurance("A-73")
def test_every_inserted_entry_is_named(unread):
    found = []
    for index in range(SIZE + 1):
        rest = unread.numbered(index, [unread.alien, *unread.lines[index:]])
        found.append(unread.found(unread.written[:index] + rest))

    expected = [("entry-differs", at_line(index)) for index in range(SIZE)]
    assert found == [*expected, ("entries", at_line(SIZE))]


@pytest.mark.assurance("A-73")
def test_every_swapped_pair_is_named(unread):
    found = []
    for index in range(SIZE - 1):
        written = list(unread.written)
        first, second = unread.lines[index : index + 2]
        written[index : index + 2] = unread.numbered(index, [second, first])
        found.append(unread.found(written))

    assert found == [("entry-differs", at_line(index)) for index in range(SIZE - 1)]


@pytest.mark.assurance("A-73")
def test_every_cut_is_named(unread):
    found = [unread.found(unread.written[:index]) for index in range(SIZE)]

    assert found == [("entries", at_line(index)) for index in range(SIZE)]


@pytest.mark.assurance("A-73")
@pytest.mark.parametrize("index", [0, 137, 500, 998, 999])
def test_an_entry_changed_in_the_stored_tree_too_is_named_with_its_sibling(tampered, index):
    lines = [dict(line) for line in tampered.lines]
    lines[index] = {"index": index, "leaf": tampered.alien["leaf"]}
    tree = bytearray(tampered.members["tree.bin"])
    tree[index * 32 : index * 32 + 32] = bytes.fromhex(tampered.alien["leaf"])
    content = b"".join(line + b"\n" for line in tampered.numbered(0, lines))

    found = wrong_in(
        archive_of({**tampered.members, "entries.jsonl": content, "tree.bin": bytes(tree)})
    )

    assert found == ("entry-differs", at_line(index - index % 2))


@pytest.mark.assurance("A-73")
@pytest.mark.parametrize("tree", ["kept", "cut", "computed-again"])
def test_a_log_rewritten_from_an_entry_on_is_found_by_its_checkpoints(tree):
    log, forged = (SampleLog(400, checkpoint_every=100) for _ in range(2))
    forged.texts[250] = forged.text_of(251)
    forged.count()
    members = members_of(forged.bundle())
    signed = members_of(log.bundle())
    members |= {name: signed[name] for name in ("checkpoint", "checkpoints.jsonl")}
    match tree:
        case "kept":
            members["tree.bin"] = signed["tree.bin"]
        case "cut":
            members["tree.bin"] = signed["tree.bin"][:-32]

    found = wrong_in(archive_of(members))

    # Without a tree that fits the signature, the checkpoints at 200 and 300 still enclose it.
    assert found == ("entry-differs", at_line(250 if tree == "kept" else 200))
