"""What the verifier says of receipts, bundles and checkpoints, alone and together."""

import pytest
from tests.ledger.sample_log import (
    ORIGIN,
    a_key,
    verified,
)
from tests.ledger.verifying.samples import (
    BUNDLE,
    EARLY,
    LOG,
    NEW,
    OLD,
    RECEIPT,
    a_text,
    bound,
    changed_receipt,
    codes,
)

from banso.ledger import verify
from banso.ledger.verify import BEGIN, END


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
