from http import HTTPStatus

import pytest
from tests.people.factories import AppointmentFactory
from tests.projects.factories import (
    PlanEditionFactory,
    ProjectFactory,
    ViewpointFactory,
)
from tests.projects.inside.addresses import COUNTED_BEYOND_A_PAGE, LANGUAGES, address


@LANGUAGES
def test_the_inside_shows_team_plan_and_agreed_items(client_for, project, place, language):
    PlanEditionFactory(project=project, text="試作機を二つ作ります。")
    ViewpointFactory(
        project=project, text="夜間の試験", answer="adopt-in-part", reason="予算の範囲で行います。"
    )
    ViewpointFactory(project=project, text="無回答の事項", counts_in_evaluation=False)

    response = client_for(project.lead).get(
        address("projects:my_project", project.code, language=language)
    )

    words = {
        "ja": ("分担 者", "研究分担者", "一部対応する", "まだ回答がありません。", "一つの観点"),
        "en": ("BUNTAN", "Co-investigator", "Adopt in part", "Not answered yet.", "one viewpoint"),
    }[language]
    assert response.status_code == HTTPStatus.OK
    for word in (*words, "試作機を二つ作ります。", "夜間の試験", "予算の範囲で行います。"):
        assert word in response.text


@pytest.mark.parametrize(("answer", "shown"), [("adopt", "対応する"), ("not-adopt", "対応しない")])
def test_each_answer_has_its_words(client_for, project, answer, shown):
    ViewpointFactory(project=project, answer=answer, reason="理由", evidence="試験の記録")

    response = client_for(project.lead).get(address("projects:my_project", project.code))

    assert f">{shown}<" in response.text.replace("\n", "").replace(" ", "")
    assert "試験の記録" in response.text


def test_the_inside_does_not_exist_for_others(client_for, project):
    stranger = client_for(AppointmentFactory(role="ministry-officer").person)

    response = stranger.get(address("projects:my_project", project.code))

    assert response.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(("count", "questions"), COUNTED_BEYOND_A_PAGE)
def test_my_projects_ask_the_same_number_of_questions_for_any_number(
    client_for, officer, project, count, questions, django_assert_num_queries
):
    ProjectFactory.create_batch(count - 1, agency=project.agency)
    browser = client_for(officer.person_id)
    browser.get(address("projects:my_projects"))

    with django_assert_num_queries(9 + questions):
        response = browser.get(address("projects:my_projects"))

    assert response.text.count('<th scope="row"') == min(count, 50)


@pytest.mark.parametrize("name", ["projects:my_projects", "projects:desk"])
def test_a_visitor_is_asked_to_sign_in(client, db, name):
    response = client.get(address(name))

    assert response.status_code == HTTPStatus.FOUND
    assert response["Location"].startswith(address("account_login"))
