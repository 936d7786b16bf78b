"""What the verifier says of receipts, bundles and checkpoints, alone and together."""

import hashlib
import io
import json
import re
import runpy
import string
import zipfile
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.sample_log import (
    ORIGIN,
    SampleLog,
    a_key,
    archive_of,
    members_of,
    verified,
)

from banso.ledger import verify
from banso.ledger.commitments import canonical_json
from banso.ledger.verify import BEGIN, END, MEMBERS, SENTENCES, check_files, main

LOG = SampleLog(60, checkpoint_every=20, keys=2)
OLD, NEW = (key.verifier_text for key in LOG.keys)
BUNDLE, RECEIPT, EARLY = LOG.bundle(), LOG.receipt(7, 33), LOG.receipt(7)


@pytest.fixture
def saved(tmp_path):
    """Write files, and give their paths in the same order."""

    def write(**files):
        paths = []
        for name, content in files.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        return paths

    return write


@pytest.fixture
def check(saved, capsysbinary):
    """Verify files; the exit code, and what is wrong by code and place."""

    def run(*words, **files):
        code, document = verified(capsysbinary, *saved(**files), *words)
        return code, wrongs_of(document)

    return run


def wrongs_of(document):
    """What is wrong: what has another form or value than it should, or else the code; and where."""
    return [
        (finding["facts"].get("what", finding["code"]), finding["where"])
        for file in document["files"]
        for finding in file["findings"]
        if finding["result"] == "wrong"
    ]


def codes(document, result):
    return [
        finding["code"]
        for file in document["files"]
        for finding in file["findings"]
        if finding["result"] == result
    ]


def changed_receipt(receipt=RECEIPT, **facts):
    before, _, rest = receipt.partition(BEGIN)
    inside, _, after = rest.partition(END)
    stated = json.dumps({**json.loads(inside), **facts}).encode()
    return before + BEGIN + b"\n" + stated + b"\n" + END + after


def changed_bundle(log=LOG, **facts):
    members = members_of(log.bundle())
    stated = {**json.loads(members["bundle.json"]), **facts}
    return archive_of({**members, "bundle.json": json.dumps(stated).encode()})


def changed_member(name, change, log=LOG):
    members = members_of(log.bundle())
    return archive_of({**members, name: change(members[name])})


# A receipt.


def test_a_signed_receipt_is_right_and_says_what_was_checked(saved, capsysbinary):
    code, document = verified(capsysbinary, *saved(receipt=RECEIPT), "--key", OLD)

    assert (code, document["verdict"]) == (0, "right")
    assert codes(document, "right") == [
        "entry-bound",
        "keys-succeed",
        "checkpoint-signed",
        "entry-included",
        "witnessed",
    ]
    assert codes(document, "unchecked") == ["only-stated"]


def test_a_receipt_is_found_inside_a_pdf(check):
    pdf = b"%PDF-1.7\n\xff\xfe stream\n" + RECEIPT + b"\nendstream\n%%EOF"

    assert check(receipt=pdf) == (0, [])


def test_an_early_receipt_says_that_nothing_is_signed_yet(saved, capsysbinary):
    code, document = verified(capsysbinary, *saved(receipt=EARLY))

    assert code == 0
    assert codes(document, "right") == ["entry-bound", "keys-succeed"]
    assert codes(document, "unchecked") == [
        "key-from-the-file",
        "not-sequenced-yet",
        "only-stated",
    ]


def a_text(**facts):
    return canonical_json({**json.loads(LOG.texts[7]), **facts})


