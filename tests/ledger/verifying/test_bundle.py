import json
from datetime import timedelta

import pytest
from tests.ledger.sample_log import (
    SampleLog,
    archive_of,
    members_of,
    verified,
)
from tests.ledger.verifying.samples import BUNDLE, LOG, OLD, codes

from banso.ledger.commitments import canonical_json


def changed_bundle(log=LOG, **facts):
    members = members_of(log.bundle())
    stated = {**json.loads(members["bundle.json"]), **facts}
    return archive_of({**members, "bundle.json": json.dumps(stated).encode()})


def changed_member(name, change, log=LOG):
    members = members_of(log.bundle())
    return archive_of({**members, name: change(members[name])})


def test_a_bundle_is_right_and_counts_what_it_holds(saved, capsysbinary):
    code, document = verified(capsysbinary, *saved(bundle=BUNDLE), "--key", OLD)

    [file] = document["files"]
    facts = {one["code"]: one["facts"] for one in file["findings"]}
    assert (code, file["kind"]) == (0, "bundle")
    assert facts["entries-fit"] == {
        "size": 60,
        "checkpoints": 3,
        "opened": 30,
        "sealed": 24,
        "erased": 6,
    }
    assert facts["only-added"] == {"count": 3, "since": 20}


def test_a_bundle_of_an_empty_log_is_right(check):
    assert check(bundle=SampleLog(0).bundle()) == (0, [])


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"size": 61}, "size"),
        ({"reader": "everyone"}, "reader"),
        ({"made_at": "noon"}, "made_at"),
        ({"version": 2}, "version"),
        ({"checkpoints": 4}, "checkpoints"),
        ({"opened": 31}, "opened"),
        ({"erased": 0}, "erased"),
        ({"origin": "other.example"}, "keys-do-not-succeed"),
    ],
)
def test_a_bundle_that_states_another_fact_is_wrong(check, facts, code):
    assert check(bundle=changed_bundle(**facts)) == (1, [(code, "")])


def line_changed(number, **facts):
    def change(content):
        lines = content.splitlines()
        lines[number] = json.dumps({**json.loads(lines[number]), **facts}).encode()
        return b"\n".join(lines) + b"\n"

    return change


def lines_without(number):
    def change(content):
        lines = content.splitlines(keepends=True)
        del lines[number]
        return b"".join(lines)

    return change


