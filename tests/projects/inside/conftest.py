import pytest
from tests.projects.factories import (
    RUNNING,
)


@pytest.fixture(autouse=True)
def _running(clock):
    clock.set(RUNNING)
