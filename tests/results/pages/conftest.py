import pytest
from tests.results.factories import (
    NOW,
)


@pytest.fixture(autouse=True)
def _today(clock):
    clock.set(NOW)
