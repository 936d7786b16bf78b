"""Who reads which proposals and calls, by whole sets."""

import pytest
from tests.people.factories import OrganisationFactory, PersonFactory
from tests.proposals.factories import (
    WRITING,
    AppointmentFactory,
    CallFactory,
    ExclusionFactory,
    ProposalFactory,
    TeamMemberFactory,
    make_draft,
)

from banso.calls.models import Call
from banso.people.actors import VISITOR
from banso.proposals.models import Proposal
from banso.proposals.queries.desk import received_counts, received_proposals
from banso.proposals.queries.drafting import my_proposals
from banso.proposals.queries.institution import proposals_to_approve
from banso.proposals.queries.reading import proposals_for

EVERY_KIND = {
    "visitor": set(),
    "stranger": set(),
    "lead": {"our draft", "our sent", "our received"},
    "member": {"our draft"},
    "institution officer": {"our sent", "our received"},
    "other institution's officer": {"their received"},
    "agency officer": {"our received", "their received"},
    "program officer": {"our received", "their received"},
    "program director": {"our received", "their received"},
    "officer with a conflict": {"our received"},
    "program officer with a conflict": {"our received"},
    "other agency's officer": {"elsewhere received"},
    "director of another concept": {"elsewhere received"},
    "member who is excluded": {"our draft"},
}


@pytest.fixture
def world(db):
    """Two teams at two institutions, two calls of two agencies, and every kind of viewer."""
    call, elsewhere = CallFactory(slug="ours"), CallFactory(slug="elsewhere")
    ours, theirs = OrganisationFactory(), OrganisationFactory()
    lead = PersonFactory()
    sent = {"sent_to_institution_at": WRITING}
    draft = make_draft(call=call, lead=lead, institution=ours, title_ja="our draft")
    make_draft(call=call, lead=lead, institution=ours, title_ja="our sent", **sent)
    received = ProposalFactory(
        call=call, lead=lead, institution=ours, title_ja="our received", **sent
    )
    TeamMemberFactory(proposal=received, person=lead, role="lead")
    make_draft(call=call, institution=theirs, title_ja="their draft")
    hidden = ProposalFactory(call=call, institution=theirs, title_ja="their received", **sent)
    ProposalFactory(call=elsewhere, title_ja="elsewhere received", **sent)
    return {
        "visitor": None,
        "stranger": PersonFactory(),
        "lead": lead,
        "member": TeamMemberFactory(proposal=draft).person,
        "institution officer": officer_of("institution-officer", ours),
        "other institution's officer": officer_of("institution-officer", theirs),
        "agency officer": officer_of("agency-officer", call.agency),
        "program officer": officer_of("program-officer", call.agency, call.concept_id),
        "program director": officer_of("program-director", call.agency, call.concept_id),
        "officer with a conflict": excluded(hidden, officer_of("agency-officer", call.agency)),
        "program officer with a conflict": excluded(
            hidden, officer_of("program-officer", call.agency, call.concept_id)
        ),
        "other agency's officer": officer_of("agency-officer", elsewhere.agency),
        "director of another concept": officer_of(
            "program-director", call.agency, elsewhere.concept_id
        ),
        "member who is excluded": excluded(draft, TeamMemberFactory(proposal=draft).person),
    }


def officer_of(role, organisation, scope_id=None):
    return AppointmentFactory(role=role, organisation=organisation, scope_id=scope_id).person


def excluded(proposal, person):
    ExclusionFactory(proposal=proposal, person=person)
    return person


@pytest.fixture
def viewer_named(world, actor_of):
    return lambda name: actor_of(world[name]) if world[name] else VISITOR


@pytest.mark.parametrize("name", EVERY_KIND)
def test_each_viewer_reads_exactly_these_proposals(viewer_named, name):
    viewer = viewer_named(name)

    visible = Proposal.objects.visible_to(viewer).values_list("title_ja", flat=True)

    assert sorted(visible) == sorted(EVERY_KIND[name])
    assert {one.title_ja for one in proposals_for(viewer)} == EVERY_KIND[name]


@pytest.mark.parametrize("name", EVERY_KIND)
def test_a_desk_counts_and_lists_no_more_than_may_be_read(viewer_named, name):
    viewer, calls = viewer_named(name), list(Call.objects.order_by("slug"))
    received = {title for title in EVERY_KIND[name] if title.endswith("received")}

    listed = {one.title_ja for call in calls for one in received_proposals(viewer, call)}

    assert listed == received
    assert sum(received_counts(viewer, calls).values()) == len(received)


def test_own_lists_hold_what_is_one_s_own(viewer_named):
    lead, officer = viewer_named("lead"), viewer_named("institution officer")

    assert {one.title_ja for one in my_proposals(lead)} == EVERY_KIND["lead"]
    assert not my_proposals(officer)
    assert [one.title_ja for one in proposals_to_approve(officer, WRITING)] == ["our sent"]
    assert not proposals_to_approve(lead, WRITING)


def test_an_appointment_that_ended_reads_nothing(world, actor_of):
    call = Call.objects.get(slug="ours")
    former = AppointmentFactory(
        role="agency-officer", organisation=call.agency, until_on=WRITING.date()
    ).person

    before = Proposal.objects.visible_to(actor_of(former, WRITING.date().replace(day=19)))
    after = Proposal.objects.visible_to(actor_of(former, WRITING.date()))

    assert before.count() == 2
    assert not after
