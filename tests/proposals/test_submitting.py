"""Submitting a proposal: what is received when, and what the receipt says (K1, K2, K3, K5)."""

import hashlib
import json
import uuid

import pytest
from tests.proposals.factories import (
    BEFORE_CLOSING,
    BEFORE_OPENING,
    CLOSES,
    OPENS,
    PDF,
    WRITING,
    approve,
    make_draft,
    make_ready,
)

from banso.ledger.clock import arrival
from banso.ledger.models import Detail, Entry
from banso.ledger.requests import IncomingRequest, incoming
from banso.proposals.commands.drafting.attach_file import attach_file
from banso.proposals.commands.drafting.edit_proposal import edit_proposal
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.proposals.commands.submission.withdraw_submission import withdraw_submission
from banso.proposals.models import Proposal, Receipt
from banso.rulebook.verdicts import RuleRefused
from banso.web.file_store import store

SUBMIT = "proposals.submit_proposal"
HASH = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
def lead(ready, actor_of):
    return actor_of(ready.lead)


def submit(proposal, actor, at=WRITING):
    return submit_proposal(actor=actor, proposal_id=proposal.pk, at=at)


def refusal_of(act):
    """Refuse, and leave no receipt, no submission and no entry behind."""
    with pytest.raises(RuleRefused) as refused:
        act()
    assert not Receipt.objects.exists()
    assert not Proposal.objects.filter(submitted_at__isnull=False).exists()
    assert not Entry.objects.filter(act=SUBMIT).exists()
    verdict = refused.value.verdict
    return verdict.reason, verdict.clause.id, dict(verdict.facts)


def edit(proposal, actor, **facts):
    written = {
        "title_ja": proposal.title_ja,
        "title_en": proposal.title_en,
        "abstract": proposal.abstract,
        "core_technology": proposal.core_technology,
        "requested_yen": proposal.requested_yen,
    }
    return edit_proposal(actor=actor, proposal_id=proposal.pk, **{**written, **facts}, at=WRITING)


def test_a_submission_gets_a_receipt_with_number_instant_and_hashes(ready, lead):
    receipt = submit(ready, lead)

    ready.refresh_from_db()
    [entry] = Entry.objects.filter(subject_id=str(ready.pk))
    assert receipt == Receipt.objects.get()
    assert receipt.number.startswith("R2027-")
    assert (receipt.proposal, receipt.person, receipt.received_at, receipt.version) == (
        ready,
        ready.lead,
        WRITING,
        ready.version,
    )
    assert receipt.files == [
        {"part": "proposal", "name": "plan.pdf", "size": len(PDF), "sha256": HASH}
    ]
    assert (ready.submitted_at, ready.state) == (WRITING, "submitted")
    assert (entry.act, entry.actor_id, entry.clause, entry.at, entry.is_sealed) == (
        SUBMIT,
        ready.lead_id,
        "K2",
        WRITING,
        False,
    )
    assert (receipt.entry_id, receipt.commitment) == (entry.id, bytes(entry.commitment).hex())
    assert json.loads(Detail.objects.get(entry=entry).text)["details"] == {
        "receipt": receipt.number,
        "version": ready.version,
        "files": receipt.files,
        "sealed": "no",
    }


@pytest.mark.parametrize("at", [OPENS, BEFORE_CLOSING], ids=["opening", "1 ms before closing"])
def test_the_first_and_the_last_instant_of_a_call_receive(ready, lead, at):
    assert submit(ready, lead, at).received_at == at


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        (BEFORE_OPENING, ("call-not-open-yet", "K1", {"opens_at": OPENS})),
        (CLOSES, ("call-has-closed", "K1", {"closes_at": CLOSES})),
    ],
    ids=["1 ms before opening", "closing"],
)
def test_outside_its_instants_a_call_receives_nothing(ready, lead, at, refusal):
    assert refusal_of(lambda: submit(ready, lead, at)) == refusal


def test_a_request_counts_from_its_arrival_and_not_from_its_turn(ready, lead, clock):
    clock.set(CLOSES)

    with arrival(BEFORE_CLOSING):
        receipt = submit_proposal(actor=lead, proposal_id=ready.pk)

    assert receipt.received_at == BEFORE_CLOSING


def test_a_call_that_its_agency_has_not_opened_receives_nothing(ready, lead):
    ready.call.opened_at = None
    ready.call.save()

    reason, clause, _ = refusal_of(lambda: submit(ready, lead))

    assert (reason, clause) == ("call-not-open-yet", "K1")


def test_a_proposal_without_approval_is_not_received(ready, lead):
    ready.void_approval()
    ready.save()

    assert refusal_of(lambda: submit(ready, lead)) == ("not-approved-by-institution", "K3", {})


