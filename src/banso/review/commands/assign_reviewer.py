"""The funding agency asks a reviewer to judge a proposal, once its call has closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q

from banso.calls.models import Exclusion
from banso.ledger.record import command, record
from banso.people.models import Affiliation
from banso.review.models import Assignment, proposals_to_judge
from banso.review.permissions import ASSIGN_REVIEWER
from banso.review.queries import reviewers_to_assign
from banso.rulebook.japan import day_in_japan
from banso.rulebook.review import CONFLICT, Tie, found_conflict, may_assign
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from banso.calls.models import Proposal
    from banso.people.actors import Actor


@command
def assign_reviewer(
    *, actor: Actor, proposal_id: UUID, person_id: UUID, at: datetime
) -> Assignment:
    """Assign one of the agency's reviewers of today, unless they have a conflict (V1)."""
    received = proposals_to_judge(actor, at=at).select_related("call")
    proposal = received.select_for_update(of=("self",)).get(pk=proposal_id)

    ASSIGN_REVIEWER.require(actor, proposal)
    today = day_in_japan(at)
    reviewer = reviewers_to_assign(proposal, on=today).get(pk=person_id)
    enforce(may_assign(has_conflict=bool(_ties(reviewer.pk, proposal, on=today))))
    assignment = Assignment.objects.create(
        proposal=proposal, person=reviewer, assigned_by_id=actor.person_id, assigned_at=at
    )
    record(
        actor_id=actor.person_id,
        act=ASSIGN_REVIEWER.name,
        subject=assignment,
        clause=CONFLICT,
        at=at,
        details={"proposal": proposal_id, "person": person_id},
    )
    return assignment


def _ties(person_id: UUID, proposal: Proposal, *, on: date) -> frozenset[Tie]:
    team = frozenset(proposal.team.values_list("person_id", flat=True))
    return found_conflict(
        person_organisations=_workplaces_on(person_id, on),
        proposal_organisations=_workplaces_of(proposal),
        declared=_declared(person_id, proposal),
        team=team,
        is_on_team=person_id in team,
    )


def _workplaces_on(person_id: UUID, day: date) -> frozenset[UUID]:
    own = Affiliation.objects.on(day).filter(person_id=person_id)
    return frozenset(own.values_list("organisation_id", flat=True))


def _workplaces_of(proposal: Proposal) -> frozenset[UUID]:
    submitted_on = F("person__proposal_roles__proposal__submitted_at__date")
    theirs = Affiliation.objects.filter(
        Q(until_on=None) | Q(until_on__gt=submitted_on), person__proposal_roles__proposal=proposal
    )
    return frozenset(theirs.values_list("organisation_id", flat=True)) | {proposal.institution_id}


def _declared(person_id: UUID, proposal: Proposal) -> frozenset[str]:
    earlier = Assignment.objects.filter(proposal=proposal, person_id=person_id)
    ties = frozenset(earlier.exclude(conflict="").values_list("conflict", flat=True))
    excluded = Exclusion.objects.filter(proposal=proposal, person_id=person_id)
    return ties or (frozenset({Tie.OTHER.value}) if excluded.exists() else frozenset())
