import pytest
from tests.councils.factories import (
    NOW,
    CouncilFactory,
    MembershipFactory,
)


@pytest.fixture(autouse=True)
def today(clock):
    clock.set(NOW)


@pytest.fixture
def council(world):
    """An established council in which the officer, the lead and another member sit."""
    council = CouncilFactory(
        concept=world.concept, organiser=world.ministry, representative=world.project.lead
    )
    MembershipFactory(council=council, person_id=world.officer.person_id, side="needs-side")
    MembershipFactory(council=council, person=world.project.lead)
    return council