def test_an_edit_voids_the_approval(ready, lead):
    edit(ready, lead, abstract="別の方法にします。")

    assert refusal_of(lambda: submit(ready, lead)) == ("not-approved-by-institution", "K3", {})


def test_an_edit_that_changes_nothing_keeps_the_approval(ready, lead):
    edit(ready, lead)

    assert submit(ready, lead).version == ready.version


def test_another_file_voids_the_approval(ready, lead):
    stored = store([PDF + b"more"])
    attach_file(
        actor=lead,
        proposal_id=ready.pk,
        part="proposal",
        name="plan.pdf",
        sha256=stored.sha256,
        size=stored.size,
        at=WRITING,
    )

    assert refusal_of(lambda: submit(ready, lead)) == ("not-approved-by-institution", "K3", {})


def test_an_approval_of_another_version_does_not_count(ready, lead):
    ready.approved_version = "0" * 64
    ready.save()

    assert refusal_of(lambda: submit(ready, lead)) == ("edited-since-approval", "K3", {})


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({}, ("proposal",)),
        ({"abstract": " "}, ("abstract", "proposal")),
        (
            {"core_technology": "", "requested_yen": None},
            ("core-technology", "proposal", "requested-amount"),
        ),
    ],
)
def test_every_missing_part_is_named_at_once(db, actor_of, facts, missing):
    incomplete = approve(make_draft(**facts))

    refusal = refusal_of(lambda: submit(incomplete, actor_of(incomplete.lead)))

    assert refusal == ("required-parts-missing", "K2", {"missing": missing, "unverified": ()})


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.write_bytes(b"x" * len(PDF)), id="changed"),
        pytest.param(lambda path: path.write_bytes(PDF[:-1]), id="cut"),
    ],
)
def test_a_file_that_the_store_no_longer_holds_gets_no_receipt(ready, lead, settings, spoil):
    spoil(settings.DATA / "files" / HASH)

    refusal = refusal_of(lambda: submit(ready, lead))

    assert refusal == ("files-not-verified", "K2", {"missing": (), "unverified": ("proposal",)})


def test_the_same_request_twice_is_one_submission_with_one_receipt(ready, lead):
    request = IncomingRequest(uuid.uuid4(), hashlib.sha256(b"body").digest())

    with incoming(request):
        first = submit(ready, lead)
    with incoming(request):
        again = submit(ready, lead, CLOSES)

    assert again == first == Receipt.objects.get()
    assert Entry.objects.filter(act=SUBMIT).count() == 1


def test_a_second_submission_is_refused_and_the_first_stands(ready, lead):
    first = submit(ready, lead)

    with pytest.raises(RuleRefused) as refused:
        submit(ready, lead)

    verdict = refused.value.verdict
    assert (verdict.reason, verdict.clause.id) == ("already-submitted", "K1")
    assert Receipt.objects.get() == first


def test_a_submission_withdrawn_before_closing_can_be_sent_again(ready, lead):
    first = submit(ready, lead)
    withdraw_submission(actor=lead, proposal_id=ready.pk, at=WRITING)
    ready.refresh_from_db()
    withdrawn = ready.submitted_at

    second = submit(ready, lead, BEFORE_CLOSING)

    acts = Entry.objects.filter(subject_id=str(ready.pk)).order_by("number")
    assert withdrawn is None
    assert second.number != first.number
    assert set(Receipt.objects.all()) == {first, second}
    assert list(acts.values_list("act", "clause")) == [
        (SUBMIT, "K2"),
        ("proposals.withdraw_submission", "K5"),
        (SUBMIT, "K2"),
    ]


def test_nothing_is_withdrawn_from_closing_on(ready, lead):
    submit(ready, lead)

    with pytest.raises(RuleRefused) as refused:
        withdraw_submission(actor=lead, proposal_id=ready.pk, at=CLOSES)

    ready.refresh_from_db()
    verdict = refused.value.verdict
    assert (verdict.reason, verdict.clause.id) == ("call-has-closed", "K5")
    assert ready.submitted_at == WRITING


def test_there_is_nothing_to_withdraw_before_a_submission(ready, lead):
    with pytest.raises(RuleRefused) as refused:
        withdraw_submission(actor=lead, proposal_id=ready.pk, at=WRITING)

    assert (refused.value.verdict.reason, refused.value.verdict.clause.id) == (
        "not-submitted",
        "K5",
    )


def test_an_edit_after_submission_is_refused(ready, lead):
    submit(ready, lead)

    with pytest.raises(RuleRefused) as refused:
        edit(ready, lead, title_ja="別の題")

    ready.refresh_from_db()
    assert refused.value.verdict.reason == "already-submitted"
    assert ready.title_ja != "別の題"


def test_receipts_are_numbered_in_order(db, actor_of):
    numbers = [submit(one, actor_of(one.lead)).number for one in (make_ready(), make_ready())]

    assert sorted(set(numbers)) == numbers
