import dataclasses
import datetime

import pytest
from tests.councils.factories import (
    ESTABLISHED,
    INVITED,
    JOINED,
    MET,
    NOW,
    AgreedItemFactory,
    CouncilFactory,
    InvitationFactory,
    MeetingFactory,
    MembershipFactory,
    PreparedCouncilFactory,
    ResponseFactory,
)
from tests.people.factories import OrganisationFactory, PersonFactory
from tests.projects.factories import ProjectFactory, ProjectMemberFactory

from banso.councils.commands.membership.invite_member import invite_member
from banso.councils.lists.people import ASKED
from banso.councils.queries import agreement, councils, meetings, membership, public
from banso.people.actors import VISITOR

DAY = datetime.timedelta(days=1)


def test_the_next_meeting_is_the_first_that_lies_ahead(world, clock, actor_of):
    clock.set(NOW)
    member = MembershipFactory(council=world.council)
    MeetingFactory(council=world.council, held_at=NOW - DAY)
    MeetingFactory(council=world.council, held_at=NOW + 9 * DAY)
    ahead = MeetingFactory(council=world.council, held_at=NOW + 2 * DAY)
    MeetingFactory(held_at=NOW + DAY)

    viewer = actor_of(member.person)

    assert meetings.next_meeting_of(viewer, world.council.pk, at=NOW) == ahead
    assert meetings.next_meeting_of(world.stranger, world.council.pk, at=NOW) is None


def test_a_persons_own_record_has_what_they_answered_and_only_theirs(world, actor_of):
    person = PersonFactory()
    declined = InvitationFactory(person=person, declined_at=JOINED)
    left = MembershipFactory(person=person, left_at=NOW)
    InvitationFactory(person=person)
    MembershipFactory(council=left.council)

    assert set(membership.own_memberships(actor_of(person))) == {declined, left}


@pytest.mark.parametrize(
    "before",
    [
        pytest.param({}, id="silent"),
        pytest.param({"declined_at": JOINED}, id="declined"),
        pytest.param({"accepted_at": JOINED, "left_at": JOINED}, id="left"),
    ],
)
def test_the_secretariat_sees_joined_or_not_whatever_happened_and_however_often_it_asked(
    world, before
):
    joined = MembershipFactory(council=world.council, organisation__name_ja="あ")
    asked = InvitationFactory(council=world.council, organisation__name_ja="い", **before)
    again = OrganisationFactory(name_ja="う")

    def seen():
        return [
            (one.person, one.organisation.name_ja, one.get_side_display(), one.has_joined)
            for one in membership.people_asked(world.officer, world.council.pk)
        ]

    side = joined.get_side_display()
    assert seen() == [(joined.person, "あ", side, True), (asked.person, "い", side, False)]
    invite_member(
        actor=world.officer,
        council_id=world.council.pk,
        person_id=asked.person_id,
        organisation_id=again.pk,
        side="research-side",
        at=NOW,
    )
    assert seen() == [(joined.person, "あ", side, True), (asked.person, "う", side, False)]


def test_what_the_secretariat_reads_has_no_field_for_anything_finer(world):
    InvitationFactory(council=world.council, declined_at=JOINED)

    [asked] = membership.people_asked(world.officer, world.council.pk)

    assert asked.get_deferred_fields() == {
        *("invited_at", "accepted_at", "declined_at", "left_at")
    }
    assert [column.name for column in ASKED.columns] == ["name", "affiliation", "side", "state"]


def test_nobody_but_the_secretariat_lists_whom_it_asked(world, actor_of):
    member = MembershipFactory(council=world.council)

    for viewer in (actor_of(member.person), world.lead, world.stranger, VISITOR):
        assert list(membership.people_asked(viewer, world.council.pk)) == []
        assert list(meetings.meeting_dates_of(viewer, world.council.pk)) == []


def test_possible_representatives_are_directors_and_leads_of_the_concept(world):
    ProjectFactory()

    found = councils.possible_representatives(world.council, at=NOW)

    assert {person.pk for person in found} == {
        world.lead.person_id,
        world.program_officer.person_id,
    }


def test_what_waits_for_an_answer_is_what_a_lead_has_not_answered(world):
    other = ProjectFactory(lead=world.project.lead, concept=world.concept)
    ProjectMemberFactory(project=other, person=other.lead, role="lead")
    unanswered = AgreedItemFactory(projects=[world.project])
    half = AgreedItemFactory(projects=[world.project, other])
    ResponseFactory(agreed_item=half, project=world.project)
    done = AgreedItemFactory(projects=[world.project])
    ResponseFactory(agreed_item=done, project=world.project)
    AgreedItemFactory(projects=[ProjectFactory()])

    assert set(agreement.agreed_items_to_answer(world.lead)) == {unanswered, half}
    assert set(agreement.agreed_items_to_answer(world.program_officer)) == set()


def test_the_public_knows_that_a_council_exists_and_when_it_meets(world):
    council = CouncilFactory(concept=world.concept, organiser=world.ministry)
    MembershipFactory(council=council)
    for number, held_at in ((1, MET), (2, NOW)):
        MeetingFactory(council=council, number=number, held_at=held_at)
    MeetingFactory(council=PreparedCouncilFactory(concept=world.concept))
    MeetingFactory()

    assert public.public_councils(world.concept.pk) == [
        public.PublicCouncil(
            concept_id=world.concept.pk,
            kind="62-1",
            organiser=world.ministry,
            established_at=ESTABLISHED,
            meetings_held=2,
            is_sample=False,
        )
    ]
    assert public.public_meetings(world.concept.pk) == [
        public.PublicMeeting(
            concept_id=world.concept.pk, number=number, held_at=held_at, is_sample=False
        )
        for number, held_at in ((2, NOW), (1, MET))
    ]
    assert len(public.public_meetings()) == 3


def test_what_the_public_reads_has_no_field_for_a_person():
    kinds = (public.PublicCouncil, public.PublicMeeting)

    assert [{field.name for field in dataclasses.fields(kind)} for kind in kinds] == [
        {*("concept_id", "kind", "organiser", "established_at", "meetings_held", "is_sample")},
        {*("concept_id", "number", "held_at", "is_sample")},
    ]


def test_whoever_was_named_finds_the_question_until_they_answer(world, actor_of):
    named = PreparedCouncilFactory(representative=world.project.lead)
    PreparedCouncilFactory(representative=world.project.lead, representative_consented_at=INVITED)

    assert list(councils.representations_for(world.lead)) == [named]
    assert list(councils.representations_for(world.officer)) == []
