import datetime
from types import SimpleNamespace

import pytest
from django.utils.translation import override
from tests.catalogue.factories import ConceptEditionFactory
from tests.councils.factories import CouncilFactory, MeetingFactory, MembershipFactory
from tests.people.factories import PersonFactory
from tests.projects.factories import ProjectFactory, ProjectMemberFactory
from tests.results.factories import NOW, PUBLISHED, ResultFactory
from tests.review.factories import CallFactory, ConceptFactory, ProposalFactory


@pytest.fixture(autouse=True)
def _in_japanese():
    with override("ja"):
        yield


@pytest.fixture
def journey(db, clock):
    """One concept all the way: vision, edition, call, project, council, meeting, result."""
    clock.set(NOW)
    concept = ConceptFactory(
        slug="v1-r01", title="海を測る技術", title_en="Measuring the sea", domain="ocean"
    )
    type(concept.vision).objects.update(decided_on=datetime.date(2022, 9, 16))
    ConceptEditionFactory(concept=concept, row_id="V1-R01")
    call = CallFactory(concept=concept, title_ja="海の公募", title_en="Call for the sea")
    lead = PersonFactory(family_name="海野", family_name_en="Umino")
    project = ProjectFactory(
        proposal=ProposalFactory(call=call, lead=lead), code="SEA1", title_en="The sea project"
    )
    ProjectMemberFactory(project=project, person=lead, role="lead")
    council = CouncilFactory(concept=concept)
    member = MembershipFactory(council=council, person__family_name="協議").person
    meeting = MeetingFactory(council=council, number=1)
    published = ResultFactory(
        project=project, title_ja="海の論文", title_en="Sea paper", published_at=PUBLISHED
    )
    return SimpleNamespace(
        concept=concept,
        call=call,
        project=project,
        lead=lead,
        council=council,
        member=member,
        meeting=meeting,
        result=published,
    )