def bound(text):
    """State a text with the commitment and leaf that fit it."""
    salt = LOG.salts[7]
    bound_to = hashlib.sha256(salt + text.encode("utf-8", "surrogatepass")).digest()
    return {
        "text": text,
        "commitment": bound_to.hex(),
        "leaf": verify.leaf_hash(bound_to).hex(),
    }


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        pytest.param({"text": a_text(clause="K2")}, "leaf-differs", id="text"),
        pytest.param({"salt": "00" * 32}, "leaf-differs", id="salt"),
        pytest.param({"leaf": "00" * 32}, "leaf-differs", id="leaf"),
        pytest.param(bound(a_text(clause="K2")), "proof-does-not-fit", id="bound-again"),
        pytest.param(bound(LOG.texts[7] + " "), "JSON", id="space"),
        pytest.param(bound('{"a":1,"a":1}'), "JSON", id="not-an-entry"),
        pytest.param(bound('{"details":1.5}'), "JSON", id="float"),
        pytest.param(bound(a_text(at="2027-05-31")), "at", id="day-only"),
        pytest.param(bound(a_text(at="2027-02-31T00:00:00.000000Z")), "at", id="february"),
        pytest.param({"text": "\ud800"}, "text", id="half-a-character"),
        pytest.param({"index": 8}, "proof-does-not-fit", id="differs"),
        pytest.param({"index": 33}, "proof-does-not-fit", id="outside"),
        pytest.param({"index": -1}, "proof-does-not-fit", id="negative"),
        pytest.param({"index": None}, "index", id="half-sequenced"),
        pytest.param({"index": True}, "index", id="true-is-no-index"),
        pytest.param({"proof": []}, "proof-does-not-fit", id="no-proof"),
        pytest.param({"proof": ["00" * 32] * 9}, "proof-does-not-fit", id="long-proof"),
        pytest.param({"proof": [7]}, "proof", id="number-in-the-proof"),
        pytest.param({"proof": ["zz"]}, "proof", id="no-hexadecimal"),
        pytest.param({"salt": "00" * 31}, "salt", id="short-salt"),
        pytest.param({"salt": LOG.salts[7].hex().upper()}, "salt", id="capitals"),
        pytest.param({"checkpoint": LOG.note(34)}, "proof-does-not-fit", id="other-tree"),
        pytest.param(
            {
                "checkpoint": a_key("other.example", 1).sign_note(
                    "other.example\n0\n" + LOG.note(1).split("\n")[2] + "\n"
                )
            },
            "origin",
            id="other-log",
        ),
        pytest.param(
            {
                "checkpoint": a_key(ORIGIN, "thief").sign_note(
                    LOG.note(33).rpartition("\n\n")[0] + "\n"
                )
            },
            "not-signed-by-the-log",
            id="other-key",
        ),
        pytest.param({"checkpoint": "text"}, "note", id="no-note"),
        pytest.param({"keys": []}, "keys-do-not-succeed", id="no-key"),
        pytest.param({"keys": ["text"]}, "verifier key", id="no-such-key"),
        pytest.param(
            {"keys": [a_key("other.example", 1).verifier_text]},
            "keys-do-not-succeed",
            id="their-key",
        ),
        pytest.param({"successions": []}, "keys-do-not-succeed", id="no-succession"),
        pytest.param({"keys": [NEW]}, "keys-do-not-succeed", id="succession-of-no-key"),
        pytest.param({"keys": [OLD, NEW, NEW]}, "keys-do-not-succeed", id="key-twice"),
        pytest.param(
            {"successions": LOG.successions * 2}, "keys-do-not-succeed", id="succession-twice"
        ),
        pytest.param(
            {"keys": [OLD], "successions": []}, "not-signed-by-the-log", id="new-key-cut"
        ),
        pytest.param({"served_at": "noon"}, "served_at", id="served-at"),
        pytest.param({"version": 2}, "version", id="version"),
        pytest.param({"banso": "bundle"}, "banso", id="kind"),
        pytest.param({"more": 1}, "fields", id="one-field-more"),
        pytest.param(
            {"witnesses": [{"organisation": "見本", "key": OLD}]},
            "verifier key",
            id="log-key",
        ),
        pytest.param({"witnesses": [1]}, "fields", id="no-witness"),
    ],
)
def test_a_receipt_with_one_thing_changed_is_wrong(check, facts, code):
    assert check(receipt=changed_receipt(**facts)) == (1, [(code, "")])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(RECEIPT + RECEIPT, "receipt", id="two"),
        pytest.param(RECEIPT.replace(END, b""), "receipt", id="no-end"),
        pytest.param(RECEIPT.replace(BEGIN, b""), "receipt", id="no-begin"),
        pytest.param(BEGIN + b"[" * 200_000 + END, "JSON", id="deep"),
        pytest.param(BEGIN + b'{"a":' + b"9" * 9000 + b"}" + END, None, id="huge-number"),
        pytest.param(BEGIN + b'{"a":1,"a":1}' + END, "JSON", id="twice"),
        pytest.param(BEGIN + b"\xff" + END, "JSON", id="not-utf-8"),
        pytest.param(BEGIN + b"NaN" + END, "JSON", id="not-a-number"),
        pytest.param(b"", "note", id="empty"),
        pytest.param(b"a letter", "note", id="other-text"),
        pytest.param(b"a\n\nletter\n", "note", id="no-note"),
        pytest.param(b"\xff\n\n\xff", "note", id="no-text"),
        pytest.param(b"a" * ((1 << 26) + 1), "file", id="malformed"),
    ],
)
def test_what_cannot_be_read_is_a_finding(check, content, code):
    exit_code, [(found, _)] = check(file=content)

    # How many digits a number may have depends on the Python that runs.
    expected = {"JSON", "fields"} if code is None else {code}
    assert exit_code == 1
    assert found in expected


