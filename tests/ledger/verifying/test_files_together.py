from datetime import timedelta

import pytest
from tests.ledger.sample_log import (
    ORIGIN,
    SampleLog,
    a_key,
    verified,
)
from tests.ledger.verifying.samples import BUNDLE, EARLY, LOG, NEW, OLD, RECEIPT, codes


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
