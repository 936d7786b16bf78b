from http import HTTPStatus

import pytest
from tests.projects.inside.addresses import COUNTED_BEYOND_A_PAGE, LANGUAGES, address
from tests.review.factories import LetterFactory, ProposalFactory, TeamMemberFactory

from banso.projects.models import Project


@pytest.fixture
def adopted(project):
    """A second adopted proposal of the project's call, without a project."""
    proposal = ProposalFactory(
        call=project.proposal.call, title_ja="空を測る", title_en="Measuring the sky"
    )
    TeamMemberFactory(proposal=proposal, person=proposal.lead, role="lead")
    LetterFactory(proposal=proposal)
    return proposal


AGREED = {
    "code": "SAMPLE-B",
    "summary_ja": "空を測ります。",
    "amount_yen": "250000000",
    "starts_on_year": "2028",
    "starts_on_month": "7",
    "starts_on_day": "1",
    "ends_on_year": "R14",
    "ends_on_month": "3",
    "ends_on_day": "31",
    "plan_text": "気球を上げます。",
}


@LANGUAGES
def test_the_desk_lists_adopted_proposals_without_a_project(
    client_for, officer, adopted, language
):
    LetterFactory(
        proposal=ProposalFactory(call=adopted.call, title_ja="不採択"), outcome="not-adopt"
    )

    response = client_for(officer.person_id).get(address("projects:desk", language=language))

    assert ("空を測る" if language == "ja" else "Measuring the sky") in response.text
    assert "不採択" not in response.text
    assert "海を測る" not in response.text


@pytest.mark.parametrize(("count", "questions"), COUNTED_BEYOND_A_PAGE)
def test_the_desk_asks_the_same_number_of_questions_for_any_number(
    client_for, officer, project, count, questions, django_assert_num_queries
):
    for proposal in ProposalFactory.create_batch(count, call=project.proposal.call):
        LetterFactory(proposal=proposal)
    browser = client_for(officer.person_id)
    browser.get(address("projects:desk"))

    with django_assert_num_queries(8 + questions):
        response = browser.get(address("projects:desk"))

    assert response.text.count('<th scope="row"') == min(count, 50)


def test_a_project_is_started_from_the_desk(client_for, officer, adopted):
    response = client_for(officer.person_id).post(
        address("projects:start", adopted.pk), AGREED, follow=True
    )

    assert response.redirect_chain == [(address("projects:my_project", "SAMPLE-B"), 303)]
    started = Project.objects.get(code="SAMPLE-B")
    assert (started.amount_yen, str(started.starts_on), str(started.ends_on)) == (
        250_000_000,
        "2028-07-01",
        "2032-03-31",
    )
    assert "気球を上げます。" in response.text


@LANGUAGES
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"code": "SAMPLE-A"}, "id_code"),
        ({"code": "見本"}, "id_code"),
        ({"amount_yen": "0"}, "id_amount_yen"),
        ({"amount_yen": "二億ほど"}, "id_amount_yen"),
        ({"ends_on_year": "2028", "ends_on_month": "7", "ends_on_day": "1"}, "id_ends_on_0"),
        ({"starts_on_year": ""}, "id_starts_on_0"),
        ({"plan_text": ""}, "id_plan_text"),
    ],
)
def test_what_does_not_fit_comes_back_whole(client_for, officer, adopted, wrong, field, language):
    response = client_for(officer.person_id).post(
        address("projects:start", adopted.pk, language=language), AGREED | wrong
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert f'href="#{field}"' in response.text
    assert "空を測ります。" in response.text
    assert not Project.objects.filter(proposal=adopted).exists()


def test_the_program_officer_reads_the_desk_without_the_form(client_for, director, adopted):
    browser = client_for(director.person_id)

    page = browser.get(address("projects:start", adopted.pk, language="en"))
    sent = browser.post(address("projects:start", adopted.pk), AGREED)

    assert "An officer of the funding agency that adopted the proposal" in page.text
    assert "id_code" not in page.text
    assert sent.status_code == HTTPStatus.FORBIDDEN
    assert not Project.objects.filter(proposal=adopted).exists()
