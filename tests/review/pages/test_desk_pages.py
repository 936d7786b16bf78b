from http import HTTPStatus

import pytest
from tests.people.factories import AffiliationFactory, AppointmentFactory
from tests.review.factories import (
    AssessmentFactory,
    ExaminationFactory,
    ExclusionFactory,
    ProposalFactory,
    ProposalFileFactory,
)
from tests.review.pages.addresses import HTMX, LANGUAGES, PDF, address

from banso.review.models import Assignment, Decision, Letter, SecurityExamination
from banso.web.file_store import store
from banso.web.lists.listing import ROWS_ON_A_PAGE


@LANGUAGES
def test_the_desk_counts_what_was_received(desk, proposal, language):
    ProposalFactory(call=proposal.call, submitted_at=None)

    response = desk.get(address("review:desk", language=language))

    call = proposal.call
    assert response.status_code == HTTPStatus.OK
    assert (call.title_ja if language == "ja" else call.title_en) in response.text
    received = {"ja": "受け付けた提案", "en": "Received"}[language]
    assert f'<td data-label="{received}" data-align="end">1</td>' in response.text


@LANGUAGES
def test_the_desk_lists_the_proposals_of_a_call(desk, proposal, opened, language):
    response = desk.get(address("review:desk_call", proposal.call.slug, language=language))

    assert response.status_code == HTTPStatus.OK
    assert ("海を測る" if language == "ja" else "Measuring the sea") in response.text


def test_another_agencys_call_is_not_on_the_desk(desk):
    elsewhere = ProposalFactory()

    call = desk.get(address("review:desk_call", elsewhere.call.slug))
    proposal = desk.get(address("review:desk_proposal", elsewhere.pk))

    assert (call.status_code, proposal.status_code) == (HTTPStatus.NOT_FOUND,) * 2


@pytest.mark.parametrize("count", [1, 10, 100])
def test_the_desk_asks_the_same_number_of_questions_for_any_number_of_proposals(
    desk, call, count, django_assert_num_queries
):
    for proposal in ProposalFactory.create_batch(count, call=call):
        AssessmentFactory(assignment__proposal=proposal)
    desk.get(address("review:desk_call", call.slug))

    # A list that does not fit on its page is counted.
    with django_assert_num_queries(9 + (count > ROWS_ON_A_PAGE)):
        response = desk.get(address("review:desk_call", call.slug))

    assert response.text.count('<th scope="row"') == min(count, ROWS_ON_A_PAGE)


def test_assigning_a_reviewer_lists_them(desk, proposal, reviewer):
    response = desk.post(
        address("review:assign", proposal.pk), {"person": str(reviewer.person_id)}, follow=True
    )

    assert response.redirect_chain == [(address("review:desk_proposal", proposal.pk), 303)]
    assert Assignment.objects.get().person_id == reviewer.person_id
    assert "評 者" in response.text


def test_a_reviewer_is_found_by_name_and_by_body_without_losing_anything(desk, call, proposal):
    for number in range(25):
        AppointmentFactory(
            role="reviewer",
            organisation=call.agency,
            person__family_name="多" if number else "探",
            person__given_name=f"{number}",
        )
    place = address("review:assign", proposal.pk)

    too_many = desk.get(place).text
    found = desk.post(place, {"person_words": "探", "search": "person"}, headers=HTMX)

    assert ("多 1" in too_many, "探 0" in too_many) == (False, False)
    assert found.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert ("探 0" in found.text, "多 1" in found.text) == (True, False)
    assert "error-summary" not in found.text
    assert not Assignment.objects.exists()


def test_assigning_nobody_is_asked_for_again(desk, proposal):
    response = desk.post(address("review:assign", proposal.pk), {"person": ""}, headers=HTMX)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "id_person" in response.text


@LANGUAGES
def test_assigning_a_conflicted_reviewer_is_refused_with_its_clause(
    desk, proposal, reviewer, language
):
    AffiliationFactory(person_id=reviewer.person_id, organisation=proposal.institution)

    response = desk.post(
        address("review:assign", proposal.pk, language=language),
        {"person": str(reviewer.person_id)},
        headers=HTMX,
    )

    sentence = {
        "ja": "この人には提案との利益相反があるため、評価を割り当てられません。",
        "en": "This person has a conflict of interest with the proposal and does not judge it.",
    }[language]
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.text
    assert ">V1</a>" in response.text
    assert not Assignment.objects.exists()


