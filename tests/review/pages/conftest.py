import pytest
from tests.review.factories import (
    IN_REVIEW,
    AssignmentFactory,
)


@pytest.fixture(autouse=True)
def _in_review(clock):
    clock.set(IN_REVIEW)


@pytest.fixture
def browser(client_for, reviewer):
    return client_for(reviewer.person_id)


@pytest.fixture
def desk(client_for, officer):
    return client_for(officer.person_id)


@pytest.fixture
def task(reviewer, proposal):
    return AssignmentFactory(proposal=proposal, person_id=reviewer.person_id)


@pytest.fixture
def opened(task):
    task.pledged_at = task.declared_at = IN_REVIEW
    task.save()
    return task
