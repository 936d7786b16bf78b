"""Signatures, notes and checkpoints: the vectors of RFC 8032, of C2SP and of Go's sumdb."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.sample_log import ORIGIN, WITNESS, a_key

from banso.ledger.signing.notes import NotASigningKey, SigningKey, succession_note
from banso.ledger.verify import (
    COSIGNER_KEY,
    LOG_KEY,
    Checkpoint,
    Note,
    Signature,
    VerifierKey,
    Wrong,
    check_signature,
    cosigned_at,
    ed25519_verify,
    signed_by,
    succession_body,
    successor_in,
)

# RFC 8032, section 7.1: secret key, message, signature.
ED25519 = [
    pytest.param(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        id="test-1",
    ),
    pytest.param(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        id="test-2",
    ),
    pytest.param(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        id="test-3",
    ),
    pytest.param(
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
        id="test-sha-abc",
    ),
]
P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493

GO_SIGNER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
GO_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_BODY = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
GO_NOTE = (
    GO_BODY
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
# The examples of c2sp.org/signed-note and c2sp.org/tlog-cosignature.
POEM = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n"
    "\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    "\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
NOON = datetime(2027, 5, 31, 3, tzinfo=UTC)
BODY = Checkpoint(ORIGIN, 5, bytes(32)).body


def encoded(number, sign=0):
    return (number | sign << 255).to_bytes(32, "little")


@pytest.mark.assurance("A-74")
@pytest.mark.parametrize(("secret", "public", "message", "signature"), ED25519)
def test_the_verifier_passes_the_vectors_of_rfc_8032(secret, public, message, signature):
    secret, message, signature = map(bytes.fromhex, (secret, message, signature))
    key = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()

    assert key.hex() == public
    assert ed25519_verify(key, message, signature)
    assert not ed25519_verify(key, message + b"\0", signature)


@pytest.mark.assurance("A-74")
def test_a_signature_has_one_form_only():
    key, message = a_key(ORIGIN, 1), b"once"
    public, signature = key.verifier_key.public, key.private.sign(message)
    s = int.from_bytes(signature[32:], "little")

    assert ed25519_verify(public, message, signature)
    assert not ed25519_verify(public, message, signature[:32] + encoded(s + ORDER))
    assert not ed25519_verify(public, message, signature[:63])
    assert not ed25519_verify(public[:31], message, signature)


@pytest.mark.assurance("A-74")
@pytest.mark.parametrize(
    "public",
    [
        pytest.param(encoded(1), id="neutral"),
        pytest.param(encoded(P - 1), id="order-two"),
        pytest.param(encoded(0), id="order-four"),
        pytest.param(encoded(0, 1), id="order-four-negative"),
        pytest.param(encoded(1, 1), id="zero-with-a-sign"),
        pytest.param(encoded(P), id="zero-not-canonical"),
        pytest.param(encoded(P + 1), id="neutral-not-canonical"),
        pytest.param(encoded(2), id="no-point"),
        pytest.param(
            bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
            id="order-eight",
        ),
    ],
)
def test_a_key_with_which_everyone_could_sign_is_no_key(public):
    # With S = 0 and R the neutral point, these would accept whatever hashes to a multiple of 8.
    accepted = [
        ed25519_verify(public, bytes([number]), r + bytes(32))
        for number in range(16)
        for r in (encoded(1), encoded(0), encoded(P - 1), public)
    ]

    assert not any(accepted)


@given(
    seed=st.binary(min_size=32, max_size=32),
    message=st.binary(max_size=80),
    place=st.integers(0, 64 * 8 - 1),
    part=st.sampled_from(["none", "signature", "public"]),
)
def test_the_verifier_and_openssl_agree(seed, message, place, part):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    parts = {
        "signature": bytearray(private.sign(message)),
        "public": bytearray(private.public_key().public_bytes_raw()),
    }
    if part != "none":
        changed = parts[part]
        changed[place // 8 % len(changed)] ^= 1 << place % 8
    public, signature = bytes(parts["public"]), bytes(parts["signature"])
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        agreed = True
    except InvalidSignature:
        agreed = False

    assert ed25519_verify(public, message, signature) is agreed is (part == "none")


@pytest.mark.assurance("A-75")
def test_a_note_of_go_is_signed_and_verified_byte_for_byte():
    key = SigningKey.parse(GO_SIGNER)

    assert (key.text, key.verifier_text) == (GO_SIGNER, GO_VERIFIER)
    assert key.sign_note(GO_BODY) == GO_NOTE
    assert signed_by(Note.parse(GO_NOTE), VerifierKey.parse(GO_VERIFIER))
    changed = GO_NOTE.replace("know", "knew")
    assert not signed_by(Note.parse(changed), VerifierKey.parse(GO_VERIFIER))


@pytest.mark.assurance("A-75")
@pytest.mark.parametrize("note", [GO_NOTE, POEM, SOFA])
def test_the_examples_of_c2sp_round_trip(note):
    assert Note.parse(note).text == note


@pytest.mark.assurance("A-75")
def test_the_checkpoint_of_c2sp_is_read_and_written_back():
    note = Note.parse(SOFA)
    checkpoint = Checkpoint.parse(note.body)

    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.root.hex().startswith("0ac5186a91863e8e")
    assert checkpoint.body == note.body
    [_, witness] = note.signatures
    assert int.from_bytes(witness.signature[:8], "big") == 1679315147


@pytest.mark.assurance("A-75")
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(
            "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
            COSIGNER_KEY,
            id="witness",
        ),
        pytest.param(
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            LOG_KEY,
            id="c2sp",
        ),
        pytest.param(
            "TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6", LOG_KEY, id="plus-inside"
        ),
    ],
)
def test_keys_of_others_round_trip(text, kind):
    key = VerifierKey.parse(text)

    assert (key.kind, key.text) == (kind, text)


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
