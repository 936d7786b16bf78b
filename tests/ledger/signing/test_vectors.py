import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.sample_log import ORIGIN, a_key
from tests.ledger.signing.keys_of_others import GO_BODY, GO_NOTE, GO_SIGNER, GO_VERIFIER

from banso.ledger.signing.notes import SigningKey
from banso.ledger.verify import (
    COSIGNER_KEY,
    LOG_KEY,
    Checkpoint,
    Note,
    VerifierKey,
    ed25519_verify,
    signed_by,
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
