from http import HTTPStatus

import pytest
from tests.review.factories import (
    LetterFactory,
    ProposalFactory,
)
from tests.review.pages.addresses import LANGUAGES, address

from banso.web.lists.listing import ROWS_ON_A_PAGE


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
