"""Signing notes: checkpoints by the log, cosignatures by witnesses, successions of keys."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from banso.ledger.verify import (
    COSIGNER_KEY,
    LOG_KEY,
    Note,
    Signature,
    VerifierKey,
    cosigned_message,
    succession_body,
)

if TYPE_CHECKING:
    from datetime import datetime

PREFIX = "PRIVATE+KEY+"


class NotASigningKey(ValueError):  # noqa: N818 - named for what it says, as the house does
    """The text is no signing key; the message never repeats it."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its name; it signs a log's notes, or cosigns those of others."""

    name: str
    private: Ed25519PrivateKey

    @classmethod
    def generate(cls, name: str) -> SigningKey:
        """Make a new key for this name."""
        key = cls(name, Ed25519PrivateKey.generate())
        VerifierKey.parse(key.verifier_text)
        return key

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Read `PRIVATE+KEY+name+key id+base64`, and refuse a key id that is not the key's."""
        name, *rest = text.strip().removeprefix(PREFIX).split("+", 2)
        try:
            kind, *seed = base64.b64decode(rest[1], validate=True)
            key = cls(name, Ed25519PrivateKey.from_private_bytes(bytes(seed)))
        except (IndexError, ValueError):
            raise NotASigningKey("a signing key is PRIVATE+KEY+name+key id+base64") from None
        if kind != LOG_KEY or key.text != text.strip():
            raise NotASigningKey(f"the key named {name} does not have the key id it states")
        return key

    @property
    def text(self) -> str:
        """The key as its file holds it: whoever reads it can sign."""
        seed = base64.b64encode(bytes([LOG_KEY]) + self.private.private_bytes_raw()).decode()
        return f"{PREFIX}{self.name}+{self.verifier_key.id.hex()}+{seed}"

    @property
    def verifier_key(self) -> VerifierKey:
        """The public key with which others verify what this key signs."""
        return VerifierKey(self.name, LOG_KEY, self.private.public_key().public_bytes_raw())

    @property
    def verifier_text(self) -> str:
        """The public key as people pass it on."""
        return self.verifier_key.text

    @property
    def cosigner_key(self) -> VerifierKey:
        """The public key with which others verify what this key cosigns."""
        return VerifierKey(self.name, COSIGNER_KEY, self.verifier_key.public)

    @property
    def cosigner_text(self) -> str:
        """The public key of a witness as people pass it on."""
        return self.cosigner_key.text

    def signature(self, body: str) -> Signature:
        """Sign the text, as one line among the signatures of a note."""
        return Signature(self.name, self.verifier_key.id, self.private.sign(body.encode()))

    def sign_note(self, body: str, *others: SigningKey) -> str:
        """Sign a text with this key, and during an overlap with the others too."""
        note = Note(body, tuple(key.signature(body) for key in (self, *others)))
        if Note.parse(note.text) != note:
            raise ValueError(f"no body of a note: {body!r}")
        return note.text

    def cosign(self, body: str, at: datetime) -> str:
        """Write the line that says that this witness saw the checkpoint at this second."""
        seconds = int(at.timestamp())
        signed = self.private.sign(cosigned_message(body, seconds))
        stamped = seconds.to_bytes(8, "big") + signed
        return Signature(self.name, self.cosigner_key.id, stamped).line + "\n"


def succession_note(old: SigningKey, new: SigningKey) -> str:
    """Say, signed by both keys, that the new key continues the log of the old one."""
    if old.name != new.name:
        raise ValueError(f"{new.name} cannot continue the log of {old.name}")
    return old.sign_note(succession_body(new.verifier_key), new)