def test_a_cosignature_that_was_moved_to_another_checkpoint_is_wrong(check):
    [_, stolen] = LOG.note(34, witnessed=True).splitlines()[-2:]
    note = LOG.note(33) + stolen + "\n"

    assert check(receipt=changed_receipt(checkpoint=note)) == (
        1,
        [("signature-does-not-fit", "")],
    )


def test_without_a_cosignature_it_says_so(saved, capsysbinary):
    receipt = changed_receipt(checkpoint=LOG.note(33))

    _, document = verified(capsysbinary, *saved(receipt=receipt))

    assert "no-witness" in codes(document, "unchecked")


# Keys.


def test_a_key_given_must_be_the_logs(check):
    other, named_alike = a_key("other.example", 1), a_key(ORIGIN, "thief")

    assert check("--key", other.verifier_text, receipt=RECEIPT) == (
        1,
        [("given-key-is-not-here", "")],
    )
    assert check("--key", named_alike.verifier_text, receipt=RECEIPT) == (
        1,
        [("given-key-is-not-here", "")],
    )


def test_a_new_key_does_not_vouch_for_the_old_one(saved, capsysbinary):
    code, document = verified(capsysbinary, *saved(bundle=BUNDLE), "--key", NEW)

    assert code == 0
    assert codes(document, "unchecked") == ["keys-before-the-given", "only-stated"]
    assert [one["facts"] for one in document["files"][0]["findings"][:1]] == [{"keys": [OLD]}]


def test_a_forged_succession_adds_no_key(check):
    thief = a_key(ORIGIN, "thief")
    forged = thief.sign_note(verify.succession_body(thief.verifier_key), LOG.keys[0])
    facts = {"keys": [OLD, thief.verifier_text], "successions": [forged.replace("—", "-")]}
    assert check(receipt=changed_receipt(**facts)) == (1, [("note", "")])

    alone = thief.sign_note(verify.succession_body(thief.verifier_key))
    facts = {"keys": [OLD, thief.verifier_text], "successions": [alone]}
    assert check(receipt=changed_receipt(**facts)) == (1, [("keys-do-not-succeed", "")])


# A bundle.


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


# Archives that were not made by us.


def archive_with(*names, content=b"", compression=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name in names:
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive_with(), "bundle"),
        (archive_with(*MEMBERS[:-1]), "bundle"),
        (archive_with(*MEMBERS, "more"), "bundle"),
        (archive_with(*MEMBERS), "JSON"),
        (
            archive_with(*MEMBERS, content=bytes(1 << 25), compression=zipfile.ZIP_DEFLATED),
            "README.txt",
        ),
        (b"PK", "bundle"),
        (BUNDLE[:-30], "bundle"),
        (b"QK" + BUNDLE[2:], "note"),
    ],
)
def test_an_archive_that_is_no_bundle_is_a_finding(check, content, code):
    exit_code, [(found, _)] = check(bundle=content)

    assert (exit_code, found) == (1, code)


def test_a_file_that_stands_in_the_archive_twice_is_refused(check):
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = archive_with(*MEMBERS, "checkpoint")

    assert check(bundle=twice) == (1, [("bundle", "")])


def test_a_damaged_archive_is_a_finding(check):
    place = BUNDLE.index(b"entries.jsonl") + 200
    damaged = BUNDLE[:place] + bytes([BUNDLE[place] ^ 1]) + BUNDLE[place + 1 :]

    code, [(found, _)] = check(bundle=damaged)

    assert code == 1
    assert found in {"bundle", "JSON", "leaf-differs"}
    assert zlib.crc32(damaged) != zlib.crc32(BUNDLE)


