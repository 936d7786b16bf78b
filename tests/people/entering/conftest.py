import pytest
from tests.people.factories import AppointmentFactory, OrganisationFactory


@pytest.fixture
def agency(db):
    return OrganisationFactory(kind="funding-agency", name_ja="見本機構")


@pytest.fixture
def officer(agency):
    return AppointmentFactory(role="agency-officer", organisation=agency).person
