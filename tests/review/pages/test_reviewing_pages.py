from http import HTTPStatus

import pytest
from tests.people.factories import AppointmentFactory
from tests.review.factories import (
    IN_REVIEW,
    AssessmentFactory,
    AssignmentFactory,
    DecisionFactory,
    ProposalFactory,
    ProposalFileFactory,
    TeamMemberFactory,
)
from tests.review.pages.addresses import HTMX, LANGUAGES, PDF, address

from banso.review.models import Assessment, Assignment
from banso.web.file_store import store
from banso.web.lists.listing import ROWS_ON_A_PAGE

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
