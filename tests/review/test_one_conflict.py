"""Who reads what about proposals, over random worlds: the predicates against plain loops."""

from dataclasses import dataclass

import pytest
from tests.review.factories import IN_REVIEW
from tests.review.random_worlds import ARRIVED, TODAY, World

from banso.people.queries.actors import actor_for
from banso.proposals.models import Proposal, without_conflict
from banso.proposals.queries.desk import received_counts
from banso.review.models import (
    Assessment,
    Assignment,
    Decision,
    Letter,
    SecurityExamination,
)
from banso.review.queries.desk import closed_calls, with_judged
from banso.rulebook.review import found_conflict

SEEDS = range(16)


@dataclass(frozen=True)
class Specified:
    """What one viewer may read of one proposal, in plain words and loops."""

    world: World
    viewer: object
    paper: object

    def workplaces(self):
        return {
            place.what[0]
            for place in self.world.workplaces
            if place.person == self.viewer and place.holds_on(TODAY)
        }

    def offices(self):
        return [
            office.what
            for office in self.world.offices
            if office.person == self.viewer and office.holds_on(TODAY)
        ]

    def workplaces_of_the_proposal(self):
        found = {self.paper.row.institution_id}
        for place in self.world.workplaces:
            ended_before = place.until_on is not None and (
                not self.paper.row.submitted_at or place.until_on <= ARRIVED
            )
            if place.person in self.paper.team and not ended_before:
                found.add(place.what[0])
        return found

    def has_conflict(self):
        for body in self.workplaces():
            if body in self.workplaces_of_the_proposal():
                return True
        return self.viewer in self.paper.excluded or self.viewer in self.paper.team

    def runs(self):
        for role, body, concept in self.offices():
            if role == "agency-officer" and body == self.paper.call.agency_id:
                return True
            if role.startswith("program") and concept == self.paper.call.concept_id:
                return True
        return False

    def is_of_the_institution(self):
        return any(
            (role, body) == ("institution-officer", self.paper.row.institution_id)
            for role, body, _ in self.offices()
        )

    def reads(self):
        if self.viewer in self.paper.team:
            return True
        if self.is_of_the_institution() and self.paper.is_sent:
            return True
        return self.knows() and self.paper.row.submitted_at is not None

    def knows(self):
        return self.runs() and not self.has_conflict()

    def judges(self):
        is_closed = self.paper.call.closes_at <= IN_REVIEW
        return self.knows() and self.paper.row.submitted_at is not None and is_closed

    def assignments(self):
        return {
            task
            for task, person, *_ in self.paper.assignments
            if not self.has_conflict() and (person == self.viewer or self.runs())
        }

    def opened(self):
        return {
            task
            for task, person, is_open, _ in self.paper.assignments
            if not self.has_conflict() and person == self.viewer and is_open
        }

    def assessed(self):
        return {
            task for task, _, _, is_assessed in self.paper.assignments if is_assessed
        } & self.assignments()

    def letter(self):
        is_own = self.viewer in self.paper.team or self.is_of_the_institution()
        return self.paper.row.submitted_at is not None and (is_own or self.knows())


def specified(world, person):
    return [Specified(world, person.pk, paper) for paper in world.papers]


def proposals(wanted):
    return {one.paper.row.pk for one in wanted}


def keys(queryset, path="pk"):
    found = list(queryset.values_list(path, flat=True))
    assert len(found) == len(set(found))
    return set(found)


@pytest.fixture(params=SEEDS)
def world(request, db, clock):
    clock.set(IN_REVIEW)
    return World(request.param)


def test_calls_and_review_know_the_same_conflicts(world):
    for person in world.viewers:
        viewer, wanted = actor_for(person.pk, on=TODAY), specified(world, person)
        clear = proposals(one for one in wanted if not one.has_conflict())

        assert keys(Proposal.objects.filter(without_conflict(viewer))) == clear
        for task in (Assignment, SecurityExamination, Decision, Letter):
            rows = task.objects.filter(without_conflict(viewer, path="proposal__"))
            submitted = proposals(one for one in wanted if one.paper.row.submitted_at)
            assert set(rows.values_list("proposal_id", flat=True)) == clear & submitted


def test_each_viewer_reads_what_the_plain_loops_say(world):
    for person in world.viewers:
        viewer, wanted = actor_for(person.pk, on=TODAY), specified(world, person)
        judged = proposals(one for one in wanted if one.judges())
        known = proposals(one for one in wanted if one.knows() and one.paper.row.submitted_at)

        assert keys(Proposal.objects.visible_to(viewer)) == proposals(
            one for one in wanted if one.reads()
        )
        assert keys(Proposal.objects.to_judge(viewer, at=IN_REVIEW)) == judged
        assert keys(Assignment.objects.visible_to(viewer)) == {
            task for one in wanted for task in one.assignments()
        }
        assert keys(Assignment.objects.open_to(viewer)) == {
            task for one in wanted for task in one.opened()
        }
        assert keys(Assessment.objects.visible_to(viewer), "assignment_id") == {
            task for one in wanted for task in one.assessed()
        }
        assert keys(SecurityExamination.objects.visible_to(viewer), "proposal_id") == known
        assert keys(Decision.objects.visible_to(viewer), "proposal_id") == known
        assert keys(Letter.objects.visible_to(viewer), "proposal_id") == proposals(
            one for one in wanted if one.letter()
        )


def test_counts_are_of_what_the_plain_loops_say(world):
    for person in world.viewers:
        viewer, wanted = actor_for(person.pk, on=TODAY), specified(world, person)

        received = received_counts(viewer, world.calls)
        closed = list(closed_calls(viewer, at=IN_REVIEW))
        to_judge = {
            judged.call.pk: judged.received for judged in with_judged(viewer, closed, at=IN_REVIEW)
        }

        for call in world.calls:
            here = [one for one in wanted if one.paper.call == call]
            read = [one for one in here if one.reads() and one.paper.row.submitted_at]
            assert received.get(call.pk, 0) == len(read)
            assert to_judge.get(call.pk, 0) == len([one for one in here if one.judges()])


def test_the_rule_of_conflicts_finds_a_tie_where_the_predicate_bars(world):
    for person in world.viewers:
        viewer = actor_for(person.pk, on=TODAY)
        clear = keys(Proposal.objects.filter(without_conflict(viewer)))

        for one in specified(world, person):
            ties = found_conflict(
                person_organisations=one.workplaces(),
                proposal_organisations=one.workplaces_of_the_proposal(),
                declared={"other"} if person.pk in one.paper.excluded else set(),
                is_on_team=person.pk in one.paper.team,
            )
            assert bool(ties) == (one.paper.row.pk not in clear)


def test_the_worlds_hold_every_kind_of_conflict_and_its_absence(db):
    kinds = set()
    for seed in SEEDS:
        world = World(seed)
        for person in world.viewers:
            for one in specified(world, person):
                beside = one.workplaces() & one.workplaces_of_the_proposal()
                kinds.add(("runs", one.runs(), one.has_conflict()))
                kinds.add(("declared", person.pk in one.paper.excluded, one.runs()))
                kinds.add(("institution", one.paper.row.institution_id in beside, one.runs()))
                kinds.add(("team", bool(beside - {one.paper.row.institution_id}), one.runs()))

    both = (False, True)
    assert kinds == {
        (kind, first, second)
        for kind in ("runs", "declared", "institution", "team")
        for first in both
        for second in both
    }