# Files together.


def forked(size=60):
    """The same log as its operator shows it to others: from entry 30 on it is another."""
    other = SampleLog(size, checkpoint_every=20, keys=2)
    other.keys = LOG.keys
    for number in range(30, size):
        other.salts[number] = bytes(32)
    other.count()
    other.key_at = LOG.key_at
    return other


def test_a_receipt_stands_in_the_bundle(saved, capsysbinary):
    code, document = verified(
        capsysbinary, *saved(bundle=BUNDLE, early=EARLY, receipt=RECEIPT), "--key", OLD
    )

    assert code == 0
    assert [one["code"] for one in document["files"][-1]["findings"]] == [
        "entry-in-the-bundle",
        "same-tree",
        "entry-in-the-bundle",
    ]


@pytest.mark.assurance("A-78")
def test_two_checkpoints_of_one_size_and_different_roots_prove_a_split_view(check):
    ours, theirs = LOG.note(40), forked().note(40)

    assert check("--key", OLD, "--key", NEW, ours=ours, theirs=theirs) == (
        1,
        [("split-view", "")],
    )
    assert check("--key", OLD, "--key", NEW, ours=ours, again=ours) == (0, [])


@pytest.mark.assurance("A-78")
def test_two_inconsistent_checkpoints_prove_a_split_view_with_a_bundle(check):
    assert check(bundle=BUNDLE, theirs=forked().note(35)) == (1, [("split-view", "")])
    assert check(bundle=BUNDLE, theirs=forked().note(25)) == (0, [])


@pytest.mark.assurance("A-78")
def test_two_receipts_of_two_views_prove_a_split_view(check):
    ours, theirs = LOG.receipt(35, 40), forked().receipt(35, 50)

    assert check("--key", OLD, ours=ours, theirs=theirs) == (1, [("receipts-contradict", "")])
    assert check("--key", OLD, ours=ours, again=LOG.receipt(35, 50)) == (0, [])


@pytest.mark.assurance("A-78")
def test_two_bundles_of_two_views_prove_a_split_view(check):
    assert check(ours=BUNDLE, theirs=forked(50).bundle()) == (1, [("split-view", "")])


def test_two_trees_of_keys_that_nothing_joins_say_so(check):
    other = SampleLog(60, seed=2)

    assert check(ours=LOG.receipt(7, 40), theirs=other.receipt(7, 40)) == (
        1,
        [("split-view-of-unlike-keys", ""), ("receipts-contradict", "")],
    )


@pytest.mark.parametrize(
    ("early", "signed_late", "expected"),
    [
        pytest.param(True, True, (1, [("entry-omitted", "")]), id="early-receipt"),
        pytest.param(True, False, (0, []), id="early-receipt-and-early-bundle"),
        pytest.param(
            False,
            True,
            (1, [("split-view", ""), ("signed-entry-omitted", "")]),
            id="signed-receipt",
        ),
    ],
)
def test_a_receipt_shows_that_its_entry_was_left_out(check, early, signed_late, expected):
    wait = timedelta(seconds=70 if signed_late else 20)
    operator = forked()
    operator.signed_at = lambda size: operator.at(size) + wait

    receipt = LOG.receipt(35) if early else LOG.receipt(35, 40)

    assert check(receipt=receipt, bundle=operator.bundle()) == expected


def test_a_receipt_later_than_the_bundle_cannot_be_compared(saved, capsysbinary):
    receipt, bundle = LOG.receipt(50, 55), LOG.bundle(45)

    code, document = verified(capsysbinary, *saved(receipt=receipt, bundle=bundle), "--key", OLD)

    assert code == 0
    assert codes(document, "unchecked")[-2:] == [
        "needs-a-larger-bundle",
        "needs-a-larger-bundle",
    ]


def test_a_receipt_that_names_an_entry_of_a_later_tree_proves_an_omission(check):
    receipt, bundle = forked().receipt(35, 55), LOG.bundle(45)

    assert check("--key", OLD, receipt=receipt, bundle=bundle) == (
        1,
        [("signed-entry-omitted", "")],
    )


