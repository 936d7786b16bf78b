"""Two clicks at once, on connections of their own: one submission, one receipt (A-92)."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from http import HTTPStatus
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override
from tests.proposals.factories import WRITING, make_ready

from banso.ledger.models import Entry
from banso.people.queries.actors import actor_for
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.proposals.models import Receipt
from banso.rulebook.verdicts import RuleRefused

CLICKS = 2


@pytest.fixture(autouse=True)
def _while_the_call_is_open(clock):
    clock.set(WRITING)


def at_once(act):
    """Run an act in threads that start together, each on its own connection."""
    together = Barrier(CLICKS)

    def run(number):
        try:
            together.wait(timeout=10)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLICKS) as pool:
        # Each thread holds the test's clock, in a copy of its context.
        runs = [pool.submit(copy_context().run, run, number) for number in range(CLICKS)]
        return [one.result() for one in runs]


def check_address(proposal):
    with override("ja"):
        return reverse("proposals:check", args=[proposal.pk])


@pytest.mark.assurance("A-92")
@pytest.mark.django_db(transaction=True)
def test_two_clicks_of_one_form_at_once_lead_to_one_receipt(client_for):
    ready = make_ready()
    browsers = [client_for(ready.lead) for _ in range(CLICKS)]
    form = {"idempotency_key": str(uuid.uuid4())}

    answers = at_once(lambda number: browsers[number].post(check_address(ready), form))

    receipt = Receipt.objects.get()
    with override("ja"):
        address = reverse("proposals:receipt", args=[ready.pk, receipt.number])
    assert [answer.headers.get("Location") for answer in answers] == [address] * CLICKS
    assert Entry.objects.filter(act="proposals.submit_proposal").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_forms_sent_at_once_are_one_submission_and_one_refusal():
    ready = make_ready()
    lead = actor_for(ready.lead_id, on=localdate(WRITING))

    def submit(_number):
        try:
            return submit_proposal(actor=lead, proposal_id=ready.pk, at=WRITING).number
        except RuleRefused as refused:
            return refused.verdict.reason

    outcomes = at_once(submit)

    assert sorted(outcomes) == sorted([Receipt.objects.get().number, "already-submitted"])


@pytest.mark.assurance("A-92")
def test_the_same_key_with_another_body_is_a_conflict_and_changes_nothing(ready, client_for):
    lead, key = client_for(ready.lead), str(uuid.uuid4())
    first = lead.post(check_address(ready), {"idempotency_key": key})

    other = lead.post(check_address(ready), {"idempotency_key": key, "also": "this"})

    assert first.status_code == HTTPStatus.SEE_OTHER
    assert other.status_code == HTTPStatus.CONFLICT
    assert Receipt.objects.count() == 1
