"""What is searched and filtered in the lists of review: exactly the rows that were asked for."""

import re

import pytest
from tests.review.factories import AssignmentFactory, LetterFactory, ProposalFactory
from tests.review.pages.addresses import address

TITLES = ("海底の測量", "衛星の通信")


@pytest.fixture
def sea_and_sky(call):
    proposals = [ProposalFactory(call=call, title_ja=title, title_en="") for title in TITLES]
    for proposal, name in zip(proposals, ("海洋大学", "宇宙研究所"), strict=True):
        proposal.institution.name_ja = name
        proposal.institution.save()
    return proposals


def rows(browser, page, **asked):
    """The titles that a list shows when it is asked this."""
    text = browser.get(page, asked).text
    found = re.findall(r'<th scope="row".*?</th>', text, re.DOTALL)
    return {title for title in TITLES for row in found if title in row}


WORDS = pytest.mark.parametrize(
    ("words", "shown"),
    [
        pytest.param("海底", {TITLES[0]}, id="title"),
        pytest.param("宇宙", {TITLES[1]}, id="institution"),
        pytest.param("海底 海洋", {TITLES[0]}, id="both-words"),
        pytest.param("海底 宇宙", set(), id="one-word-of-each"),
        pytest.param("", set(TITLES), id="no-words"),
    ],
)


@WORDS
def test_the_desk_of_a_call_finds_by_title_and_institution(desk, call, sea_and_sky, words, shown):
    assert rows(desk, address("review:desk_call", call.slug), q=words) == shown


@WORDS
def test_a_reviewer_finds_in_their_queue(browser, reviewer, sea_and_sky, words, shown):
    for proposal in sea_and_sky:
        AssignmentFactory(proposal=proposal, person_id=reviewer.person_id)

    assert rows(browser, address("review:reviews"), q=words) == shown


@WORDS
def test_letters_are_found_by_their_proposal(desk, sea_and_sky, words, shown):
    for proposal in sea_and_sky:
        LetterFactory(proposal=proposal)

    assert rows(desk, address("review:letters"), q=words) == shown


@pytest.mark.parametrize(
    ("outcome", "shown"), [("adopt", {TITLES[0]}), ("reserve", {TITLES[1]}), ("", set(TITLES))]
)
def test_letters_are_filtered_by_their_outcome(desk, sea_and_sky, outcome, shown):
    for proposal, decided in zip(sea_and_sky, ("adopt", "reserve"), strict=True):
        LetterFactory(proposal=proposal, outcome=decided)

    assert rows(desk, address("review:letters"), outcome=outcome) == shown


@pytest.mark.parametrize(("state", "shown"), [("left", set(TITLES)), ("submitted", set())])
def test_a_reviewer_keeps_what_is_left_or_what_is_submitted(
    browser, reviewer, sea_and_sky, state, shown
):
    for proposal in sea_and_sky:
        AssignmentFactory(proposal=proposal, person_id=reviewer.person_id)

    assert rows(browser, address("review:reviews"), state=state) == shown
