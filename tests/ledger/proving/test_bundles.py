"""What the ledger writes for people to keep, byte by byte."""

import io
import json
import zipfile
from pathlib import Path

from tests.ledger.sample_log import ORIGIN, SampleLog, members_of

from banso.ledger import verify
from banso.ledger.proving.bundles import BundleFacts, BundleLine, write_bundle

LOG = SampleLog(5, checkpoint_every=2)
KEYS = [key.verifier_text for key in LOG.keys]
WITNESSES = [{"organisation": "見本大学", "key": LOG.witness.cosigner_text}]


def stated_in(receipt):
    _, _, rest = receipt.decode().partition("-----BEGIN BANSO RECEIPT-----\n")
    return json.loads(rest.partition("-----END BANSO RECEIPT-----\n")[0])


def test_a_receipt_holds_the_entry_its_salt_and_its_proof():
    stated = stated_in(LOG.receipt(2, 5))

    assert stated == {
        "banso": "receipt",
        "version": 1,
        "origin": ORIGIN,
        "salt": LOG.salts[2].hex(),
        "text": LOG.texts[2],
        "commitment": stated["commitment"],
        "leaf": LOG.leaves[2].hex(),
        "index": 2,
        "proof": [
            LOG.leaves[3].hex(),
            LOG.tree.subtree(1, 0).hex(),
            LOG.leaves[4].hex(),
        ],
        "checkpoint": LOG.note(5, witnessed=True),
        "keys": KEYS,
        "successions": [],
        "witnesses": WITNESSES,
        "served_at": "2027-05-31T03:00:20.500000Z",
    }


def test_a_receipt_before_sequencing_has_no_proof():
    stated = stated_in(LOG.receipt(2))

    assert (stated["index"], stated["proof"], stated["checkpoint"]) == (None, [], None)


def test_a_receipt_begins_with_what_people_read():
    lines = LOG.receipt(2).decode().split("\n")

    assert lines[:4] == [
        "記録の控え",
        "Receipt of a ledger entry",
        "",
        "-----BEGIN BANSO RECEIPT-----",
    ]
    assert lines[-2:] == ["-----END BANSO RECEIPT-----", ""]


def test_a_bundle_opens_what_its_reader_may_see_and_nothing_else():
    log = SampleLog(3)
    hidden = [
        BundleLine(0, log.leaves[0], salt=log.salts[0], text=log.texts[0]),
        BundleLine(1, log.leaves[1]),
        BundleLine(2, log.leaves[2], erased_at=log.at(2)),
    ]
    log.line = hidden.__getitem__

    members = members_of(log.bundle())
    lines = [json.loads(line) for line in members["entries.jsonl"].splitlines()]

    leaves = [leaf.hex() for leaf in log.leaves]
    assert lines == [
        {"index": 0, "leaf": leaves[0], "salt": log.salts[0].hex(), "text": log.texts[0]},
        {"index": 1, "leaf": leaves[1]},
        {"index": 2, "leaf": leaves[2], "erased": "2027-05-31T03:00:00.200000Z"},
    ]
    everything = b"".join(members.values())
    assert not any(salt.hex().encode() in everything for salt in log.salts[1:])


def test_a_bundle_holds_keys_checkpoints_tree_and_the_script():
    members = members_of(LOG.bundle())

    assert json.loads(members["bundle.json"]) == {
        "banso": "bundle",
        "version": 1,
        "origin": ORIGIN,
        "size": 5,
        "made_at": "2027-05-31T03:00:20.500000Z",
        "reader": "auditor",
        "keys": KEYS,
        "successions": [],
        "witnesses": WITNESSES,
        "checkpoints": 3,
        "opened": 3,
        "erased": 0,
    }
    assert [json.loads(line) for line in members["checkpoints.jsonl"].splitlines()] == [
        {"size": size, "signed_at": f"2027-05-31T03:00:20.{size}00000Z", "note": LOG.note(size)}
        for size in (2, 4, 5)
    ]
    subtrees = [LOG.tree.subtree(1, 0), LOG.tree.subtree(1, 1), LOG.tree.subtree(2, 0)]
    assert members["tree.bin"] == b"".join([*LOG.leaves, *subtrees])
    assert members["checkpoint"].decode() == LOG.note(5, witnessed=True)
    assert members["verify.py"] == Path(verify.__file__).read_bytes()
    assert "python3 -I verify.py" in members["README.txt"].decode()


def test_the_same_facts_give_the_same_bytes():
    assert LOG.bundle() == SampleLog(5, checkpoint_every=2).bundle()


def test_a_bundle_is_written_to_what_cannot_be_read_back():
    class Sending(io.RawIOBase):
        sent = b""

        def writable(self):
            return True

        def write(self, part):
            self.sent += bytes(part)
            return len(part)

    facts = BundleFacts(
        origin=ORIGIN,
        size=1,
        made_at=LOG.at(0),
        reader="person",
        checkpoint=LOG.note(1),
        keys=tuple(KEYS),
        successions=(),
        witnesses=(),
    )
    sending = Sending()

    checkpoints = [(1, LOG.signed_at(1), LOG.note(1))]
    write_bundle(sending, facts=facts, checkpoints=checkpoints, lines=iter([LOG.line(0)]))

    with zipfile.ZipFile(io.BytesIO(sending.sent)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == sorted(verify.MEMBERS)