def test_an_entry_that_moved_is_wrong(check):
    moved = SampleLog(60, checkpoint_every=20, keys=2)
    moved.salts[7], moved.texts[7] = LOG.salts[8], LOG.texts[8]
    moved.count()

    code, found = check(receipt=moved.receipt(7, 50), bundle=LOG.bundle(45))

    assert (code, found) == (1, [("entry-at-another-index", "")])


def test_files_of_two_logs_are_not_compared(check):
    other = a_key("other.example", 1)
    note = other.sign_note(LOG.note(40).rpartition("\n\n")[0].replace(ORIGIN, other.name) + "\n")
    words = ["--key", OLD, "--key", NEW, "--key", other.verifier_text]

    assert check(*words, ours=LOG.note(40), receipt=RECEIPT, bundle=BUNDLE, theirs=note) == (0, [])


# A checkpoint alone, and the command line.


def test_a_checkpoint_alone_needs_a_key(saved, capsysbinary):
    paths = saved(checkpoint=LOG.note(40))

    code, document = verified(capsysbinary, *paths)

    assert (code, document["verdict"]) == (2, "unchecked")
    assert verified(capsysbinary, *paths, "--key", NEW)[0] == 0
    assert verified(capsysbinary, *paths, "--key", OLD)[0] == 1


def test_a_checkpoint_takes_the_keys_of_a_bundle_beside_it(check):
    assert check(checkpoint=LOG.note(40), bundle=BUNDLE) == (0, [])


@pytest.mark.parametrize(
    ("language", "said", "verdict"),
    [
        ("en", "[checked] The entry is in the tree of 33 entries", "Nothing wrong was found."),
        (
            "ja",
            "[確認] この記録は、33件の記録の木に入っています。",
            "誤りは見つかりませんでした。",
        ),
    ],
)
def test_people_read_sentences_in_their_language(saved, capsysbinary, language, said, verdict):
    code = main([*map(str, saved(receipt=RECEIPT)), "--lang", language])

    out = capsysbinary.readouterr().out.decode()
    assert code == 0
    assert said in out
    assert out.endswith(f"{verdict}\n")


@pytest.mark.parametrize(
    ("environ", "verdict"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "誤りは"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "Nothing wrong"),
        ({}, "Nothing wrong"),
    ],
)
def test_the_language_is_that_of_the_terminal(saved, capsysbinary, monkeypatch, environ, verdict):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    main([*map(str, saved(receipt=RECEIPT))])

    assert verdict in capsysbinary.readouterr().out.decode()


def test_what_a_terminal_would_act_upon_is_spelled_out(saved, capsysbinary):
    receipt = changed_receipt(EARLY, **bound(a_text(act="\x1b[2Jacted", clause="")))

    main([*map(str, saved(receipt=receipt)), "--lang", "en"])

    out = capsysbinary.readouterr().out
    assert b"\x1b" not in out
    assert rb"\x1b[2Jacted" in out


def test_the_last_hours_of_the_calendar_are_shown(saved, capsysbinary):
    text = a_text(at="9999-12-31T23:58:00.000000Z")

    assert main([*map(str, saved(receipt=changed_receipt(EARLY, **bound(text))))]) == 0

    assert b"9999-12-31 23:58:00+00:00" in capsysbinary.readouterr().out


@pytest.mark.parametrize(
    "words", [[], ["missing-file"], ["x", "--key", "no key"], ["--lang", "fr"]]
)
def test_what_cannot_be_run_is_a_fault_of_usage(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert "usage: verify.py" in capsys.readouterr().err


# Whatever the file holds, the answer is a finding.


def is_answered(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    reports = check_files([str(path)], [])
    assert all(report.findings for report in reports)
    for japanese in (False, True):
        verify.as_text(reports, japanese=japanese)
    json.loads(verify.as_json(reports))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**20, 10**25)
    | st.floats()
    | st.text(max_size=20)
    | st.text(string.hexdigits, min_size=64, max_size=64),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=6,
)


@settings(max_examples=200)
@given(content=st.binary(max_size=300), before=st.sampled_from([b"", b"PK", BEGIN, b"a\n\n"]))
def test_any_bytes_are_answered(tmp_path_factory, content, before):
    is_answered(tmp_path_factory, before + content + (END if before == BEGIN else b""))