def test_the_agency_reads_assessments_with_their_reviewers(desk, reviewer, opened):
    AssessmentFactory(assignment=opened, comment="道筋が明確です。")

    response = desk.get(address("review:desk_proposal", opened.proposal_id))

    assert "道筋が明確です。" in response.text
    assert "評 者" in response.text


def test_an_examination_is_recorded_from_the_desk(desk, opened):
    AssessmentFactory(assignment=opened)

    desk.post(address("review:examine", opened.proposal_id), {"measures": "施錠します。"})

    assert SecurityExamination.objects.get().measures == "施錠します。"


def test_an_examination_before_merit_is_refused_and_keeps_the_text(desk, proposal):
    response = desk.post(
        address("review:examine", proposal.pk, language="en"), {"measures": "施錠します。"}
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Merit is judged first" in response.text
    assert ">V4</a>" in response.text
    assert "施錠します。" in response.text
    assert not SecurityExamination.objects.exists()


DECISION = {"recommendation": "adopt", "outcome": "adopt", "reasons": "道筋が明確です。"}


def test_deciding_sends_the_letter(desk, opened, client_for, proposal):
    AssessmentFactory(assignment=opened)
    ExaminationFactory(proposal=proposal, measures="データの保管場所を分けます。")

    response = desk.post(address("review:decide", proposal.pk), DECISION, follow=True)

    letter = Letter.objects.get()
    assert response.redirect_chain == [(address("review:desk_proposal", proposal.pk), 303)]
    assert address("review:letter", letter.pk) in response.text
    applicant = client_for(proposal.lead).get(address("review:letter", letter.pk))
    assert "道筋が明確です。" in applicant.text
    assert "データの保管場所を分けます。" in applicant.text
    assert "評 者" not in applicant.text


def test_an_incomplete_decision_comes_back_whole(desk, opened):
    AssessmentFactory(assignment=opened)

    response = desk.post(
        address("review:decide", opened.proposal_id), {**DECISION, "outcome": ""}, headers=HTMX
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "道筋が明確です。" in response.text
    assert not Decision.objects.exists()


@LANGUAGES
def test_a_departure_without_reason_is_refused_with_its_clause(desk, opened, language):
    AssessmentFactory(assignment=opened)

    response = desk.post(
        address("review:decide", opened.proposal_id, language=language),
        {**DECISION, "outcome": "not-adopt"},
        headers=HTMX,
    )

    sentence = {
        "ja": "決定が委員会の推薦と異なりますが、その理由がありません。",
        "en": "The decision departs from the panel&#39;s recommendation",
    }[language]
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.text
    assert ">V6</a>" in response.text
    assert not Decision.objects.exists()


def test_the_program_director_reads_the_desk_without_forms(client_for, director, opened):
    AssessmentFactory(assignment=opened, comment="道筋が明確です。")
    browser = client_for(director.person_id)

    page = browser.get(address("review:desk_proposal", opened.proposal_id, language="en"))
    act = browser.post(address("review:decide", opened.proposal_id), DECISION)

    assert "道筋が明確です。" in page.text
    assert "Decide and send the letter" not in page.text
    assert act.status_code == HTTPStatus.FORBIDDEN
    assert not Decision.objects.exists()


def test_the_agency_fetches_the_proposal_from_the_desk(desk, proposal):
    stored = store([PDF])
    ProposalFileFactory(proposal=proposal, sha256=stored.sha256, size=stored.size)

    response = desk.get(address("review:desk_file", proposal.pk, "proposal"))

    assert response.content == PDF


def test_with_a_conflict_the_agencys_officer_fetches_nothing(desk, officer, proposal):
    stored = store([PDF])
    ProposalFileFactory(proposal=proposal, sha256=stored.sha256, size=stored.size)
    ExclusionFactory(proposal=proposal, person_id=officer.person_id)

    response = desk.get(address("review:desk_file", proposal.pk, "proposal"))

    assert response.status_code == HTTPStatus.NOT_FOUND
