import pytest
from django.contrib.auth.hashers import make_password
from tests.people.addresses.asking import OLD, PASSWORD
from tests.people.factories import AccountFactory


@pytest.fixture
def account(db):
    return AccountFactory(email=OLD, password=make_password(PASSWORD))


@pytest.fixture
def browser(account, client_for):
    return client_for(account.person)
