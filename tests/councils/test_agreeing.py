import pytest
from django.db import IntegrityError, transaction
from tests.councils.factories import (
    MET,
    NOW,
    AgendaItemFactory,
    AgreedItemFactory,
    CouncilFactory,
    MembershipFactory,
    ResponseFactory,
)
from tests.projects.factories import ProjectFactory, ProjectMemberFactory

from banso.catalogue.models import PublicVersion
from banso.councils.commands.agreement.agree_item import agree_item
from banso.councils.commands.agreement.answer_item import answer_item
from banso.councils.commands.agreement.show_evidence import show_evidence
from banso.councils.commands.meetings.hold_meeting import hold_meeting
from banso.councils.models import AgendaItem, AgreedItem, Council, CouncilMeeting, Response
from banso.ledger.models import Entry
from banso.projects.models import Project, Viewpoint
from banso.rulebook.verdicts import NotPermitted, RuleRefused


@pytest.fixture
def council(world):
    council = CouncilFactory(concept=world.concept, organiser=world.ministry)
    MembershipFactory(council=council, person_id=world.officer.person_id, side="needs-side")
    return council


def entries():
    return list(Entry.objects.values_list("actor_id", "act", "clause", "is_sealed"))


def agree(world, council, **facts):
    matter = AgendaItemFactory(meeting__council=council)
    defaults = {
        "actor": world.officer,
        "agenda_item_id": matter.pk,
        "project_ids": [world.project.pk],
        "text": "実証の場所を検討します。",
        "research_side_took_part": True,
        "at": NOW,
    }
    return agree_item(**defaults | facts)


def test_a_meeting_is_recorded_with_its_agenda_and_its_date_is_public(world, council):
    version = PublicVersion.objects.current()

    meeting = hold_meeting(
        actor=world.officer,
        council_id=council.pk,
        held_at=MET,
        agenda=[("promotion", "実証の場所"), ("other", "次回の日程")],
        minutes="議事です。",
        at=NOW,
    )

    assert (meeting.number, meeting.held_at, meeting.minutes) == (1, MET, "議事です。")
    assert list(meeting.agenda.order_by("number").values_list("number", "kind", "title")) == [
        (1, "promotion", "実証の場所"),
        (2, "other", "次回の日程"),
    ]
    assert PublicVersion.objects.current() == version + 1
    assert entries() == [(world.officer.person_id, "councils.hold_meeting", "C10", False)]


def test_meetings_are_counted_for_each_council(world, council):
    CouncilFactory(organiser=world.ministry)
    facts = {"actor": world.officer, "council_id": council.pk, "held_at": MET, "agenda": []}

    numbers = [hold_meeting(**facts, at=NOW).number for _ in range(2)]

    assert numbers == [1, 2]


def test_a_council_in_preparation_does_not_meet(world):
    with pytest.raises(Council.DoesNotExist):
        hold_meeting(
            actor=world.officer, council_id=world.council.pk, held_at=MET, agenda=[], at=NOW
        )

    assert (CouncilMeeting.objects.count(), entries()) == (0, [])


def test_only_the_secretariat_records_a_meeting(world, council):
    MembershipFactory(council=council, person=world.project.lead)

    with pytest.raises(NotPermitted):
        hold_meeting(actor=world.lead, council_id=council.pk, held_at=MET, agenda=[], at=NOW)

    assert (CouncilMeeting.objects.count(), entries()) == (0, [])


def test_a_matter_outside_the_act_is_refused_by_the_database(council):
    meeting = AgendaItemFactory(meeting__council=council).meeting

    with pytest.raises(IntegrityError, match="agenda_item_of_a_kind"), transaction.atomic():
        AgendaItem.objects.create(meeting=meeting, number=2, kind="budget", title="予算")


@pytest.mark.parametrize("took_part", [True, False])
def test_an_agreed_item_goes_to_its_projects_as_a_viewpoint_without_any_person(
    world, council, took_part
):
    item = agree(world, council, research_side_took_part=took_part)

    assert (item.number, item.council_id, item.agreed_at) == (1, council.pk, NOW)
    assert list(item.projects.all()) == [world.project]
    assert list(
        Viewpoint.objects.values_list("project", "agreed_item_id", "text", "counts_in_evaluation")
    ) == [(world.project.pk, item.pk, "実証の場所を検討します。", took_part)]
    assert entries() == [(world.officer.person_id, "councils.agree_item", "C7", False)]


def test_without_a_representative_nothing_is_agreed(world, council):
    Council.objects.filter(pk=council.pk).update(representative=None)

    with pytest.raises(RuleRefused, match=r"no-representative-in-office \(C2\)"):
        agree(world, council)

    assert (AgreedItem.objects.count(), Viewpoint.objects.count(), entries()) == (0, 0, [])


def test_a_representative_who_is_only_named_is_not_in_office(world, council):
    Council.objects.filter(pk=council.pk).update(representative_consented_at=None)

    with pytest.raises(RuleRefused, match=r"no-representative-in-office \(C2\)"):
        agree(world, council)


