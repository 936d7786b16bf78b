"""Fixtures for acting: the clock, actors, and a browser signed in as a person."""

import time
from contextlib import ExitStack, contextmanager
from datetime import datetime
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import translation
from django.utils.timezone import localdate

from banso.ledger import clock as ledger_clock
from banso.ledger.signing.keys import Keyring
from banso.ledger.signing.sequencing import Sequencer
from banso.people.models import Account, Person
from banso.people.queries.actors import actor_for


class SetClock:
    """The database's clock, as a test sets it; unset, it is the true one."""

    def __init__(self, held: ExitStack):
        self._held = held

    def set(self, at: datetime) -> None:
        self._held.enter_context(ledger_clock.stopped(at))


@pytest.fixture(autouse=True)
def _language():
    """Begin every test in Japanese, whatever the one before it read."""
    with translation.override("ja"):
        yield


@pytest.fixture
def clock():
    with ExitStack() as held:
        yield SetClock(held)


@pytest.fixture
def actor_of(db):
    def load(person: Person | UUID, on=None):
        person_id = person.pk if isinstance(person, Person) else person
        return actor_for(person_id, on=on or localdate(ledger_clock.read_clock()))

    return load


@pytest.fixture
def client_for(db):
    def sign_in(person: Person | UUID) -> Client:
        person_id = person.pk if isinstance(person, Person) else person
        account, _ = Account.objects.get_or_create(
            person_id=person_id, defaults={"email": f"{person_id}@example.jp"}
        )
        client = Client()
        client.force_login(account)
        show_second_factor(client, account)
        return client

    return sign_in


def show_second_factor(client, account):
    """Let a browser's session be one that has shown a second factor just now."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()


@contextmanager
def database_role(name):
    """Be another role of the database for a while; what was done before has to be committed."""
    web = connection.settings_dict["USER"]
    _reconnect_as(name)
    try:
        yield
    finally:
        _reconnect_as(web)


def _reconnect_as(role):
    connection.close()
    connection.close_pool()
    connection.settings_dict["USER"] = role


@pytest.fixture
def sequence(transactional_db, tmp_path):
    """Let the sequencer place what was committed, in its own role, with keys of this test."""

    def place():
        with database_role(settings.DATABASE_ROLES["sequencer"]):
            at = ledger_clock.read_clock()
            keyring = Keyring.open(tmp_path / "ledger-keys", settings.LEDGER_ORIGIN, at=at)
            return Sequencer(keyring).run()

    return place
