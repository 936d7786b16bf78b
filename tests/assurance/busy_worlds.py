import datetime

from tests.assurance.busy_councils import DAY, acting
from tests.people.factories import AppointmentFactory, PersonFactory
from tests.projects.factories import RUNNING, ProjectFactory, ProjectMemberFactory
from tests.proposals.factories import PDF, WRITING, make_draft, make_ready
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
from banso.review.commands.assign_reviewer import assign_reviewer
from banso.review.commands.decide_proposal import decide_proposal
from banso.review.commands.declare_conflict import declare_conflict
from banso.review.commands.examine_security import examine_security
from banso.review.commands.pledge_secrecy import pledge_secrecy
from banso.review.commands.submit_assessment import submit_assessment
from banso.review.models import Assignment
from banso.web.file_store import store

STARTS_ON, ENDS_ON = datetime.date(2027, 10, 1), datetime.date(2032, 3, 31)


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
