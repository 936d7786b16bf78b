"""A small log with keys, witnesses, checkpoints, receipts and bundles, for tests of verifying."""

import hashlib
import io
import json
import random
import zipfile
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from banso.ledger.commitments import canonical_json, commitment
from banso.ledger.proving.bundles import (
    BundleFacts,
    BundleLine,
    ReceiptFacts,
    WitnessKey,
    receipt_text,
    write_bundle,
)
from banso.ledger.signing.notes import SigningKey, succession_note
from banso.ledger.tree import StoredTree
from banso.ledger.verify import Bundle, Checkpoint, leaf_hash, main

ORIGIN = "banso.localhost/ledger"
WITNESS = "witness.example/one"
BEGUN = datetime(2027, 5, 31, 3, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def a_key(name, seed):
    digest = hashlib.sha256(f"{name} {seed}".encode()).digest()
    return SigningKey(name, Ed25519PrivateKey.from_private_bytes(digest))


class SampleLog:
    """Entries with salts and texts.

    In bundles every tenth is erased, and of the others every second is sealed.
    """

    def __init__(self, size, *, seed=1, checkpoint_every=100, keys=1):
        chance = random.Random(seed)  # noqa: S311 - no secret
        self.keys = [a_key(ORIGIN, f"{seed}-{number}") for number in range(keys)]
        self.witness = a_key(WITNESS, seed)
        self.salts = [chance.randbytes(32) for _ in range(size)]
        self.texts = [self.text_of(number) for number in range(size)]
        self.checkpoint_every = checkpoint_every
        self.count()

    def text_of(self, number):
        return canonical_json(
            {
                "id": f"00000000-0000-4000-8000-{number:012d}",
                "actor": f"10000000-0000-4000-8000-{number % 7:012d}",
                "act": "proposals.submit_proposal",
                "subject_type": "proposals.proposal",
                "subject_id": f"{number}",
                "clause": "K1",
                "at": self.at(number),
                "details": {"title": f"見本の提案 {number}", "files": [number, None]},
            }
        )

    def at(self, number):
        return BEGUN + number * SECOND / 10

    def count(self):
        """Compute the tree again, after a test changed salts or texts."""
        pairs = zip(self.salts, self.texts, strict=True)
        self.leaves = [leaf_hash(commitment(salt, text)) for salt, text in pairs]
        self.tree = Bundle(ORIGIN, b"".join(self.leaves), BEGUN)

    def read(self, level, start, stop):
        return [self.tree.subtree(level, index) for index in range(start, stop)]

    def key_at(self, size):
        """Each key signs its share of the log."""
        share = max(1, len(self.leaves) // len(self.keys))
        return self.keys[min(size // share, len(self.keys) - 1)]

    def note(self, size, *, witnessed=False):
        body = Checkpoint(ORIGIN, size, self.tree.root(size)).body
        note = self.key_at(size).sign_note(body)
        return note + self.witness.cosign(body, self.signed_at(size)) if witnessed else note

    def signed_at(self, size):
        return self.at(size) + 20 * SECOND

    def sizes(self, size):
        return [*range(self.checkpoint_every, size, self.checkpoint_every), size]

    @property
    def successions(self):
        pairs = zip(self.keys, self.keys[1:], strict=False)
        return tuple(succession_note(old, new) for old, new in pairs)

    def facts(self):
        return {
            "origin": ORIGIN,
            "keys": tuple(key.verifier_text for key in self.keys),
            "successions": self.successions,
            "witnesses": (WitnessKey("見本大学", self.witness.cosigner_text),),
        }

    def receipt(self, number, size=None):
        proof = StoredTree(self.read).inclusion(number, size) if size else []
        facts = ReceiptFacts(
            salt=self.salts[number],
            text=self.texts[number],
            index=number if size else None,
            proof=tuple(proof),
            checkpoint=self.note(size, witnessed=True) if size else None,
            served_at=self.signed_at(size or number),
            **self.facts(),
        )
        return receipt_text(facts, ["記録の控え", "Receipt of a ledger entry"]).encode()

    def line(self, number):
        leaf = self.leaves[number]
        if number % 10 == 9:
            return BundleLine(number, leaf, erased_at=self.signed_at(len(self.leaves)))
        if number % 2:
            return BundleLine(number, leaf)
        return BundleLine(number, leaf, salt=self.salts[number], text=self.texts[number])

    def bundle(self, size=None):
        size = len(self.leaves) if size is None else size
        facts = BundleFacts(
            size=size,
            made_at=self.signed_at(size),
            reader="auditor",
            checkpoint=self.note(size, witnessed=True),
            **self.facts(),
        )
        file = io.BytesIO()
        checkpoints = [(one, self.signed_at(one), self.note(one)) for one in self.sizes(size)]
        lines = (self.line(number) for number in range(size))
        write_bundle(file, facts=facts, checkpoints=checkpoints, lines=lines)
        return file.getvalue()


def members_of(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive_of(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def verified(capsysbinary, *words):
    """Run the verifier; its exit code, and its one JSON document."""
    code = main([*map(str, words), "--json"])
    return code, json.loads(capsysbinary.readouterr().out)


def wrongs_of(document):
    """What is wrong, each by its code and its place."""
    return [
        (finding["code"], finding["where"])
        for file in document["files"]
        for finding in file["findings"]
        if finding["result"] == "wrong"
    ]
