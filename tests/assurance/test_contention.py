"""A-102: acts on calls, proposals, projects and protected items at once never stop each other."""

import datetime
from types import SimpleNamespace

import pytest
from tests.councils.factories import CouncilFactory, MembershipFactory
from tests.people.factories import AppointmentFactory, PersonFactory
from tests.projects.factories import RUNNING, ProjectFactory, ProjectMemberFactory
from tests.proposals.factories import PDF, WRITING, make_draft, make_ready
from tests.protected.factories import OFFERED
from tests.review.factories import (
    DECIDED,
    IN_REVIEW,
    CallFactory,
    ProposalFactory,
    TeamMemberFactory,
)

from banso.calls.commands.announce_call import announce_call
from banso.calls.commands.open_call import open_call
from banso.calls.models import Call
from banso.councils.commands.membership.leave_council import leave_council
from banso.people.queries.actors import actor_for
from banso.projects.commands.acknowledge_team_change import acknowledge_team_change
from banso.projects.commands.apply_team_change import apply_team_change
from banso.projects.commands.end_team_change import end_team_change
from banso.projects.commands.request_team_change import request_team_change
from banso.projects.commands.start_project import start_project
from banso.projects.models import ProjectMember, TeamChange
from banso.proposals.commands.drafting.attach_file import attach_file
from banso.proposals.commands.drafting.draft_proposal import draft_proposal
from banso.proposals.commands.drafting.edit_proposal import edit_proposal
from banso.proposals.commands.institution.approve_proposal import approve_proposal
from banso.proposals.commands.institution.return_proposal import return_proposal
from banso.proposals.commands.institution.send_to_institution import send_to_institution
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.proposals.commands.submission.withdraw_submission import withdraw_submission
from banso.proposals.models import Proposal
from banso.protected.commands.accept_offer import accept_offer
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.offer_item import offer_item
from banso.protected.commands.open_item import open_item
from banso.protected.commands.release_item import release_item
from banso.protected.models import Offer, ProtectedItem
from banso.review.commands.assign_reviewer import assign_reviewer
from banso.review.commands.decide_proposal import decide_proposal
from banso.review.commands.declare_conflict import declare_conflict
from banso.review.commands.examine_security import examine_security
from banso.review.commands.pledge_secrecy import pledge_secrecy
from banso.review.commands.submit_assessment import submit_assessment
from banso.review.models import Assignment
from banso.web.file_store import store

DAY = datetime.timedelta(days=1)
STARTS_ON, ENDS_ON = datetime.date(2027, 10, 1), datetime.date(2032, 3, 31)

pytestmark = pytest.mark.assurance("A-102")


def acting(person_id, at):
    return actor_for(person_id, on=at.date())


class Applying:
    """A few drafts of one institution, and everybody who has a hand in them before closing."""

    def __init__(self, proposals=3):
        first = make_ready()
        self.call, self.body = first.call, first.institution
        own = {"call": self.call, "institution": self.body}
        others = [make_draft(**own) for _ in range(proposals - 2)]
        self.proposals = [first, make_ready(**own), *others]
        self.clerk = AppointmentFactory(role="institution-officer", organisation=self.body).person
        self.officer = AppointmentFactory(
            role="agency-officer", organisation=self.call.agency
        ).person
        AppointmentFactory(
            role="program-officer",
            organisation=self.call.agency,
            scope_id=self.call.concept_id,
        )
        self.members = [one.lead_id for one in self.proposals]

    def one(self, dice):
        chosen = dice.choice(self.proposals)
        return {"actor": acting(chosen.lead_id, WRITING), "proposal_id": chosen.pk, "at": WRITING}

    def by_the_clerk(self, dice):
        return self.one(dice) | {"actor": acting(self.clerk.pk, WRITING)}

    def draft(self, dice):
        draft_proposal(
            actor=acting(dice.choice(self.members), WRITING),
            call_id=self.call.pk,
            institution_id=self.body.pk,
            title_ja="もう一つの提案",
            at=WRITING,
        )

    def edit(self, dice):
        edit_proposal(
            **self.one(dice),
            title_ja=f"海を測る{dice.randrange(3)}",
            title_en="Measuring the sea",
            abstract="海を測る方法を作ります。",
            core_technology="ありません。",
            requested_yen=250_000_000,
            member_ids=dice.sample(self.members, 2),
            effort_percent=30,
        )

    def attach(self, dice):
        kept = store([PDF])
        attach_file(
            **self.one(dice), part="proposal", name="plan.pdf", sha256=kept.sha256, size=kept.size
        )

    def send(self, dice):
        send_to_institution(**self.one(dice))

    def approve(self, dice):
        facts = self.by_the_clerk(dice)
        version = Proposal.objects.get(pk=facts["proposal_id"]).version
        approve_proposal(**facts, version=version)

    def return_(self, dice):
        return_proposal(**self.by_the_clerk(dice), comment="効果をもう少し書いてください。")

    def submit(self, dice):
        submit_proposal(**self.one(dice))

    def withdraw(self, dice):
        withdraw_submission(**self.one(dice))

    def announce(self, dice):
        announce_call(
            actor=acting(self.officer.pk, WRITING),
            concept_id=self.call.concept_id,
            slug=f"more-{dice.randrange(10**9)}",
            fiscal_year=2027,
            round=dice.randrange(2, 30_000),
            type="project",
            slots=1,
            title_ja="見本公募",
            summary_ja="見本の公募です。",
            guidelines_ja="見本の要領です。",
            opens_at=WRITING + DAY,
            closes_at=WRITING + 40 * DAY,
            at=WRITING,
        )

    def open(self, _dice):
        latest = Call.objects.filter(opened_at=None).first() or self.call
        open_call(actor=acting(self.officer.pk, WRITING), call_id=latest.pk, at=WRITING + 2 * DAY)

    def everything(self):
        return [
            *[self.edit, self.attach, self.send, self.approve, self.submit] * 3,
            *(self.withdraw, self.return_, self.draft, self.announce, self.open),
        ]


