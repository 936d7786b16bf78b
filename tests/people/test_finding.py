"""People are found by words of their names and of their bodies."""

import datetime

import pytest
from tests.people.factories import AffiliationFactory, OrganisationFactory, PersonFactory

from banso.people.queries.persons import affiliations_matching, affiliations_on

DAY = datetime.date(2028, 6, 1)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("山田", {"山田"}, id="family-name"),
        pytest.param("YAMADA", {"山田"}, id="any-case"),
        pytest.param("見本研究所 花子", {"山田"}, id="body-and-name"),
        pytest.param("見本研究所", {"山田", "鈴木"}, id="body"),
        pytest.param("佐藤", set(), id="affiliation-ended"),
    ],
)
def test_people_are_found_by_words_of_name_and_body(db, words, expected):
    body = OrganisationFactory(name_ja="見本研究所")
    yamada = PersonFactory(family_name="山田", given_name="花子", family_name_en="Yamada")
    AffiliationFactory(person=yamada, organisation=body)
    AffiliationFactory(person=PersonFactory(family_name="鈴木"), organisation=body)
    AffiliationFactory(
        person=PersonFactory(family_name="佐藤"), until_on=datetime.date(2023, 1, 1)
    )

    found = affiliations_matching(affiliations_on(DAY), words)

    assert {affiliation.person.family_name for affiliation in found} == expected