@settings(max_examples=200)
@given(
    facts=st.dictionaries(
        st.sampled_from(sorted(verify.RECEIPT)),
        JSON,
        max_size=3,
    ),
    receipt=st.sampled_from([RECEIPT, EARLY]),
)
def test_a_receipt_with_any_values_is_answered(tmp_path_factory, facts, receipt):
    is_answered(tmp_path_factory, changed_receipt(receipt, **facts))


@settings(max_examples=100)
@given(text=st.text() | JSON.map(json.dumps) | JSON.map(lambda value: a_text(id=str(value))))
def test_a_receipt_of_any_entry_is_answered(tmp_path_factory, text):
    is_answered(tmp_path_factory, changed_receipt(EARLY, **bound(text)))


@settings(max_examples=150)
@given(
    facts=st.dictionaries(st.sampled_from(sorted(verify.BUNDLE)), JSON, max_size=2),
    line=JSON | st.fixed_dictionaries({"index": JSON, "leaf": JSON, "salt": JSON, "text": JSON}),
    past=JSON | st.fixed_dictionaries({"size": JSON, "signed_at": JSON, "note": JSON}),
    place=st.integers(0, 3),
    tree=st.binary(max_size=64),
)
def test_a_bundle_with_any_values_is_answered(tmp_path_factory, facts, line, past, place, tree):
    members = members_of(BUNDLE)
    members["bundle.json"] = json.dumps({**json.loads(members["bundle.json"]), **facts}).encode()
    for name, value in (("entries.jsonl", line), ("checkpoints.jsonl", past)):
        lines = members[name].splitlines()
        if place:
            lines[place - 1] = json.dumps(value).encode()
        members[name] = b"\n".join(lines) + b"\n"
    members["tree.bin"] = tree or members["tree.bin"]

    is_answered(tmp_path_factory, archive_of(members))


@settings(max_examples=150)
@given(
    cut=st.integers(0, len(BUNDLE)),
    flips=st.lists(st.integers(0, len(BUNDLE) * 8 - 1), max_size=4),
)
def test_a_cut_or_damaged_archive_is_answered(tmp_path_factory, cut, flips):
    content = bytearray(BUNDLE)
    for flip in flips:
        content[flip // 8] ^= 1 << flip % 8

    is_answered(tmp_path_factory, bytes(content[cut:] if cut % 2 else content[:cut]))


def test_an_entry_of_any_depth_is_answered(tmp_path_factory):
    for depth in (10, 100, *range(900, 1010)):
        details = '{"deep":' + "[" * depth + "]" * depth + "}"
        text = LOG.texts[7].replace('"details":{', f'"details":{details[:-1]},', 1)

        is_answered(tmp_path_factory, changed_receipt(EARLY, **bound(text)))


def test_the_script_runs_as_a_script(saved, capsysbinary, monkeypatch):
    monkeypatch.setattr("sys.argv", ["verify.py", *map(str, saved(receipt=RECEIPT))])

    with pytest.raises(SystemExit) as ended:
        runpy.run_path(verify.__file__, run_name="__main__")

    assert ended.value.code == 0
    assert b"Nothing wrong" in capsysbinary.readouterr().out


def test_an_entry_too_many_is_named_without_a_tree_too(check):
    members = members_of(BUNDLE)
    members["entries.jsonl"] += members["entries.jsonl"].splitlines(keepends=True)[-1]
    members["tree.bin"] = b""

    assert check(bundle=archive_of(members)) == (
        1,
        [("entries", "entries.jsonl:61")],
    )


def test_every_code_has_a_sentence_in_both_languages():
    source = Path(verify.__file__).read_text()
    told = set(re.findall(r'(?:Wrong\(|say\(\s*"[a-z]+",)\s*"([a-z-]+)"', source))
    results = {"right", "unchecked", "wrong"}

    assert set(SENTENCES) == told | results | {f"all-{result}" for result in results}
    assert all(english and japanese for english, japanese in SENTENCES.values())


def test_keys_stand_in_the_order_of_their_successions(check):
    log = SampleLog(9, keys=3)
    first, second, third = (key.verifier_text for key in log.keys)

    receipt = log.receipt(1, 9)

    assert check(receipt=receipt) == (0, [])
    assert check(receipt=changed_receipt(receipt, keys=[first, third, second])) == (
        1,
        [("keys-do-not-succeed", "")],
    )
