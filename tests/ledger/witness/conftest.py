import pytest
from tests.ledger.witness.views import Witness


@pytest.fixture
def witness(tmp_path):
    return Witness(tmp_path / "state")
