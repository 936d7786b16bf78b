"""The pages of proposals, as a browser meets them."""

import hashlib
import re
import uuid
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.people.factories import PersonFactory
from tests.proposals.factories import (
    PDF,
    WRITING,
    AffiliationFactory,
    AppointmentFactory,
    CallFactory,
    ExclusionFactory,
    ProposalFactory,
    make_draft,
    make_ready,
)
from tests.proposals.pages.addresses import address_of, at

from banso.ledger.models import Entry
from banso.proposals.models import Proposal, ProposalFile, TeamMember
from banso.rehearsal.sample_files import sample_pdf

ONCE = re.compile(r'nonce="[^"]*"|name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"')


def written(**changes):
    return {
        "title_ja": "書き直した題",
        "title_en": "Rewritten",
        "abstract": "書き直した要旨",
        "core_technology": "ありません。",
        "requested_yen": "１，２３４，０００",
        "effort_percent": "30",
        **changes,
    }


def upload(browser, proposal, content, name="plan.pdf"):
    file = SimpleUploadedFile(name, content, "application/pdf")
    return browser.post(at("attach", proposal), {"file": file})


def test_the_desk_costs_the_same_whatever_its_length(agency_officer, ready, client_for):
    browser, counts = client_for(agency_officer), []
    for more in (1, 9, 90):
        for _ in range(more):
            ProposalFactory(call=ready.call)
        with CaptureQueriesContext(connection) as captured:
            response = browser.get(address_of("desk_call", ready.call.slug))
        counts.append(len(captured))

    # A list of several pages asks once more: for its total.
    [one, ten, hundred] = counts
    assert (ten, hundred) == (one, one + 1)
    assert response.status_code == HTTPStatus.OK


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("", ("要旨がまだ", "(PDF)がまだ")),
        ("/en", ("The summary is not written yet.", "The proposal (PDF) is not attached yet.")),
    ],
)
def test_the_hub_names_everything_that_is_missing(db, client_for, language, sentences):
    draft = make_draft(abstract="", title_ja="海を測る")

    text = client_for(draft.lead).get(at("proposal", draft, language=language)).text

    assert "海を測る" in text
    assert [sentence for sentence in sentences if sentence not in text] == []
    assert {"/rules/K2/", "/rules/K3/"} <= set(re.findall(r"/rules/\w+/", text))


def test_the_hub_of_a_complete_proposal_leads_to_its_submission(ready, lead):
    text = lead.get(at("proposal", ready, language="/en")).text

    assert "If you submitted now: 0 to settle" in text
    assert at("check", ready) in text


def test_a_person_begins_a_draft_from_their_own_institution(db, client_for):
    call, place = CallFactory(), AffiliationFactory()

    response = client_for(place.person).post(
        address_of("draft", call.slug),
        {"institution_id": str(place.organisation_id), "title_ja": "海を測る"},
    )

    proposal = Proposal.objects.get()
    assert (response.status_code, response.headers["Location"]) == (
        HTTPStatus.SEE_OTHER,
        at("proposal", proposal),
    )
    assert (proposal.title_ja, proposal.institution_id) == ("海を測る", place.organisation_id)