class Judging:
    """Received proposals of one call, their reviewers, and the projects that come of them."""

    def __init__(self, proposals=3, reviewers=3):
        self.call = CallFactory(slots=50)
        self.officer = AppointmentFactory(
            role="agency-officer", organisation=self.call.agency
        ).person
        self.reviewers = [
            AppointmentFactory(
                person=PersonFactory(), role="reviewer", organisation=self.call.agency
            ).person
            for _ in range(reviewers)
        ]
        self.proposals = [self.receive() for _ in range(proposals)]
        self.project = ProjectFactory(proposal__call=self.call)
        ProjectMemberFactory(project=self.project, person=self.project.lead, role="lead")
        self.members = [ProjectMemberFactory(project=self.project) for _ in range(reviewers)]

    def receive(self):
        received = ProposalFactory(call=self.call)
        TeamMemberFactory(proposal=received, person=received.lead, role="lead")
        return received

    def of_the_officer(self, dice, at=IN_REVIEW):
        return {
            "actor": acting(self.officer.pk, at),
            "proposal_id": dice.choice(self.proposals).pk,
            "at": at,
        }

    def of_a_reviewer(self, dice):
        asked = dice.choice(list(Assignment.objects.order_by("pk")) or [Assignment()])
        reviewer = acting(asked.person_id or self.officer.pk, IN_REVIEW)
        return {"actor": reviewer, "assignment_id": asked.pk, "at": IN_REVIEW}

    def assign(self, dice):
        assign_reviewer(**self.of_the_officer(dice), person_id=dice.choice(self.reviewers).pk)

    def pledge(self, dice):
        pledge_secrecy(**self.of_a_reviewer(dice))

    def declare(self, dice):
        # One conflict takes the reviewer from the proposal for good, so it is rare.
        conflict = "taught-or-was-taught" if dice.random() < 0.05 else ""
        declare_conflict(**self.of_a_reviewer(dice), conflict=conflict)

    def assess(self, dice):
        submit_assessment(
            **self.of_a_reviewer(dice), feasibility=4, soundness=5, comment="よく練られています。"
        )

    def examine(self, dice):
        examine_security(
            **self.of_the_officer(dice, DECIDED), measures="データの保管場所を分けます。"
        )

    def decide(self, dice):
        decide_proposal(
            **self.of_the_officer(dice, DECIDED),
            recommendation="adopt",
            outcome="adopt",
            reasons="実現の道筋が明確です。",
        )
        self.proposals.append(self.receive())

    def start(self, dice):
        start_project(
            **self.of_the_officer(dice, DECIDED + 30 * DAY),
            code=f"SAMPLE-{dice.randrange(10**9)}",
            summary_ja="海を測ります。",
            amount_yen=100_000_000,
            starts_on=STARTS_ON,
            ends_on=ENDS_ON,
            plan_text="試作機を二つ作ります。",
        )

    def ask_for_a_change(self, dice):
        place = dice.choice(
            list(ProjectMember.objects.filter(project=self.project, role="member"))
        )
        request_team_change(
            actor=acting(self.project.lead_id, RUNNING),
            project_id=self.project.pk,
            member_id=place.pk,
            ground="moved",
            explanation="四月から別の機関で働きます。",
            at=RUNNING,
        )
        if dice.random() < 0.5:
            ProjectMemberFactory(project=self.project)

    def change(self, dice):
        asked = list(TeamChange.objects.filter(applied_at=None).order_by("-requested_at", "pk"))
        chosen = dice.choice(asked or [TeamChange()])
        own = chosen.member.person_id if asked else self.officer.pk
        facts = {"change_id": chosen.pk, "at": RUNNING}
        act = dice.choice([acknowledge_team_change, acknowledge_team_change, end_team_change])
        if dice.random() < 0.5:
            act(actor=acting(own, RUNNING), **facts)
        else:
            apply_team_change(actor=acting(self.officer.pk, RUNNING), **facts)

    def everything(self):
        return [
            *[self.assign, self.pledge, self.declare, self.assess, self.examine] * 2,
            *[self.decide, self.start, self.ask_for_a_change, self.change] * 2,
        ]