def test_an_agreed_item_names_projects_of_its_own_concept(world, council):
    elsewhere = ProjectFactory()

    with pytest.raises(RuleRefused, match=r"project-of-another-concept \(C1\)"):
        agree(world, council, project_ids=[world.project.pk, elsewhere.pk])

    assert (AgreedItem.objects.count(), Viewpoint.objects.count(), entries()) == (0, 0, [])


def test_an_officer_who_is_no_member_and_a_member_who_is_no_officer_record_nothing(
    world, council, actor_of
):
    member = MembershipFactory(council=council)
    other_council = CouncilFactory(concept=world.concept, organiser=world.ministry)

    with pytest.raises(NotPermitted):
        agree(world, council, actor=actor_of(member.person))
    with pytest.raises(Council.DoesNotExist):
        agree(world, other_council)

    assert (AgreedItem.objects.count(), entries()) == (0, [])


@pytest.mark.parametrize("answer", ["adopt", "adopt-in-part", "not-adopt"])
def test_the_lead_answers_with_a_reason_and_the_viewpoint_takes_it(world, council, answer):
    item = agree(world, council)

    response = answer_item(
        actor=world.lead,
        agreed_item_id=item.pk,
        project_id=world.project.pk,
        answer=answer,
        reason="設備の都合です。",
        at=NOW,
    )

    assert (response.answer, response.reason, response.answered_by_id, response.answered_at) == (
        answer,
        "設備の都合です。",
        world.lead.person_id,
        NOW,
    )
    assert list(Viewpoint.objects.values_list("answer", "reason", "evidence")) == [
        (answer, "設備の都合です。", "")
    ]
    assert entries()[1:] == [(world.lead.person_id, "councils.answer_item", "C7", False)]


@pytest.mark.parametrize(
    ("answer", "reason", "refused"),
    [
        pytest.param("adopt", " ", "answer-has-no-reason", id="no-reason"),
        pytest.param("approve", "よい", "answer-not-on-list", id="no-such-answer"),
    ],
)
def test_an_answer_is_one_of_three_and_has_its_reason(world, council, answer, reason, refused):
    item = AgreedItemFactory(agenda_item__meeting__council=council, projects=[world.project])

    with pytest.raises(RuleRefused, match=rf"{refused} \(C7\)"):
        answer_item(
            actor=world.lead,
            agreed_item_id=item.pk,
            project_id=world.project.pk,
            answer=answer,
            reason=reason,
            at=NOW,
        )

    assert (Response.objects.count(), entries()) == (0, [])


def test_a_project_answers_once(world, council):
    item = AgreedItemFactory(agenda_item__meeting__council=council, projects=[world.project])
    ResponseFactory(agreed_item=item, project=world.project)

    with pytest.raises(RuleRefused, match=r"already-answered \(C7\)"):
        answer_item(
            actor=world.lead,
            agreed_item_id=item.pk,
            project_id=world.project.pk,
            answer="adopt",
            reason="よい",
            at=NOW,
        )

    assert (Response.objects.count(), entries()) == (1, [])


def test_a_team_member_reads_and_does_not_answer_and_a_stranger_finds_nothing(
    world, council, actor_of
):
    item = AgreedItemFactory(agenda_item__meeting__council=council, projects=[world.project])
    member = ProjectMemberFactory(project=world.project).person
    facts = {
        "agreed_item_id": item.pk,
        "project_id": world.project.pk,
        "answer": "adopt",
        "reason": "よい",
        "at": NOW,
    }

    with pytest.raises(NotPermitted):
        answer_item(actor=actor_of(member), **facts)
    with pytest.raises(AgreedItem.DoesNotExist):
        answer_item(actor=world.stranger, **facts)

    assert (Response.objects.count(), entries()) == (0, [])


def test_a_lead_does_not_answer_for_a_project_that_is_not_named(world, council):
    item = AgreedItemFactory(agenda_item__meeting__council=council, projects=[world.project])
    other = ProjectFactory(lead=world.project.lead)

    with pytest.raises(Project.DoesNotExist):
        answer_item(
            actor=world.lead,
            agreed_item_id=item.pk,
            project_id=other.pk,
            answer="adopt",
            reason="よい",
            at=NOW,
        )

    assert entries() == []


def test_evidence_follows_the_answer_and_the_viewpoint_takes_it(world, council):
    item = agree(world, council)
    response = ResponseFactory(agreed_item=item, project=world.project)

    shown = show_evidence(
        actor=world.lead, response_id=response.pk, evidence="計画の第二版", at=NOW
    )

    assert (shown.evidence, shown.evidence_at) == ("計画の第二版", NOW)
    assert list(Viewpoint.objects.values_list("evidence", flat=True)) == ["計画の第二版"]
    assert entries()[1:] == [(world.lead.person_id, "councils.show_evidence", "C7", False)]


def test_only_the_lead_shows_evidence(world, council):
    item = AgreedItemFactory(agenda_item__meeting__council=council, projects=[world.project])
    response = ResponseFactory(agreed_item=item, project=world.project)

    with pytest.raises(NotPermitted):
        show_evidence(actor=world.officer, response_id=response.pk, evidence="別", at=NOW)
    with pytest.raises(Response.DoesNotExist):
        show_evidence(actor=world.stranger, response_id=response.pk, evidence="別", at=NOW)

    response.refresh_from_db()
    assert (response.evidence, entries()) == ("", [])
