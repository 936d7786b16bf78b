"""Who reads which calls, by whole sets."""

import pytest
from tests.calls.factories import AgencyFactory, AppointmentFactory, CallFactory, ConceptFactory

from banso.calls.models import Call
from banso.people.actors import VISITOR


def officer_of(role, organisation, scope_id=None):
    return AppointmentFactory(role=role, organisation=organisation, scope_id=scope_id).person


@pytest.mark.parametrize(
    ("role", "slugs"),
    [
        (None, {"announced"}),
        ("institution-officer", {"announced"}),
        ("program-director", {"announced"}),
        ("agency-officer", {"announced", "our-draft"}),
    ],
)
def test_a_call_is_read_by_its_agency_alone_until_it_is_announced(db, actor_of, role, slugs):
    agency = AgencyFactory()
    concept = ConceptFactory(agency=agency)
    CallFactory(slug="announced", concept=concept)
    CallFactory(slug="our-draft", concept=concept, round=2, announced_at=None, opened_at=None)
    CallFactory(slug="their-draft", announced_at=None, opened_at=None)
    viewer = actor_of(officer_of(role, agency, concept.pk)) if role else VISITOR

    assert {call.slug for call in Call.objects.visible_to(viewer)} == slugs