def test_a_draft_from_another_s_institution_is_not_offered(db, client_for):
    call, place, other = CallFactory(), AffiliationFactory(), AffiliationFactory()

    response = client_for(place.person).post(
        address_of("draft", call.slug),
        {"institution_id": str(other.organisation_id), "title_ja": "海を測る"},
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "海を測る" in response.text
    assert not Proposal.objects.exists()


def test_what_was_written_is_saved_with_the_team(ready, lead):
    colleague = AffiliationFactory(organisation=ready.institution).person

    response = lead.post(
        at("edit", ready), written(requested_yen="1234000", member_ids=[str(colleague.pk)])
    )

    ready.refresh_from_db()
    team = TeamMember.objects.filter(proposal=ready).values_list("person_id", "effort_percent")
    assert response.headers["Location"] == at("proposal", ready)
    assert (ready.title_ja, ready.abstract, ready.requested_yen) == (
        "書き直した題",
        "書き直した要旨",
        1_234_000,
    )
    assert set(team) == {(ready.lead_id, 30), (colleague.pk, 0)}


def test_bad_input_keeps_what_was_typed(ready, lead):
    before = Proposal.objects.values().get()

    response = lead.post(
        at("edit", ready, language="/en"), written(title_ja="", requested_yen="lots")
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "書き直した要旨" in response.text
    assert 'value="lots"' in response.text
    assert 'aria-invalid="true"' in response.text
    assert Proposal.objects.values().get() == before
    assert not Entry.objects.exists()


def test_a_pdf_is_stored_under_its_hash(ready, lead, settings):
    content = sample_pdf("new")

    response = upload(lead, ready, content, "新しい提案.pdf")

    file, name = ProposalFile.objects.get(), hashlib.sha256(content).hexdigest()
    assert response.headers["Location"] == at("proposal", ready)
    assert (file.name, file.sha256, file.size) == ("新しい提案.pdf", name, len(content))
    assert (settings.DATA / "files" / name).read_bytes() == content


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04 a document %%EOF", "The file is an archive, and archives are not taken."),
        (b"%PDF-1.7 cut short", "The end of the PDF is missing."),
        (b"<script>%PDF-%%EOF</script>", "The file contains a program or a script."),
    ],
    ids=["zip", "cut", "page"],
)
def test_what_is_not_a_whole_pdf_is_not_stored(db, client_for, settings, content, told):
    draft = make_draft()
    browser = client_for(draft.lead)

    file = SimpleUploadedFile("plan.pdf", content)
    response = browser.post(at("attach", draft, language="/en"), {"file": file})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert told in response.text
    assert not ProposalFile.objects.exists()
    assert not list(settings.DATA.glob("files/*"))


def test_the_one_place_of_a_proposal_takes_one_file(db, client_for):
    draft = make_draft()

    page = client_for(draft.lead).get(at("attach", draft)).text

    assert 'type="file"' in page
    assert "data-takes-several" not in page


def test_a_file_comes_as_an_attachment_that_runs_nothing(ready, lead):
    response = lead.get(at("file", ready, ready.files.get().pk))

    assert response.content == PDF
    headers = response.headers
    assert headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in headers["Cache-Control"]


def test_a_file_is_not_there_for_whoever_may_not_read_its_proposal(ready, client_for):
    address, other = at("file", ready, ready.files.get().pk), make_ready()

    stranger = client_for(PersonFactory()).get(address)
    through_their_own = client_for(other.lead).get(at("file", other, ready.files.get().pk))
    visitor = Client().get(address)

    assert stranger.status_code == through_their_own.status_code == HTTPStatus.NOT_FOUND
    assert visitor.status_code == HTTPStatus.FOUND
    assert PDF not in stranger.content + through_their_own.content


def body(response, identifier):
    """The page without what differs on every answer, and without its own address."""
    return ONCE.sub("", response.text.replace(str(identifier), "ID"))


PAGES = ("proposal", "edit", "attach", "check", "approval")
ACTS = ("send", "withdraw", "check", "edit", "approval", "return")


@pytest.mark.parametrize("viewer", ["stranger", "agency", "conflicted"])
@pytest.mark.assurance("A-05")
def test_a_hidden_proposal_answers_exactly_as_an_unknown_one(ready, client_for, viewer):
    person = AppointmentFactory(role="agency-officer", organisation=ready.call.agency).person
    if viewer == "stranger":
        person = PersonFactory()
    if viewer == "conflicted":
        Proposal.objects.update(submitted_at=WRITING)
        ExclusionFactory(proposal=ready, person=person)
    browser, unknown = client_for(person), ProposalFactory.build(pk=uuid.uuid4())
    facts = {**written(requested_yen="1"), "comment": "x", "version": ready.version}

    for ask in (
        *(lambda one, name=name: browser.get(at(name, one)) for name in PAGES),
        *(lambda one, name=name: browser.post(at(name, one), facts) for name in ACTS),
    ):
        there, absent = ask(ready), ask(unknown)
        assert there.status_code == absent.status_code == HTTPStatus.NOT_FOUND
        assert set(there.headers) == set(absent.headers)
        assert body(there, ready.pk) == body(absent, unknown.pk)
        assert ready.title_ja not in there.text
    assert not Entry.objects.exists()


@pytest.mark.parametrize("name", ["my_proposals", "approvals", "desk"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_own_pages_ask_for_sign_in_and_say_who_sees_them(db, client_for, name, language):
    address = f"{language}{address_of(name)}"

    visitor, person = Client().get(address), client_for(PersonFactory()).get(address)

    assert visitor.status_code == HTTPStatus.FOUND
    assert person.status_code == HTTPStatus.OK
    assert ("Who can see this screen" if language else "この画面を見られる人") in person.text
