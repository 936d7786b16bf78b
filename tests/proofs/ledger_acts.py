"""Acts that anybody may see the size of, and a witness who signs what grew."""

import uuid
from datetime import UTC, datetime

from banso.ledger.queries import latest_checkpoint
from banso.ledger.signing.cosigning import keep_cosignatures
from banso.ledger.signing.notes import SigningKey
from banso.ledger.verify import Note
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.bodies.register_organisation import register_organisation
from banso.people.commands.record.register_witness import register_witness

NOON = datetime(2028, 6, 1, 3, tzinfo=UTC)
WITNESS = SigningKey.generate("witness.example.ac.jp")


def grow(count, at=NOON):
    for _ in range(count):
        name = f"見本{uuid.uuid4()}"
        register_organisation(actor=OPERATOR_AT_CONSOLE, kind="other", name_ja=name, at=at)


def name_witness():
    register_witness(
        actor=OPERATOR_AT_CONSOLE,
        key=WITNESS.cosigner_text,
        organisation_ja="見本大学",
        organisation_en="Sample University",
        at=NOON,
    )


def witness_signs(at=NOON):
    note = latest_checkpoint().note
    keep_cosignatures(note + WITNESS.cosign(Note.parse(note).body, at))
