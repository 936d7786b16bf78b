import pytest
from tests.councils.factories import (
    JOINED,
    NOW,
    AgendaItemFactory,
    AgreedItemFactory,
    BylawsFactory,
    CouncilFactory,
    InvitationFactory,
    MembershipFactory,
    MinistryFactory,
)
from tests.people.factories import AppointmentFactory, PersonFactory
from tests.projects.factories import ProjectFactory, ProjectMemberFactory

from banso.councils.models import (
    AgreedItem,
    BylawsEdition,
    Council,
    CouncilMeeting,
    Membership,
)
from banso.people.actors import VISITOR

EVERYONE = [
    *("visitor", "stranger", "member", "invited", "decliner", "leaver"),
    *("officer", "lead", "team", "institution", "agency", "director", "elsewhere"),
]


@pytest.fixture
def viewers(db, actor_of):
    """Every kind of viewer of one council, its meeting and its agreed item, and a council beside."""
    project = ProjectFactory()
    ministry = MinistryFactory()
    council = CouncilFactory(concept=project.concept, organiser=ministry)
    matter = AgendaItemFactory(meeting__council=council)
    AgreedItemFactory(agenda_item=matter, projects=[project], text="ours")
    BylawsFactory(council=council)
    elsewhere = CouncilFactory()
    AgreedItemFactory(
        agenda_item=AgendaItemFactory(meeting__council=elsewhere),
        projects=[ProjectFactory()],
        text="theirs",
    )
    people = {
        "stranger": PersonFactory(),
        "member": MembershipFactory(council=council).person,
        "invited": InvitationFactory(council=council).person,
        "decliner": InvitationFactory(council=council, declined_at=JOINED).person,
        "leaver": MembershipFactory(council=council, left_at=NOW).person,
        "elsewhere": MembershipFactory(council=elsewhere).person,
        "officer": AppointmentFactory(organisation=ministry, role="ministry-officer").person,
        "lead": ProjectMemberFactory(project=project, person=project.lead).person,
        "team": ProjectMemberFactory(project=project).person,
        "institution": AppointmentFactory(organisation=project.institution).person,
        "agency": AppointmentFactory(organisation=project.agency, role="agency-officer").person,
        "director": AppointmentFactory(
            role="program-director", scope_id=project.concept_id, organisation=project.agency
        ).person,
    }
    actors = {name: actor_of(person) for name, person in people.items()} | {"visitor": VISITOR}
    return actors, people, council, elsewhere


@pytest.mark.parametrize("viewer", EVERYONE)
def test_only_members_of_today_find_a_room_its_meetings_and_its_bylaws(viewers, viewer):
    actors, _people, council, elsewhere = viewers
    expected = {"member": {council.pk}, "elsewhere": {elsewhere.pk}}.get(viewer, set())
    actor = actors[viewer]

    assert set(Council.objects.visible_to(actor).values_list("pk", flat=True)) == expected
    meetings = CouncilMeeting.objects.visible_to(actor)
    assert set(meetings.values_list("council_id", flat=True)) == expected
    bylaws = BylawsEdition.objects.visible_to(actor)
    assert set(bylaws.values_list("council_id", flat=True)) == expected & {council.pk}


@pytest.mark.parametrize("viewer", EVERYONE)
def test_a_membership_is_read_by_its_person_and_while_in_office_by_the_room(viewers, viewer):
    actors, people, _council, _elsewhere = viewers
    own = {"member", "invited", "decliner", "leaver", "elsewhere"}
    expected = {people[viewer].pk} if viewer in own else set()

    visible = Membership.objects.visible_to(actors[viewer])

    assert set(visible.values_list("person_id", flat=True)) == expected


def test_members_of_one_room_see_each_other_and_nobody_who_is_not_a_member(viewers):
    actors, people, council, _elsewhere = viewers
    other = MembershipFactory(council=council).person

    visible = Membership.objects.visible_to(actors["member"])

    assert set(visible.values_list("person_id", flat=True)) == {people["member"].pk, other.pk}


@pytest.mark.parametrize("viewer", EVERYONE)
def test_an_agreed_item_is_read_by_room_ministry_and_those_around_its_project(viewers, viewer):
    actors, _people, _council, _elsewhere = viewers
    ours = {"member", "officer", "lead", "team", "institution", "agency", "director"}
    expected = {"ours"} if viewer in ours else {"theirs"} if viewer == "elsewhere" else set()

    visible = AgreedItem.objects.visible_to(actors[viewer])

    assert set(visible.values_list("text", flat=True)) == expected


@pytest.mark.parametrize("viewer", EVERYONE)
def test_only_the_secretariat_organises(viewers, viewer):
    actors, _people, council, _elsewhere = viewers
    expected = {council.pk} if viewer == "officer" else set()

    organised = Council.objects.organised_by(actors[viewer])

    assert set(organised.values_list("pk", flat=True)) == expected
