import datetime
from datetime import UTC

import pytest
from tests.people.factories import (
    AffiliationFactory,
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
)

from banso.people.actors import Actor, Appointed

DAY = datetime.date(2027, 4, 1)
FIRST = {"from_on_year": "2027", "from_on_month": "4", "from_on_day": "1"}
NOON = datetime.datetime(2027, 4, 1, 3, tzinfo=UTC)


def officer_of(body, role, person=None):
    """An officer on record, as the actor of the day."""
    person = person or PersonFactory(family_name="担当", given_name="者")
    AppointmentFactory(person=person, organisation=body, role=role)
    return Actor(person_id=person.pk, on=DAY, appointments=frozenset({Appointed(role, body.pk)}))


@pytest.fixture
def university(db):
    return OrganisationFactory(name_ja="見本大学")


@pytest.fixture
def college(db):
    return OrganisationFactory(name_ja="別の学院")


@pytest.fixture
def agency(db):
    return OrganisationFactory(name_ja="見本機構", kind="funding-agency")


@pytest.fixture
def officer(university):
    return officer_of(university, "institution-officer")


@pytest.fixture
def agency_officer(agency):
    return officer_of(agency, "agency-officer")


@pytest.fixture
def other_agency_officer(agency):
    return officer_of(agency, "agency-officer")


@pytest.fixture
def operator(db):
    return Actor(
        person_id=PersonFactory(family_name="運用").pk,
        on=DAY,
        appointments=frozenset({Appointed("operator")}),
    )


@pytest.fixture
def researcher(university):
    """Somebody who belongs to the university."""
    person = PersonFactory(family_name="髙橋", given_name="一郎", family_name_kana="タカハシ")
    AffiliationFactory(person=person, organisation=university)
    return person


@pytest.fixture
def stranger(college):
    """Somebody who belongs elsewhere."""
    person = PersonFactory(family_name="余所", given_name="花子")
    AffiliationFactory(person=person, organisation=college)
    return person
