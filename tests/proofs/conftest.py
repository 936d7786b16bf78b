import pytest
from django.utils.translation import override
from tests.people.factories import PersonFactory
from tests.proofs.ledger_acts import grow

from banso.ledger.models import Leaf


@pytest.fixture(autouse=True)
def _in_japanese():
    with override("ja"):
        yield


@pytest.fixture
def author(transactional_db):
    return PersonFactory()


@pytest.fixture
def grown(sequence):
    """A log that was signed with five leaves and again with thirteen."""
    grow(5)
    sequence()
    grow(8)
    sequence()
    return [
        bytes(hash_) for hash_ in Leaf.objects.order_by("index").values_list("hash", flat=True)
    ]
