from http import HTTPStatus

import pytest

from banso.portal.queries.rules import rule_page


@pytest.mark.parametrize(
    ("language", "sentence", "source"),
    [
        ("", "この公募は…に締め切り", "公募要領"),
        ("/en", "This call closed on … and takes no more.", "Guidelines of one call"),
    ],
)
def test_a_rule_shows_what_it_refuses_and_what_it_rests_on(client, db, language, sentence, source):
    text = client.get(f"{language}/rules/K1/").text

    assert 'id="call-has-closed"' in text
    assert sentence in text
    assert source in text


def test_a_rule_that_only_promises_says_so(client, db):
    assert "This rule refuses nothing: it promises." in client.get("/en/rules/R2/").text


@pytest.mark.parametrize("unknown", ["K99", "k1", "X1", "R2%20"])
def test_an_unknown_rule_is_not_found(client, db, unknown):
    assert client.get(f"/rules/{unknown}/").status_code == HTTPStatus.NOT_FOUND


def test_the_list_has_an_anchor_and_a_link_for_each_rule(client, db):
    text = client.get("/en/rules/").text

    assert 'id="C5"' in text
    assert 'href="/en/rules/C5/"' in text


def test_the_basis_reads_as_on_the_day(clock, db):
    assert [basis.clause.title_en for basis in rule_page("C1").basis] == [
        "When a council may be organised",
        "Councils of a designated fund",
        "How results reach use",
    ]


@pytest.mark.parametrize(("rule", "is_said"), [("R4", True), ("E4", True), ("K1", False)])
def test_the_page_says_of_a_rule_that_it_is_not_built_yet(client, db, rule, is_said):
    assert (
        "Not all of this rule is built yet" in client.get(f"/en/rules/{rule}/").text
    ) is is_said