@pytest.mark.parametrize(
    ("name", "change", "expected"),
    [
        (
            "checkpoints.jsonl",
            line_changed(1, size=21),
            ("size", "checkpoints.jsonl:2"),
        ),
        (
            "checkpoints.jsonl",
            line_changed(1, note=LOG.note(20), size=20),
            ("not-in-order", "checkpoints.jsonl:2"),
        ),
        (
            "checkpoints.jsonl",
            line_changed(1, signed_at="2027-01-01T00:00:00.000000Z"),
            ("not-in-order", "checkpoints.jsonl:2"),
        ),
        (
            "checkpoints.jsonl",
            line_changed(0, signed_at="0001-01-01T00:00:00.000000Z"),
            ("dated-after-its-checkpoint", "entries.jsonl:1"),
        ),
        (
            "checkpoints.jsonl",
            line_changed(2, signed_at=1),
            ("signed_at", "checkpoints.jsonl:3"),
        ),
        (
            "checkpoints.jsonl",
            line_changed(1, note=LOG.note(40).replace("— b", "— c")),
            ("not-signed-by-the-log", "checkpoints.jsonl:2"),
        ),
        ("checkpoints.jsonl", lines_without(1), ("checkpoints", "")),
        ("checkpoints.jsonl", lines_without(2), ("checkpoints.jsonl", "")),
        ("checkpoints.jsonl", lambda _: b"", ("checkpoints.jsonl", "")),
        ("checkpoints.jsonl", lambda content: content[:-1], ("line", "checkpoints.jsonl:3")),
        ("checkpoint", lambda _: LOG.note(40).encode(), ("checkpoints.jsonl", "")),
        ("checkpoint", lambda _: b"\xff", ("bundle", "")),
        ("bundle.json", lambda _: b"[]", ("JSON", "")),
        ("bundle.json", lambda _: b" " * ((1 << 24) + 1), ("bundle.json", "")),
        ("entries.jsonl", line_changed(2, index=3), ("index", "entries.jsonl:3")),
        ("entries.jsonl", line_changed(2, index="2"), ("index", "entries.jsonl:3")),
        ("entries.jsonl", line_changed(2, more=1), ("fields", "entries.jsonl:3")),
        ("entries.jsonl", line_changed(2, text=7), ("text", "entries.jsonl:3")),
        ("entries.jsonl", line_changed(3, leaf=None), ("leaf", "entries.jsonl:4")),
        (
            "entries.jsonl",
            line_changed(9, erased="then"),
            ("erased", "entries.jsonl:10"),
        ),
        (
            "entries.jsonl",
            lambda content: content.replace(b"{", b"[", 1),
            ("JSON", "entries.jsonl:1"),
        ),
        (
            "entries.jsonl",
            lambda content: b"7\n" + content,
            ("JSON", "entries.jsonl:1"),
        ),
        (
            "entries.jsonl",
            lambda content: content + b" " * (1 << 23),
            ("line", "entries.jsonl:61"),
        ),
        (
            "entries.jsonl",
            lambda content: content + b"x" * (1 << 23),
            ("line", "entries.jsonl:61"),
        ),
        ("entries.jsonl", lambda content: content[:-1], ("line", "entries.jsonl:60")),
        ("tree.bin", lambda content: content[:-1], ("tree.bin", "")),
        ("tree.bin", lambda content: content + b"\0", ("tree.bin", "")),
        (
            "tree.bin",
            lambda content: content[:70] + b"\0" + content[71:],
            ("tree.bin 0/2", ""),
        ),
    ],
)
def test_a_bundle_with_one_file_changed_is_wrong(check, name, change, expected):
    code, found = check(bundle=changed_member(name, change))

    assert (code, found) == (1, [expected])


def test_the_place_in_the_stored_tree_is_named(saved, capsysbinary):
    bundle = changed_member(
        "tree.bin", lambda hashes: hashes[: 32 * 65] + bytes(32) + hashes[32 * 66 :]
    )

    _, document = verified(capsysbinary, *saved(bundle=bundle))

    [wrong] = [one for one in document["files"][0]["findings"] if one["result"] == "wrong"]
    assert wrong["facts"] == {
        "what": "tree.bin 1/5",
        "expected": LOG.tree.subtree(1, 5).hex(),
        "found": "00" * 32,
    }


def test_an_entry_dated_after_its_checkpoint_is_wrong(check):
    log = SampleLog(10, checkpoint_every=5)
    log.texts[3] = canonical_json({**json.loads(log.texts[4]), "at": log.signed_at(9)})
    log.texts[4] = log.texts[3]
    log.count()

    assert check(bundle=log.bundle()) == (1, [("dated-after-its-checkpoint", "entries.jsonl:5")])


def test_entries_that_were_dated_back_are_counted(saved, capsysbinary):
    log = SampleLog(10, checkpoint_every=5)
    for number in (6, 8):
        log.texts[number] = canonical_json(
            {**json.loads(log.texts[number]), "at": log.at(number) - timedelta(days=1)}
        )
    log.count()

    _, document = verified(capsysbinary, *saved(bundle=log.bundle()))

    [late] = [one for one in document["files"][0]["findings"] if one["code"] == "sequenced-late"]
    assert late["facts"] == {"count": 2, "index": 6}


def test_an_earlier_checkpoint_of_another_tree_is_proof_against_the_log(check):
    other = SampleLog(60, seed=2, checkpoint_every=20, keys=2)
    other.keys = LOG.keys

    bundle = changed_member("checkpoints.jsonl", line_changed(1, note=other.note(40)))

    assert check(bundle=bundle) == (1, [("earlier-tree-differs", "")])


def test_another_script_in_the_bundle_is_told(saved, capsysbinary):
    bundle = changed_member("verify.py", lambda script: script + b"#")

    code, document = verified(capsysbinary, *saved(bundle=bundle))

    assert code == 0
    assert "other-script" in codes(document, "unchecked")
