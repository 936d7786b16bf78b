"""Signatures, notes and checkpoints: the vectors of RFC 8032, of C2SP and of Go's sumdb."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.sample_log import ORIGIN, WITNESS, a_key
from tests.ledger.signing.keys_of_others import GO_BODY, GO_NOTE, GO_SIGNER, GO_VERIFIER

from banso.ledger.signing.notes import NotASigningKey, SigningKey, succession_note
from banso.ledger.verify import (
    COSIGNER_KEY,
    Checkpoint,
    Note,
    Signature,
    VerifierKey,
    Wrong,
    check_signature,
    cosigned_at,
    signed_by,
    succession_body,
    successor_in,
)

NOON = datetime(2027, 5, 31, 3, tzinfo=UTC)
BODY = Checkpoint(ORIGIN, 5, bytes(32)).body


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("PeterNeumann", id="name-only"),
        pytest.param(GO_VERIFIER.replace("c74f20a3", "c74f20a4"), id="other-key-id"),
        pytest.param(GO_VERIFIER.replace("c74f20a3", "C74F20A3"), id="capitals"),
        pytest.param(GO_VERIFIER.replace("Peter", "Peter "), id="space-in-the-name"),
        pytest.param("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiB", id="short"),
        pytest.param(
            "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            id="unknown-kind",
        ),
        pytest.param("a+00000000+", id="no-key"),
        pytest.param("a+00000000+é", id="not-ascii"),
    ],
)
def test_what_is_not_exactly_a_key_is_refused(text):
    with pytest.raises(Wrong, match="verifier key"):
        VerifierKey.parse(text)


@pytest.mark.parametrize(
    "note",
    [
        pytest.param("", id="empty"),
        pytest.param(GO_BODY, id="no-signature"),
        pytest.param(GO_NOTE[:-1], id="no-end"),
        pytest.param(GO_NOTE.replace("— ", "- "), id="no-dash"),
        pytest.param(GO_NOTE.replace("\nthen", "\r\nthen"), id="control-character"),
        pytest.param(GO_NOTE + "\n", id="empty-signature-line"),
        pytest.param(GO_NOTE.replace("nAM=", "nAN="), id="second-spelling-of-base64"),
        pytest.param(GO_NOTE.replace("nAM=", "nAM"), id="no-padding"),
        pytest.param(GO_NOTE.replace("— PeterNeumann", "— Peter+Neumann"), id="plus-in-the-name"),
        pytest.param(f"{GO_BODY}\n— a AAAAAA==\n", id="no-room-for-a-signature"),
        pytest.param(f"{GO_BODY}\n" + "— a x08go/ZJ\n" * 101, id="too-many"),
        pytest.param("a" * (1 << 20) + GO_NOTE, id="too-long"),
    ],
)
def test_what_is_not_exactly_a_note_is_refused(note):
    with pytest.raises(Wrong, match="note"):
        Note.parse(note)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("a\n5\n", id="no-root"),
        pytest.param("\n5\n" + BODY.split("\n")[2] + "\n", id="no-origin"),
        pytest.param(BODY.replace("\n5\n", "\n05\n"), id="leading-zero"),
        pytest.param(BODY.replace("\n5\n", "\n-5\n"), id="negative"),
        pytest.param(BODY.replace("\n5\n", "\n５\n"), id="full-width-digit"),
        pytest.param(BODY.replace("\n5\n", "\n" + "9" * 5000 + "\n"), id="huge"),
        pytest.param(BODY.replace("AAA=", "AA=="), id="short-root"),
        pytest.param(BODY[:-1], id="no-end"),
        pytest.param(BODY + "\n", id="empty-extension"),
    ],
)
def test_what_is_not_exactly_a_checkpoint_is_refused(body):
    with pytest.raises(Wrong, match="checkpoint"):
        Checkpoint.parse(body)


@pytest.mark.assurance("A-75")
@given(
    origin=st.from_regex(r"[a-z]{1,9}\.example(/[a-z0-9]{1,9}){0,2}", fullmatch=True),
    size=st.integers(0, 10**18 - 1),
    root=st.binary(min_size=32, max_size=32),
    extensions=st.lists(st.from_regex(r"[ -~]{1,20}", fullmatch=True), max_size=2),
)
def test_every_checkpoint_round_trips_through_its_note(origin, size, root, extensions):
    checkpoint = Checkpoint(origin, size, root, tuple(extensions))
    key = a_key(origin, 1)

    note = Note.parse(key.sign_note(checkpoint.body))

    assert (Checkpoint.parse(note.body), signed_by(note, key.verifier_key)) == (checkpoint, True)


def test_during_an_overlap_both_keys_sign():
    old, new, other = (a_key(ORIGIN, number) for number in range(3))

    note = Note.parse(new.sign_note(BODY, old))

    signed = [signed_by(note, key.verifier_key) for key in (old, new, other)]
    assert signed == [True, True, False]


def test_a_false_signature_in_the_name_of_a_key_spoils_the_note():
    key, other = a_key(ORIGIN, 1), a_key(ORIGIN, 2)
    false = Signature(key.name, key.verifier_key.id, other.private.sign(BODY.encode()))

    note = Note.parse(key.sign_note(BODY) + false.line + "\n")

    assert not signed_by(note, key.verifier_key)
    with pytest.raises(Wrong, match="signature-does-not-fit"):
        check_signature(note, [key.verifier_key])


def test_a_witness_says_when_it_saw_the_checkpoint():
    key, witness, other = a_key(ORIGIN, 1), a_key(WITNESS, 1), a_key(WITNESS, 2)
    cosigned = key.sign_note(BODY) + witness.cosign(BODY, NOON + timedelta(hours=1))

    note = Note.parse(cosigned + witness.cosign(BODY, NOON))

    assert cosigned_at(note, witness.cosigner_key) == NOON
    assert cosigned_at(note, other.cosigner_key) is None
    assert cosigned_at(note, key.verifier_key) is None
    assert signed_by(note, key.verifier_key)
    assert not signed_by(note, witness.cosigner_key)


def test_a_cosignature_binds_its_instant_and_its_checkpoint():
    witness = a_key(WITNESS, 1)
    [line] = Note.parse(f"{BODY}\n{witness.cosign(BODY, NOON)}").signatures
    later = (int.from_bytes(line.signature[:8], "big") + 1).to_bytes(8, "big")
    moved = Signature(line.name, line.key_id, later + line.signature[8:])
    other_body = BODY.replace("\n5\n", "\n6\n")

    assert cosigned_at(Note(BODY, (line,)), witness.cosigner_key) == NOON
    assert cosigned_at(Note(BODY, (moved,)), witness.cosigner_key) is None
    assert cosigned_at(Note(BODY, (line, moved)), witness.cosigner_key) is None
    assert cosigned_at(Note(other_body, (line,)), witness.cosigner_key) is None


def test_a_cosignature_of_a_year_that_no_calendar_has_is_none():
    witness = a_key(WITNESS, 1)
    seconds = 1 << 60
    signed = witness.private.sign(f"cosignature/v1\ntime {seconds}\n{BODY}".encode())
    line = Signature(WITNESS, witness.cosigner_key.id, seconds.to_bytes(8, "big") + signed)

    assert cosigned_at(Note(BODY, (line,)), witness.cosigner_key) is None


def test_a_succession_counts_when_old_and_new_key_signed_it():
    old, new, other = (a_key(ORIGIN, number) for number in range(3))
    body = succession_body(new.verifier_key)

    notes = [
        succession_note(old, new),
        old.sign_note(body),
        new.sign_note(body),
        other.sign_note(body, new),
        old.sign_note(body.replace(ORIGIN, "elsewhere.example"), new),
        old.sign_note(BODY, new),
    ]

    named = [successor_in(Note.parse(note), old.verifier_key) for note in notes]
    assert named == [new.verifier_key, None, None, None, None, None]


def test_a_key_cannot_continue_the_log_of_another_name():
    with pytest.raises(ValueError, match="cannot continue"):
        succession_note(a_key(ORIGIN, 1), a_key("other.example", 1))


def test_a_signing_key_comes_back_from_its_file():
    key = SigningKey.generate(ORIGIN)

    again = SigningKey.parse(key.text + "\n")

    assert (again.text, again.verifier_text) == (key.text, key.verifier_text)
    assert again.cosigner_text == VerifierKey(ORIGIN, COSIGNER_KEY, key.verifier_key.public).text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("PRIVATE+KEY+name", id="name-only"),
        pytest.param("PRIVATE+KEY+name+00000000+", id="no-seed"),
        pytest.param(GO_SIGNER.replace("c74f20a3", "c74f20a4"), id="other-key-id"),
        pytest.param(GO_SIGNER[:-4], id="short"),
        pytest.param(GO_SIGNER.replace("+AY", "+BY"), id="other-kind"),
    ],
)
def test_what_is_no_signing_key_is_refused_without_repeating_it(text):
    with pytest.raises(NotASigningKey) as refused:
        SigningKey.parse(text)

    assert GO_SIGNER[-20:-4] not in str(refused.value)


@pytest.mark.parametrize("body", ["no end", "control\x00\n", "", "a\n\n— b x08go/ZJAA=="])
def test_what_cannot_be_a_note_is_not_signed(body):
    with pytest.raises((Wrong, ValueError)):
        a_key(ORIGIN, 1).sign_note(body)


def test_a_name_that_no_note_could_carry_gets_no_key():
    with pytest.raises(Wrong, match="verifier key"):
        SigningKey.generate("two words")