class Confiding:
    """A council whose members offer each other protected items, open them, and leave."""

    def __init__(self, members=4):
        self.council = CouncilFactory(representative=PersonFactory())
        self.seats = [MembershipFactory(council=self.council) for _ in range(members)]
        self.people = [seat.person_id for seat in self.seats]

    def offer(self, dice):
        provider = dice.choice(self.people)
        offer_item(
            actor=acting(provider, OFFERED),
            council_id=self.council.pk,
            title="運用条件",
            card="運用条件の一部をお渡しします。",
            origin="見本庁の運用記録",
            scope="三項目",
            silence_until=datetime.date(2030, 4, 1),
            answers_until=OFFERED + 30 * DAY,
            recipient_ids=[one for one in self.people if one != provider],
            content="稼働率は九割です。",
            at=OFFERED,
        )

    def one_offer(self, dice):
        latest = Offer.objects.order_by("-offered_at", "pk")[:6]
        return dice.choice(list(latest) or [Offer(person_id=self.people[0])])

    def reply(self, dice):
        offer = self.one_offer(dice)
        act = dice.choice([accept_offer, accept_offer, decline_offer])
        act(actor=acting(offer.person_id, OFFERED), offer_id=offer.pk, at=OFFERED)

    def open(self, dice):
        offer = self.one_offer(dice)
        open_item(actor=acting(offer.person_id, OFFERED), item_id=offer.item_id, at=OFFERED)

    def release(self, dice):
        items = ProtectedItem.objects.filter(released_at=None).order_by("-offered_at", "pk")[:3]
        item = dice.choice(list(items) or [ProtectedItem(provider_id=self.people[0])])
        release_item(actor=acting(item.provider_id, OFFERED), item_id=item.pk, at=OFFERED)

    def leave(self, dice):
        seat = dice.choice(self.seats)
        leave_council(actor=acting(seat.person_id, OFFERED), membership_id=seat.pk, at=OFFERED)
        MembershipFactory(council=self.council, person_id=seat.person_id)

    def everything(self):
        return [*[self.offer, self.reply, self.open] * 4, self.release, self.leave]


@pytest.fixture
def _own_files(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def worlds(many_connections, _own_files):
    return SimpleNamespace(applying=Applying, judging=Judging, confiding=Confiding)


def test_writing_approving_and_submitting_at_once_never_stop_each_other(worlds, act_at_once):
    act_at_once(
        worlds.applying().everything(),
        recorded={
            "proposals.edit_proposal",
            "proposals.approve_proposal",
            "proposals.submit_proposal",
            "proposals.withdraw_submission",
        },
    )


def test_judging_deciding_and_starting_at_once_never_stop_each_other(worlds, act_at_once):
    act_at_once(
        worlds.judging().everything(),
        recorded={
            "review.assign_reviewer",
            "review.submit_assessment",
            "review.decide_proposal",
            "projects.request_team_change",
            "projects.apply_team_change",
        },
    )


def test_offering_opening_and_leaving_at_once_never_stop_each_other(worlds, act_at_once):
    act_at_once(
        worlds.confiding().everything(),
        recorded={
            "protected.offer_item",
            "protected.accept_offer",
            "protected.open_item",
            "councils.leave_council",
        },
    )


def test_whoever_acts_anywhere_at_once_never_stops_another(worlds, act_at_once):
    everywhere = (worlds.applying(), worlds.judging(), worlds.confiding())

    act_at_once(
        [act for world in everywhere for act in world.everything()],
        recorded={
            "proposals.edit_proposal",
            "review.assign_reviewer",
            "projects.request_team_change",
            "protected.offer_item",
            "councils.leave_council",
        },
    )
