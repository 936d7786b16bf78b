import itertools

import pytest
from tests.ledger.witness.views import LOG, ORIGIN, OURS, shown

from banso.ledger.signing.notes import SigningKey, succession_note
from banso.ledger.verify import (
    Note,
)
from banso.ledger.witness.sources import keys_and_successions
from banso.ledger.witness.witnessing import Outcome


def test_a_new_key_is_taken_up_when_the_old_one_names_it_and_it_signs(witness):
    new = SigningKey.generate(ORIGIN)
    successions = (succession_note(LOG, new),)
    witness.check(shown(OURS, 3))

    found = [
        witness.check(shown(OURS, 5, successions=successions)),
        witness.check(shown(OURS, 7, new, LOG, successions=successions)),
        witness.check(shown(OURS, 9, new)),
        witness.check(shown(OURS, 11, LOG, successions=successions)),
    ]

    assert [(one.outcome, one.adopted) for one in found] == [
        (Outcome.COSIGNED, ()),
        (Outcome.COSIGNED, (new.verifier_text,)),
        (Outcome.COSIGNED, ()),
        (Outcome.RETIRED_KEY, ()),
    ]
    keys = witness.folder.record().keys
    assert [(one.key, one.succession) for one in keys] == [
        (LOG.verifier_text, ""),
        (new.verifier_text, successions[0]),
    ]


def test_a_witness_that_slept_follows_several_successions(witness):
    chain = [LOG, *(SigningKey.generate(ORIGIN) for _ in range(3))]
    notes = tuple(succession_note(old, new) for old, new in itertools.pairwise(chain))
    witness.check(shown(OURS, 3))

    found = witness.check(shown(OURS, 5, chain[-1], successions=notes[::-1]))

    assert found.adopted == tuple(key.verifier_text for key in chain[1:])


def forged_successions():
    rival, stranger = SigningKey.generate(ORIGIN), SigningKey.generate(ORIGIN)
    alone = Note.parse(succession_note(LOG, rival))
    return rival, [
        pytest.param((), id="none"),
        pytest.param((succession_note(stranger, rival),), id="by-a-stranger"),
        pytest.param((Note(alone.body, alone.signatures[:1]).text,), id="the-new-key-is-silent"),
        pytest.param((Note(alone.body, alone.signatures[1:]).text,), id="the-old-key-is-silent"),
        pytest.param(("no note", "", "banso key succession\n"), id="no-notes"),
    ]


RIVAL, FORGED = forged_successions()


@pytest.mark.parametrize("successions", FORGED)
def test_no_other_note_makes_a_key_trusted(witness, successions):
    witness.check(shown(OURS, 3))

    outcome = witness.outcome(shown(OURS, 5, RIVAL, successions=successions))

    assert (outcome, len(witness.folder.record().keys)) == (Outcome.NOT_SIGNED, 1)


def test_a_retired_key_names_no_more_successors(witness):
    new, rival = SigningKey.generate(ORIGIN), SigningKey.generate(ORIGIN)
    witness.check(shown(OURS, 3))
    witness.check(shown(OURS, 5, new, successions=(succession_note(LOG, new),)))

    outcome = witness.outcome(shown(OURS, 7, rival, successions=(succession_note(LOG, rival),)))

    assert outcome == Outcome.NOT_SIGNED


def test_the_text_of_the_keys_is_read_whatever_stands_between():
    new = SigningKey.generate(ORIGIN)
    note = succession_note(LOG, new)

    keys = f"{new.verifier_text}\n{LOG.verifier_text}\n"

    assert keys_and_successions(f"{keys}\n{note}\n{note}") == (tuple(keys.split()), (note, note))
    assert keys_and_successions(f"{note}{keys}") == (tuple(keys.split()), (note,))
