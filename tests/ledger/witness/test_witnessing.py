from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.witness.views import (
    AT,
    LOG,
    ORIGIN,
    OURS,
    THEIRS,
    body,
    bundle,
    proof,
    proven,
    root,
    shown,
)

from banso.ledger.signing.notes import SigningKey
from banso.ledger.verify import (
    EMPTY_ROOT,
    Checkpoint,
    Note,
    cosigned_at,
    signed_by,
)
from banso.ledger.witness.sources import Joined, Presented, present
from banso.ledger.witness.witnessing import Outcome


def test_a_witness_cosigns_the_first_checkpoint_and_each_that_continues_it(witness):
    found = [
        witness.check(shown(OURS, size), at=AT + timedelta(minutes=size)) for size in (3, 5, 12)
    ]

    assert [one.outcome for one in found] == [Outcome.COSIGNED] * 3
    note = Note.parse(witness.out.read_text())
    assert note.body == body(OURS, 12)
    assert signed_by(note, LOG.verifier_key)
    assert cosigned_at(note, witness.key.cosigner_key) == AT + timedelta(minutes=12)
    assert len(note.signatures) == 2


def test_a_checkpoint_that_was_cosigned_before_is_nothing_new_and_changes_no_byte(witness):
    witness.check(shown(OURS, 3))
    before = witness.out.read_bytes()

    outcome = witness.outcome(shown(OURS, 3), at=AT + timedelta(days=1))

    assert (outcome, witness.out.read_bytes()) == (Outcome.NOTHING_NEW, before)


def test_a_log_may_begin_empty(witness):
    empty = Presented("the log", LOG.sign_note(Checkpoint(ORIGIN, 0, EMPTY_ROOT).body))

    assert witness.outcome(empty) == Outcome.COSIGNED
    assert witness.outcome(shown(OURS, 3)) == Outcome.COSIGNED
    assert witness.outcome(empty) == Outcome.OLD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no note",
        LOG.sign_note("a text\n"),
        LOG.sign_note(f"{ORIGIN}\n1\nAAAA\n"),
        LOG.sign_note(body(OURS, 3) + "an extension\n"),
        LOG.sign_note(Checkpoint(ORIGIN, 0, root(OURS)).body),
        LOG.sign_note(f"{ORIGIN}\n{10**30}\n{body(OURS, 3).splitlines()[2]}\n"),
    ],
    ids=["empty", "text", "note", "no-root", "more-lines", "empty-with-a-root", "endless"],
)
def test_what_is_no_plain_checkpoint_is_not_cosigned(witness, text):
    outcome = witness.outcome(Presented("a file", text))

    assert (outcome, witness.out.exists()) == (Outcome.NOT_A_CHECKPOINT, False)


def test_the_first_use_needs_the_logs_key_from_another_channel(witness):
    outcome = witness.outcome(shown(OURS, 3), log_key=None)

    assert (outcome, witness.folder.record()) == (Outcome.KEY_NEEDED, None)


def test_another_key_than_the_pinned_one_is_not_taken_up_from_the_command(witness):
    witness.check(shown(OURS, 3))
    rival = SigningKey.generate(ORIGIN)

    outcome = witness.outcome(shown(OURS, 5, rival), log_key=rival.verifier_key)

    assert (outcome, witness.cosigned().size) == (Outcome.KEY_DIFFERS, 3)


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize(
    "note",
    [
        pytest.param(SigningKey.generate(ORIGIN).sign_note(body(OURS, 5)), id="a-foreign-key"),
        pytest.param(
            LOG.sign_note(body(OURS, 5)).replace("\n5\n", "\n6\n"), id="a-text-changed-afterwards"
        ),
        pytest.param(
            Note(body(OURS, 5), (LOG.signature(body(OURS, 4)),)).text, id="anothers-signature"
        ),
        pytest.param(
            LOG.sign_note(Checkpoint("other.example/log", 5, root(OURS[:5])).body),
            id="another-log",
        ),
    ],
)
def test_what_the_log_did_not_sign_is_refused_and_is_no_evidence(witness, note, is_first):
    if not is_first:
        witness.check(shown(OURS, 3))
    before = witness.folder.record()

    outcome = witness.outcome(Presented("a file", note))

    assert (outcome, witness.folder.record(), witness.evidence()) == (
        Outcome.NOT_SIGNED,
        before,
        [],
    )


def test_an_old_checkpoint_is_told_from_a_log_that_went_back(witness):
    witness.check(shown(OURS, 9))

    outcomes = [
        witness.outcome(shown(OURS, 3, whole=OURS)),
        witness.outcome(shown(THEIRS, 7)),
        witness.outcome(Presented("a file", LOG.sign_note(body(OURS, 3)))),
    ]

    assert outcomes == [Outcome.OLD, Outcome.ROLLED_BACK, Outcome.OLD_WITHOUT_PROOF]
    assert (witness.cosigned().size, len(witness.evidence())) == (9, 1)


def test_a_checkpoint_alone_is_cosigned_at_first_and_later_needs_a_proof(witness, tmp_path):
    file = tmp_path / "note"
    file.write_text(LOG.sign_note(body(OURS, 3)))
    first = witness.outcome(present(str(file)))
    file.write_text(LOG.sign_note(body(OURS, 5)))

    second = witness.outcome(present(str(file)))

    assert (first, second) == (Outcome.COSIGNED, Outcome.PROOF_MISSING)
    assert (witness.cosigned().size, witness.evidence()) == (3, [])


def test_a_bundle_shows_by_its_leaves_whether_it_continues(witness, tmp_path):
    witness.check(shown(OURS, 8))

    outcomes = [
        witness.outcome(bundle(tmp_path / "theirs", THEIRS, 10)),
        witness.outcome(bundle(tmp_path / "old", OURS, 7)),
        witness.outcome(bundle(tmp_path / "ours", OURS, 10)),
    ]

    assert outcomes == [Outcome.FORK, Outcome.OLD_WITHOUT_PROOF, Outcome.COSIGNED]


@pytest.mark.parametrize("kept", [0, 31, 9 * 32, 10 * 32 - 1])
def test_a_bundle_that_is_damaged_proves_nothing_and_accuses_nobody(witness, tmp_path, kept):
    witness.check(shown(OURS, 8))
    presented = bundle(tmp_path / "bundle", OURS, 10)
    tree = tmp_path / "bundle" / "tree.bin"
    tree.write_bytes(tree.read_bytes()[:kept])

    assert witness.outcome(presented) == Outcome.PROOF_MISSING
    assert witness.evidence() == []


@given(data=st.data(), first=st.integers(1, 11), second=st.integers(2, 12))
@settings(max_examples=100)
def test_a_lying_proof_never_joins_two_views(data, first, second):
    forged = data.draw(
        st.lists(st.sampled_from([*OURS, *THEIRS, root(OURS[:4]), root(THEIRS[:8])]), max_size=6)
        | st.permutations(proof(THEIRS, min(first, second), max(first, second)))
    )
    smaller = Checkpoint(ORIGIN, first, root(OURS[:first]))
    larger = Checkpoint(ORIGIN, second, root(THEIRS[:second]))

    link = proven(forged, smaller, larger)

    if link.joined is Joined.CONSISTENT:
        assert first <= second
        assert root(THEIRS[:first]) == smaller.root
