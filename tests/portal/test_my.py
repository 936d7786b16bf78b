import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.councils.factories import (
    AgreedItemFactory,
    InvitationFactory,
    MembershipFactory,
    PreparedCouncilFactory,
)
from tests.people.factories import PersonFactory
from tests.portal.appointments import appointed
from tests.projects.factories import ProjectMemberFactory, TeamChangeFactory
from tests.protected.factories import OfferFactory, ReplyFactory
from tests.results.factories import NOW, ResultFactory, WithholdingFactory
from tests.review.factories import (
    AssignmentFactory,
    CallFactory,
    DecisionFactory,
    LetterFactory,
    ProposalFactory,
    TeamMemberFactory,
)

from banso.portal.queries.tasks import tasks_for
from banso.web.fronts import tasks

SOON = NOW + datetime.timedelta(days=2)


def addresses(viewer):
    return {kind.heading: [task.address for task in kind.first] for kind in tasks_for(viewer, NOW)}


@pytest.fixture
def running_call(journey):
    return CallFactory(concept=journey.concept, round=2, closes_at=SOON)


def test_nothing_waits_for_somebody_new(journey, client_for, actor_of):
    stranger = PersonFactory()

    assert addresses(actor_of(stranger)) == {}
    assert "Nothing waits for you now." in client_for(stranger).get("/en/my/").text


@pytest.mark.parametrize(
    ("facts", "note"),
    [
        ({}, "下書き"),
        ({"sent_to_institution_at": NOW}, "所属機関が確認しています"),
        ({"sent_to_institution_at": NOW, "approved_version": "5" * 64}, "提出してください"),
    ],
)
def test_a_lead_sees_unsent_proposals_until_the_call_closes(
    journey, running_call, actor_of, facts, note
):
    lead = PersonFactory()
    unsent = {"submitted_at": None, "approved_version": "", "lead": lead, **facts}
    proposal = ProposalFactory(call=running_call, **unsent)
    TeamMemberFactory(proposal=proposal, person=lead, role="lead")
    late = ProposalFactory(call=journey.call, **unsent)
    TeamMemberFactory(proposal=late, person=lead, role="lead")

    [unsent] = tasks_for(actor_of(lead), NOW)

    assert [task.address for task in unsent.first] == [f"/my/proposals/{proposal.pk}/"]
    assert note in unsent.first[0].note
    assert unsent.first[0].left == "あと2日"


def test_an_institution_officer_sees_what_waits_for_approval(running_call, actor_of):
    waiting = ProposalFactory(
        call=running_call, submitted_at=None, approved_version="", sent_to_institution_at=NOW
    )
    officer = appointed("institution-officer", waiting.institution)

    assert addresses(actor_of(officer, on=NOW.date())) == {
        "所属機関の承認を待つ提案": [f"/my/approvals/{waiting.pk}/"]
    }


def test_a_reviewer_sees_reviews_until_they_are_submitted(journey, actor_of):
    assignment = AssignmentFactory(proposal=journey.project.proposal)

    assert addresses(actor_of(assignment.person)) == {"審査": [f"/my/reviews/{assignment.pk}/"]}


def test_an_agency_officer_sees_calls_to_open_decisions_and_projects_to_start(
    journey, running_call, actor_of
):
    type(running_call).objects.filter(pk=running_call.pk).update(opened_at=None)
    undecided = ProposalFactory(call=journey.call)
    adopted = ProposalFactory(call=journey.call)
    DecisionFactory(proposal=adopted, outcome="adopt")
    LetterFactory(proposal=adopted, outcome="adopt")
    officer = appointed("agency-officer", journey.concept.agency)

    assert addresses(actor_of(officer, on=NOW.date())) == {
        "開始する公募": [f"/my/desk/calls/{running_call.slug}/"],
        "採否の決定": [f"/my/desk/reviews/{journey.call.slug}/"],
        "開始する研究開発課題": [f"/my/desk/projects/{adopted.pk}/"],
    }
    assert undecided.pk != adopted.pk


def test_a_researcher_sees_what_the_council_and_the_team_ask(journey, actor_of):
    MembershipFactory(council=journey.council, person=journey.lead)
    asked = InvitationFactory(person=journey.lead)
    item = AgreedItemFactory(
        agenda_item__meeting__council=journey.council, projects=[journey.project]
    )
    offer = OfferFactory(item__council=journey.council, person=journey.lead)
    answered = OfferFactory(item__council=journey.council, person=journey.lead)
    ReplyFactory(offer=answered)
    planned = ResultFactory(project=journey.project, authors=[journey.lead])
    change = TeamChangeFactory(
        member__project=journey.project, member__person=ProjectMemberFactory().person
    )

    found = addresses(actor_of(journey.lead))

    assert found == {
        "協議会": [f"/my/councils/invitations/{asked.pk}/"],
        "回答が必要な合意事項": [f"/my/agreed-items/{item.pk}/"],
        "受領するかどうかの回答が必要な情報": [f"/my/received/{offer.pk}/"],
        "公表できる成果": [f"/my/results/{planned.pk}/publish/"],
    }
    assert addresses(actor_of(change.member.person)) == {
        "自分に関わる研究体制の変更の申請": [
            f"/my/projects/team-changes/{change.pk}/acknowledgement/"
        ]
    }


