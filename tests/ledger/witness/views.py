import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

from banso.ledger.signing.notes import SigningKey
from banso.ledger.tree import Growing, consistency_hashes
from banso.ledger.verify import (
    Checkpoint,
    Note,
    cosigned_at,
    is_consistent,
    node_hash,
)
from banso.ledger.witness.folder import WitnessFolder
from banso.ledger.witness.sources import Joined, Link, Presented, present
from banso.ledger.witness.witnessing import check

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
