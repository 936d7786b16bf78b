"""Entries of sample acts, committed, for the sequencer to find."""

import uuid
from datetime import UTC, datetime

import pytest

from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.bodies.register_organisation import register_organisation

NOON = datetime(2026, 5, 31, 3, tzinfo=UTC)


@pytest.fixture
def act():
    """Do a sample act, and the same act of another name each time."""

    def do(at=NOON):
        return register_organisation(
            actor=OPERATOR_AT_CONSOLE, kind="other", name_ja=f"見本{uuid.uuid4()}", at=at
        )

    return do