def test_a_member_sees_an_open_request_to_withhold(journey, actor_of):
    asked = WithholdingFactory(result__project=journey.project, council=journey.council)

    assert addresses(actor_of(journey.member)) == {
        "非公開の要請": [f"/my/withholdings/{asked.pk}/"]
    }


@pytest.mark.parametrize(("days", "waits"), [(60, False), (10, True)])
def test_a_member_sees_a_withholding_in_force_once_its_review_asks(journey, actor_of, days, waits):
    asked = WithholdingFactory(
        result__project=journey.project,
        council=journey.council,
        state="in-force",
        in_force_at=NOW,
        review_on=NOW.date() + datetime.timedelta(days=days),
    )

    found = addresses(actor_of(journey.member))

    assert found == ({"非公開の要請": [f"/my/withholdings/{asked.pk}/"]} if waits else {})


def test_a_secretariat_sees_the_councils_that_it_still_prepares(journey, actor_of):
    prepared = PreparedCouncilFactory(organiser=journey.council.organiser)
    officer = appointed("ministry-officer", journey.council.organiser)

    assert addresses(actor_of(officer, on=NOW.date())) == {
        "設置する協議会": [f"/my/councils/{prepared.pk}/secretariat/"]
    }


def test_nobody_sees_what_waits_for_another(journey, running_call, actor_of):
    InvitationFactory(council=journey.council)
    OfferFactory(item__council=journey.council)
    AssignmentFactory(proposal=journey.project.proposal)
    ProposalFactory(call=running_call, submitted_at=None, approved_version="")
    po = appointed("program-officer", journey.concept.agency, journey.concept.pk)

    assert addresses(actor_of(po, on=NOW.date())) == {}


def test_the_page_names_its_audience_and_costs_the_same_whatever_waits(journey, client_for):
    browser, counts = client_for(journey.lead), []
    assert "本人だけです。" in browser.get("/my/").text
    for number in (6, 30):
        for _ in range(number):
            ResultFactory(project=journey.project, authors=[journey.lead])
            OfferFactory(item__council=journey.council, person=journey.lead)
        with CaptureQueriesContext(connection) as captured:
            browser.get("/my/")
        counts.append(len(captured))

    assert len(set(counts)) == 1


def test_the_page_of_an_officer_costs_the_same_whatever_waits(journey, client_for):
    officer = appointed("agency-officer", journey.concept.agency)
    browser, counts = client_for(officer), []
    for closed in (6, 12):
        for number in range(closed):
            call = CallFactory(concept=journey.concept, round=10 * closed + number)
            ProposalFactory(call=call)
            adopted = ProposalFactory(call=call)
            DecisionFactory(proposal=adopted, outcome="adopt")
            LetterFactory(proposal=adopted, outcome="adopt")
        with CaptureQueriesContext(connection) as captured:
            browser.get("/my/")
        counts.append(len(captured))

    assert len(set(counts)) == 1


def test_the_page_of_a_reviewer_costs_the_same_whatever_waits(journey, client_for):
    reviewer = PersonFactory()
    browser, counts = client_for(reviewer), []
    for number in (6, 12):
        for _ in range(number):
            AssignmentFactory(proposal=ProposalFactory(call=journey.call), person=reviewer)
        with CaptureQueriesContext(connection) as captured:
            browser.get("/my/")
        counts.append(len(captured))

    assert len(set(counts)) == 1


def test_the_first_few_are_shown_with_the_number_of_all_and_the_way_to_the_list(
    journey, client_for
):
    for number in range(7):
        ResultFactory(
            project=journey.project,
            authors=[journey.lead],
            title_en=f"Plan {number}",
            planned_at=NOW + datetime.timedelta(seconds=number),
        )

    text = client_for(journey.lead).get("/en/my/").text

    assert "Results that you can publish: 7" in text
    assert [number for number in range(7) if f"Plan {number}" in text] == [0, 1, 2, 3, 4]
    assert 'href="/en/my/results/"' in text


def test_very_many_are_not_counted_to_the_end(journey, client_for, monkeypatch):
    monkeypatch.setattr(tasks, "MOST_COUNTED", 6)
    for _ in range(8):
        ResultFactory(project=journey.project, authors=[journey.lead])

    text = client_for(journey.lead).get("/en/my/").text

    assert "Results that you can publish: more than 6" in text


def test_a_call_waits_until_its_last_proposal_is_decided(journey, actor_of):
    officer = appointed("agency-officer", journey.concept.agency)
    viewer = actor_of(officer, on=NOW.date())
    undecided = ProposalFactory(call=journey.call)
    DecisionFactory(proposal=journey.project.proposal, outcome="adopt")

    before = addresses(viewer)
    DecisionFactory(proposal=undecided, outcome="not-adopt")

    assert before == {"採否の決定": [f"/my/desk/reviews/{journey.call.slug}/"]}
    assert addresses(viewer) == {}
