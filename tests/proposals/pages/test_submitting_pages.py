import hashlib
import re
import uuid
from http import HTTPStatus

import pytest
from django.urls import reverse
from tests.proposals.factories import (
    BEFORE_CLOSING,
    CLOSES,
    PDF,
    WRITING,
    AppointmentFactory,
)
from tests.proposals.pages.addresses import address_of, at

from banso.calls.models import Call
from banso.proposals.models import Proposal, Receipt

CLOSING = {"ja": "2027年5月31日", "en": "31 May 2027"}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("", "締め切りました"), ("/en", "This call closed on")],
)
def test_after_closing_a_submission_is_refused_by_k1_and_the_instant(
    ready, lead, clock, language, sentence
):
    clock.set(CLOSES)

    response = lead.post(at("check", ready, language=language))

    notice = re.search(r'<section class="refusal".*?</section>', response.text, re.DOTALL)[0]
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in notice
    assert CLOSING[language.strip("/") or "ja"] in notice
    assert "12:00" in notice or "正午" in notice
    assert f"{language}/rules/K1/" in notice
    assert not Receipt.objects.exists()


def test_a_submission_leads_to_its_receipt(ready, lead, clock):
    clock.set(BEFORE_CLOSING)

    response = lead.post(at("check", ready), follow=True)

    receipt = Receipt.objects.get()
    address = at("receipt", ready, receipt.number)
    assert response.redirect_chain == [(address, HTTPStatus.SEE_OTHER)]
    assert receipt.number in response.text
    assert hashlib.sha256(PDF).hexdigest() in response.text


def test_pressing_the_button_twice_submits_once(ready, lead):
    form = {"idempotency_key": str(uuid.uuid4())}

    first, again = lead.post(at("check", ready), form), lead.post(at("check", ready), form)

    assert first.headers["Location"] == again.headers["Location"]
    assert Receipt.objects.count() == 1


def test_a_proposal_goes_through_its_institution_on_pages(
    ready, lead, institution_officer, client_for
):
    Proposal.objects.update(sent_to_institution_at=None, approved_version="")
    officer = client_for(institution_officer)
    hidden = officer.get(at("approval", ready)).status_code

    lead.post(at("send", ready))
    waiting = officer.get(address_of("approvals")).text
    returned = officer.post(at("return", ready), {"comment": "金額を直してください。"})
    told = lead.get(at("proposal", ready)).text
    lead.post(at("send", ready))
    approved = officer.post(at("approval", ready), {"version": ready.version})

    ready.refresh_from_db()
    assert hidden == HTTPStatus.NOT_FOUND
    assert ready.title_ja in waiting
    assert returned.status_code == approved.status_code == HTTPStatus.SEE_OTHER
    assert "金額を直してください。" in told
    assert (ready.state, ready.approved_by_id) == ("approved", institution_officer.pk)


def test_approving_a_version_that_is_no_more_is_refused_with_k3(
    ready, institution_officer, client_for
):
    response = client_for(institution_officer).post(
        at("approval", ready, language="/en"), {"version": "0" * 64}
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "The current version needs the institution" in response.text
    assert "/en/rules/K3/" in response.text


def test_an_agency_announces_and_opens_a_call_on_pages(ready, agency_officer, client_for):
    browser, concept = client_for(agency_officer), ready.call.concept
    entered = {
        "concept_id": str(concept.pk),
        "fiscal_year": "2027",
        "round": "2",
        "type": "project",
        "slots": "2",
        "title_ja": "第二回の公募",
        "summary_ja": "要約",
        "guidelines_ja": "要領",
        "opens_at": "2027/4/1",
        "closes_at": "2027/5/31",
    }

    announced = browser.post(reverse("calls:announce"), entered)
    repeated = browser.post(reverse("calls:announce"), entered)
    call = Call.objects.get(round=2)
    refused = browser.post(address_of("desk_call", call.slug))
    AppointmentFactory(role="program-officer", scope_id=concept.pk)
    opened = browser.post(address_of("desk_call", call.slug))

    call.refresh_from_db()
    assert (announced.status_code, repeated.status_code) == (
        HTTPStatus.SEE_OTHER,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )
    assert (call.opens_at, call.closes_at) == (ready.call.opens_at, CLOSES)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "/rules/G1/" in refused.text
    assert opened.status_code == HTTPStatus.SEE_OTHER
    assert call.opened_at == WRITING
