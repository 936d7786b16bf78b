import pytest
from tests.protected.factories import (
    OPENED,
)


@pytest.fixture(autouse=True)
def today(clock):
    clock.set(OPENED)
    return clock
