import pytest
from tests.proposals.factories import (
    WRITING,
)


@pytest.fixture(autouse=True)
def _while_the_call_is_open(clock):
    clock.set(WRITING)


@pytest.fixture
def lead(ready, client_for):
    return client_for(ready.lead)
