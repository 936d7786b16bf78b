import pytest
from tests.kept.typing_along import address
from tests.proposals.factories import WRITING, make_draft


@pytest.fixture
def draft(db):
    return make_draft()


@pytest.fixture(autouse=True)
def _while_the_call_is_open(clock):
    clock.set(WRITING)


@pytest.fixture
def edit(draft):
    return address("proposals:edit", draft.pk)


@pytest.fixture
def lead(draft, client_for):
    return client_for(draft.lead)
