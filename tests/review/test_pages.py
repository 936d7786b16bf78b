from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.translation import override
from tests.people.factories import AffiliationFactory, AppointmentFactory
from tests.review.factories import (
    IN_REVIEW,
    AssessmentFactory,
    AssignmentFactory,
    DecisionFactory,
    ExaminationFactory,
    ExclusionFactory,
    LetterFactory,
    ProposalFactory,
    ProposalFileFactory,
    TeamMemberFactory,
)

from banso.review.models import Assessment, Assignment, Decision, Letter, SecurityExamination
from banso.web.file_store import store
from banso.web.lists.listing import ROWS_ON_A_PAGE

PDF = b"%PDF-1.7 sample"
HTMX = {"HX-Request": "true"}
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])


def address(name, *ids, language="ja"):
    with override(language):
        return reverse(name, args=ids)


@pytest.fixture(autouse=True)
def _in_review(clock):
    clock.set(IN_REVIEW)


@pytest.fixture
def browser(client_for, reviewer):
    return client_for(reviewer.person_id)


@pytest.fixture
def desk(client_for, officer):
    return client_for(officer.person_id)


@pytest.fixture
def task(reviewer, proposal):
    return AssignmentFactory(proposal=proposal, person_id=reviewer.person_id)


@pytest.fixture
def opened(task):
    task.pledged_at = task.declared_at = IN_REVIEW
    task.save()
    return task


SCORES = {"feasibility": "4", "soundness": "3", "comment": "実現できます。"}


@LANGUAGES
def test_the_queue_says_how_much_is_left_and_what_comes_first(browser, task, language):
    response = browser.get(address("review:reviews", language=language))

    left, first = {
        "ja": ("残り1件です。", "先に守秘の誓約をしてください"),
        "en": ("1 review left.", "Pledge secrecy first"),
    }[language]
    assert response.status_code == HTTPStatus.OK
    assert left in response.text
    assert first in response.text


def test_an_empty_queue_says_so(browser):
    response = browser.get(address("review:reviews", language="en"))

    assert "No proposal is assigned to you." in response.text


@LANGUAGES
def test_before_pledge_and_declaration_a_task_shows_title_institution_and_names_only(
    browser, task, proposal, language
):
    secret = "この要旨はまだ読めません"
    type(proposal).objects.update(
        abstract=secret, core_technology=secret, requested_yen=123_000_000
    )
    ProposalFileFactory(proposal=proposal, name="secret.pdf")

    response = browser.get(address("review:assignment", task.pk, language=language))

    assert response.status_code == HTTPStatus.OK
    assert proposal.institution.name_ja in response.text or language == "en"
    assert ("海を測る" if language == "ja" else "Measuring the sea") in response.text
    for hidden in (secret, "secret.pdf", "希望額", "Amount asked for"):
        assert hidden not in response.text


def test_pledging_leads_to_the_declaration(browser, task):
    response = browser.post(address("review:pledge", task.pk), follow=True)

    assert response.redirect_chain == [(address("review:assignment", task.pk), 303)]
    assert Assignment.objects.get().pledged_at == IN_REVIEW
    assert "利益相反の申告" in response.text


def test_declaring_nothing_comes_back_with_the_error_and_changes_nothing(browser, task):
    Assignment.objects.update(pledged_at=IN_REVIEW)

    response = browser.post(address("review:declare", task.pk), {}, headers=HTMX)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "<h1" not in response.text
    assert "error-summary" in response.text
    assert Assignment.objects.get().declared_at is None


def test_declaring_none_opens_the_content(browser, task, proposal):
    Assignment.objects.update(pledged_at=IN_REVIEW)

    response = browser.post(
        address("review:declare", task.pk, language="en"), {"conflict": "none"}, follow=True
    )

    assert Assignment.objects.values_list("declared_at", "conflict").get() == (IN_REVIEW, "")
    assert proposal.abstract in response.text


def test_declaring_a_conflict_takes_the_proposal_away(browser, task, proposal):
    Assignment.objects.update(pledged_at=IN_REVIEW)

    response = browser.post(
        address("review:declare", task.pk, language="en"), {"conflict": "kin"}, follow=True
    )

    assert response.redirect_chain == [(address("review:reviews", language="en"), 303)]
    assert "Your declaration is recorded." in response.text
    assert "0 reviews left." in response.text
    assert proposal.title_en not in response.text
    gone = browser.get(address("review:assignment", task.pk))
    assert gone.status_code == HTTPStatus.NOT_FOUND


def test_the_proposal_itself_is_sent_once_it_is_open(browser, opened, proposal):
    stored = store([PDF])
    ProposalFileFactory(proposal=proposal, sha256=stored.sha256, size=stored.size)

    response = browser.get(address("review:file", opened.pk, "proposal"))

    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store, private"


