from datetime import UTC, datetime

import pytest

from banso.ledger.models import Cosignature, Entry, Witness
from banso.ledger.queries import latest_checkpoint, latest_witnessed
from banso.ledger.signing.cosigning import NotOurs, keep_cosignatures
from banso.ledger.signing.notes import SigningKey
from banso.ledger.verify import Note, VerifierKey, cosigned_at
from banso.people.actors import OPERATOR_AT_CONSOLE, Actor
from banso.people.commands.record.register_witness import register_witness
from banso.people.models import Person
from banso.rulebook.verdicts import NotPermitted

SEEN = datetime(2026, 11, 23, 4, tzinfo=UTC)
KEY = SigningKey.generate("witness.example.ac.jp")


def register(key=KEY):
    return register_witness(
        actor=OPERATOR_AT_CONSOLE,
        key=key.cosigner_text,
        organisation_ja="見本大学",
        organisation_en="Sample University",
    )


def cosigned(note, key=KEY, at=SEEN):
    return note + key.cosign(Note.parse(note).body, at)


def test_a_witness_is_registered_with_its_organisation_and_one_entry(db):
    witness = register()

    assert (witness.name, witness.organisation_ja) == ("witness.example.ac.jp", "見本大学")
    assert [*Entry.objects.values_list("act", flat=True)] == ["people.register_witness"]


def test_only_the_operator_registers_a_witness(db):
    person = Person.objects.create(family_name="見本", given_name="一郎")

    with pytest.raises(NotPermitted):
        register_witness(
            actor=Actor(person_id=person.pk), key=KEY.cosigner_text, organisation_ja="見本大学"
        )

    assert not Witness.objects.exists()


def test_the_checkpoint_shows_who_witnessed_it_and_since_when(sequence, act):
    register()
    sequence()

    keep_cosignatures(cosigned(latest_checkpoint().note))

    shown = latest_witnessed()
    assert [(one.witness.organisation_ja, one.at) for one in shown.cosignatures] == [
        ("見本大学", SEEN)
    ]
    assert cosigned_at(Note.parse(shown.note), VerifierKey.parse(KEY.cosigner_text)) == SEEN


def test_a_witness_that_signs_again_keeps_its_first_instant(sequence, act):
    register()
    sequence()
    note = latest_checkpoint().note
    keep_cosignatures(cosigned(note))

    keep_cosignatures(cosigned(note, at=SEEN.replace(hour=9)))

    assert Cosignature.objects.get().at == SEEN


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        pytest.param(
            lambda note: cosigned(note, SigningKey.generate("stranger.example")),
            "No witness that is registered",
            id="by-a-stranger",
        ),
        pytest.param(
            lambda note: cosigned(note, SigningKey.generate(KEY.name)),
            "No witness that is registered",
            id="by-another-key-of-that-name",
        ),
        pytest.param(lambda note: note, "No witness that is registered", id="by-nobody"),
        pytest.param(
            lambda note: cosigned(SigningKey.generate("o").sign_note("o\n1\n" + "A" * 43 + "=\n")),
            "not a checkpoint that our log",
            id="of-another-tree",
        ),
    ],
)
def test_what_is_not_a_witnesss_word_on_our_checkpoint_is_not_kept(sequence, act, sign, words):
    register()
    sequence()

    with pytest.raises(NotOurs, match=words):
        keep_cosignatures(sign(latest_checkpoint().note))

    assert not Cosignature.objects.exists()
