"""What pages say of a proposal in each of its states, in its own words."""

from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.translation import override
from tests.people.factories import PersonFactory
from tests.proposals.factories import (
    OPENS,
    WRITING,
    AppointmentFactory,
    ExclusionFactory,
    ProposalFactory,
    TeamMemberFactory,
    make_draft,
)

from banso.calls.models import Call
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.proposals.commands.submission.withdraw_submission import withdraw_submission

BEFORE = OPENS - timedelta(days=1)


def address_of(name, *arguments, language=""):
    with override("ja"):
        return f"{language}{reverse(f'proposals:{name}', args=arguments)}"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("", "研究推進法人はまだこの公募を開始していません"),
        ("/en", "has not opened this call yet"),
    ],
)
def test_submitting_to_a_call_that_nobody_opened_names_no_instant(
    ready, client_for, clock, language, sentence
):
    clock.set(WRITING)
    Call.objects.update(opened_at=None)

    response = client_for(ready.lead).post(address_of("check", ready.pk, language=language))

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.text
    assert "9999" not in response.text


def test_the_hub_names_the_opening_of_a_call_that_opens_by_the_clock(ready, client_for, clock):
    clock.set(BEFORE)

    response = client_for(ready.lead).get(address_of("proposal", ready.pk, language="/en"))

    assert "This call opens on 1 April 2027, 12:00 JST." in response.text
    assert "has not opened this call" not in response.text


def test_the_receipt_of_a_withdrawn_submission_says_so(ready, actor_of, client_for, clock):
    clock.set(WRITING)
    lead = actor_of(ready.lead)
    receipt = submit_proposal(actor=lead, proposal_id=ready.pk, at=WRITING)
    address = address_of("receipt", ready.pk, receipt.number, language="/en")
    standing = client_for(ready.lead).get(address)

    withdraw_submission(actor=lead, proposal_id=ready.pk, at=WRITING)
    withdrawn = client_for(ready.lead).get(address)

    assert "This submission was withdrawn" not in standing.text
    assert "This submission was withdrawn" in withdrawn.text
    assert receipt.number in withdrawn.text


def test_only_the_agency_s_officer_is_shown_the_button_that_opens(ready, client_for, clock):
    clock.set(WRITING)
    Call.objects.update(opened_at=None)
    officer = AppointmentFactory(role="agency-officer", organisation=ready.call.agency).person
    director = AppointmentFactory(role="program-director", scope_id=ready.call.concept_id).person
    address = address_of("desk_call", ready.call.slug, language="/en")

    to_the_officer = client_for(officer).get(address)
    to_the_director = client_for(director).get(address)

    assert "Open the call" in to_the_officer.text
    assert to_the_director.status_code == HTTPStatus.OK
    assert "Open the call" not in to_the_director.text


@pytest.mark.parametrize("name", ["edit", "attach"])
def test_a_co_investigator_reads_but_is_told_who_writes(ready, client_for, clock, name):
    clock.set(WRITING)
    member = TeamMemberFactory(proposal=ready, person=PersonFactory(), role="member").person

    response = client_for(member).get(address_of(name, ready.pk, language="/en"))

    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "The principal investigator writes the proposal and submits it." in response.text


def test_a_returned_proposal_needs_a_change_on_its_hub(ready, client_for, clock):
    clock.set(WRITING)
    ready.void_approval()
    ready.sent_to_institution_at = None
    ready.returned_at, ready.return_comment = WRITING, "予算の根拠を足してください。"
    ready.save()

    response = client_for(ready.lead).get(address_of("proposal", ready.pk, language="/en"))

    assert "Needs a change" in response.text
    assert "予算の根拠を足してください。" in response.text


def test_an_institution_lists_what_waits_or_what_it_approved(ready, client_for, clock):
    clock.set(WRITING)
    waiting = make_draft(
        institution=ready.institution, sent_to_institution_at=WRITING, title_ja="承認を待つ提案"
    )
    officer = AppointmentFactory(role="institution-officer", organisation=ready.institution).person
    browser, address = client_for(officer), address_of("approvals")

    by_default, approved = browser.get(address), browser.get(f"{address}?show=approved")

    titles = (waiting.title_ja, ready.title_ja)
    assert [title in by_default.text for title in titles] == [True, False]
    assert [title in approved.text for title in titles] == [False, True]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_the_files_of_a_desk_hold_what_its_reader_may_read(ready, client_for, clock, form):
    clock.set(WRITING)
    agency = ready.call.agency
    seen = ProposalFactory(call=ready.call, title_ja="読める提案")
    hidden = ProposalFactory(call=ready.call, title_ja="利益相反のある提案")
    officer = AppointmentFactory(role="agency-officer", organisation=agency).person
    ExclusionFactory(proposal=hidden, person=officer)
    address = address_of("desk_call", ready.call.slug)

    taken = client_for(officer).get(f"{address}?format={form}").content.decode()
    found = client_for(officer).get(f"{address}?q=提案").text

    titles = (seen.title_ja, hidden.title_ja, ready.title_ja)
    assert [title in taken for title in titles] == [True, False, False]
    assert [title in found for title in titles] == [True, False, False]
