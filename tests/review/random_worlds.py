"""Small random worlds of calls, teams, places and conflicts, kept as plain values beside rows."""

import datetime
from dataclasses import dataclass, field
from random import Random

from tests.people.factories import (
    AffiliationFactory,
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.review.factories import (
    IN_REVIEW,
    SUBMITTED,
    AssessmentFactory,
    AssignmentFactory,
    CallFactory,
    DecisionFactory,
    ExaminationFactory,
    ExclusionFactory,
    LetterFactory,
    ProposalFactory,
    TeamMemberFactory,
)

TODAY = IN_REVIEW.date()
ARRIVED = SUBMITTED.date()
DAY = datetime.timedelta(days=1)
STARTS = [ARRIVED - 60 * DAY, ARRIVED, TODAY - DAY, TODAY, TODAY + DAY]
ENDS = [ARRIVED - DAY, ARRIVED, ARRIVED + DAY, TODAY, TODAY + DAY, None, None]
ROLES = [
    "agency-officer",
    "agency-officer",
    "program-director",
    "program-officer",
    "institution-officer",
    "reviewer",
]
LATER = IN_REVIEW + 30 * DAY


@dataclass(frozen=True)
class Dated:
    """Something that holds for a person from one day up to another."""

    person: object
    what: tuple
    from_on: datetime.date
    until_on: datetime.date | None

    def holds_on(self, day):
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


@dataclass
class Paper:
    """A proposal, and whatever was written about it."""

    row: object
    call: object
    is_sent: bool
    team: set = field(default_factory=set)
    excluded: set = field(default_factory=set)
    assignments: list = field(default_factory=list)


class World:
    """What one seed makes: its rows, and the same facts as plain values."""

    def __init__(self, seed):
        self.dice = Random(seed)  # noqa: S311 - worlds, not secrets
        self.calls = [CallFactory(), CallFactory(), CallFactory(closes_at=LATER)]
        self.bodies = [OrganisationFactory() for _ in range(4)]
        self.bodies.append(self.calls[0].agency)
        self.viewers = [PersonFactory() for _ in range(6)]
        self.researchers = [PersonFactory() for _ in range(5)]
        self.workplaces = [
            self._workplace(person)
            for person in [*self.viewers, *self.researchers]
            for _ in range(self.dice.randrange(3))
        ]
        self.offices = [
            self._office(person) for person in self.viewers for _ in range(self.dice.randrange(3))
        ]
        self.papers = [self._paper() for _ in range(6)]

    def _dates(self):
        from_on, until_on = self.dice.choice(STARTS), self.dice.choice(ENDS)
        return from_on, None if until_on is None or until_on <= from_on else until_on

    def _workplace(self, person):
        body, (from_on, until_on) = self.dice.choice(self.bodies), self._dates()
        AffiliationFactory(person=person, organisation=body, from_on=from_on, until_on=until_on)
        return Dated(person.pk, (body.pk,), from_on, until_on)

    def _office(self, person):
        role = self.dice.choice(ROLES)
        call, (from_on, until_on) = self.dice.choice(self.calls), self._dates()
        body = self.dice.choice(self.bodies) if role == "institution-officer" else call.agency
        concept_id = call.concept_id if role.startswith("program") else None
        AppointmentFactory(
            person=person, role=role, organisation=body, scope_id=concept_id,
            from_on=from_on, until_on=until_on,
        )  # fmt: skip
        return Dated(person.pk, (role, body.pk, concept_id), from_on, until_on)

    def _paper(self):
        call, is_submitted = self.dice.choice(self.calls), self.dice.random() < 0.8
        is_sent = is_submitted or self.dice.random() < 0.5
        row = ProposalFactory(
            call=call,
            institution=self.dice.choice(self.bodies),
            submitted_at=SUBMITTED if is_submitted else None,
            sent_to_institution_at=SUBMITTED if is_sent else None,
        )
        paper = Paper(row, call, is_sent)
        everybody = [*self.viewers, *self.researchers]
        for person in self.dice.sample(everybody, self.dice.randrange(4)):
            TeamMemberFactory(proposal=row, person=person)
            paper.team.add(person.pk)
        for person in self.dice.sample(self.viewers, self.dice.randrange(3)):
            declared = ExclusionFactory(proposal=row, person=person)
            if self.dice.random() < 0.25:
                declared.delete()
            else:
                paper.excluded.add(person.pk)
        if is_submitted:
            self._judge(paper)
        return paper

    def _judge(self, paper):
        for person in self.dice.sample(self.viewers, 3):
            is_open, is_assessed = self.dice.random() < 0.6, self.dice.random() < 0.6
            at = IN_REVIEW if is_open else None
            task = AssignmentFactory(
                proposal=paper.row, person=person, pledged_at=at, declared_at=at
            )
            if is_assessed:
                AssessmentFactory(assignment=task)
            paper.assignments.append((task.pk, person.pk, is_open, is_assessed))
        ExaminationFactory(proposal=paper.row)
        DecisionFactory(proposal=paper.row)
        LetterFactory(proposal=paper.row)