def test_no_file_is_sent_before_the_declaration(browser, task, proposal):
    stored = store([PDF])
    ProposalFileFactory(proposal=proposal, sha256=stored.sha256, size=stored.size)

    response = browser.get(address("review:file", task.pk, "proposal"))

    assert response.status_code == HTTPStatus.NOT_FOUND


def test_an_assessment_is_submitted_from_the_page(browser, opened):
    response = browser.post(
        address("review:assess", opened.pk, language="en"), SCORES, follow=True
    )

    assert "Your assessment is submitted." in response.text
    assert Assessment.objects.values_list("feasibility", "soundness", "comment").get() == (
        4,
        3,
        "実現できます。",
    )


@LANGUAGES
def test_an_incomplete_assessment_comes_back_whole(browser, opened, language):
    entered = {**SCORES, "soundness": ""}

    response = browser.post(
        address("review:assess", opened.pk, language=language), entered, headers=HTMX
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "実現できます。" in response.text
    assert 'href="#id_soundness_0"' in response.text
    assert not Assessment.objects.exists()


@LANGUAGES
def test_an_assessment_before_the_pledge_is_refused_with_its_clause(browser, task, language):
    response = browser.post(
        address("review:assess", task.pk, language=language), SCORES, headers=HTMX
    )

    sentence = {
        "ja": "この提案の内容は、守秘の誓約の後に開きます。",
        "en": "The proposal opens after your pledge of secrecy about it.",
    }[language]
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.text
    assert ">V3</a>" in response.text
    assert not Assessment.objects.exists()


def test_after_the_decision_the_assessment_is_shown_as_it_was(browser, opened):
    AssessmentFactory(assignment=opened, comment="道筋が明確です。")
    DecisionFactory(proposal=opened.proposal)

    response = browser.get(address("review:assignment", opened.pk, language="en"))

    assert "The agency has decided on this proposal." in response.text
    assert "道筋が明確です。" in response.text
    assert "Submit the assessment" not in response.text


@pytest.mark.parametrize("name", ["review:pledge", "review:declare", "review:assess"])
def test_every_step_of_a_task_answers_a_plain_request_with_its_page(browser, opened, name):
    response = browser.get(address(name, opened.pk, language="en"))

    assert response.status_code == HTTPStatus.OK
    assert "Submit the assessment" in response.text


@pytest.mark.parametrize("name", ["review:pledge", "review:declare", "review:assess"])
def test_the_task_of_another_does_not_exist(client_for, task, name):
    stranger = client_for(AppointmentFactory(role="reviewer").person)

    shown = stranger.get(address(name, task.pk))
    sent = stranger.post(address(name, task.pk), {**SCORES, "conflict": "none"})

    assert (shown.status_code, sent.status_code) == (HTTPStatus.NOT_FOUND,) * 2


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


@pytest.mark.parametrize("count", [1, 10, 100])
def test_the_queue_asks_the_same_number_of_questions_for_any_number_of_tasks(
    browser, reviewer, call, count, django_assert_num_queries
):
    for proposal in ProposalFactory.create_batch(count, call=call):
        TeamMemberFactory(proposal=proposal)
        AssignmentFactory(proposal=proposal, person_id=reviewer.person_id)
    browser.get(address("review:reviews"))

    with django_assert_num_queries(7 + (count > ROWS_ON_A_PAGE)):
        response = browser.get(address("review:reviews"))

    assert response.text.count('<th scope="row"') == min(count, ROWS_ON_A_PAGE)


@pytest.mark.parametrize("count", [1, 10, 100])
def test_the_letters_ask_the_same_number_of_questions_for_any_number(
    desk, call, count, django_assert_num_queries
):
    for proposal in ProposalFactory.create_batch(count, call=call):
        LetterFactory(proposal=proposal)
    desk.get(address("review:letters"))

    with django_assert_num_queries(6 + (count > ROWS_ON_A_PAGE)):
        response = desk.get(address("review:letters"))

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


@LANGUAGES
@pytest.mark.parametrize("outcome", ["adopt", "reserve", "not-adopt"])
def test_a_letter_tells_result_reasons_and_what_comes_next(
    client_for, proposal, outcome, language
):
    letter = LetterFactory(proposal=proposal, outcome=outcome, reasons="予算の枠を超えます。")
    browser = client_for(proposal.lead)

    listed = browser.get(address("review:letters", language=language))
    response = browser.get(address("review:letter", letter.pk, language=language))

    assert address("review:letter", letter.pk, language=language) in listed.text
    assert "予算の枠を超えます。" in response.text
    assert ">K8</a>" in response.text


def test_a_letter_to_others_does_not_exist(browser, proposal):
    letter = LetterFactory(proposal=proposal)

    assert browser.get(address("review:letter", letter.pk)).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("name", ["review:reviews", "review:desk", "review:letters"])
def test_a_visitor_is_asked_to_sign_in(client, db, name):
    response = client.get(address(name))

    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"].startswith(address("account_login"))
