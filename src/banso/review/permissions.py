"""Who may judge proposals and decide on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.permissions import Permission

if TYPE_CHECKING:
    from banso.people.actors import Actor
    from banso.proposals.models import Proposal
    from banso.review.models import Assignment


def _serves_the_agency(actor: Actor, proposal: Proposal) -> bool:
    return proposal.call.agency_id in actor.agencies


def _is_the_reviewer(actor: Actor, assignment: Assignment) -> bool:
    return assignment.person_id == actor.person_id


ASSIGN_REVIEWER = Permission["Proposal"](
    "review.assign_reviewer",
    _serves_the_agency,
    _("An officer of the funding agency that holds the call assigns reviewers."),
)
PLEDGE_SECRECY = Permission["Assignment"](
    "review.pledge_secrecy",
    _is_the_reviewer,
    _("Reviewers pledge secrecy themselves; nobody pledges for another."),
)
DECLARE_CONFLICT = Permission["Assignment"](
    "review.declare_conflict",
    _is_the_reviewer,
    _("Reviewers declare conflicts themselves; nobody declares for another."),
)
SUBMIT_ASSESSMENT = Permission["Assignment"](
    "review.submit_assessment",
    _is_the_reviewer,
    _("The reviewer to whom the proposal is assigned assesses it."),
)
EXAMINE_SECURITY = Permission["Proposal"](
    "review.examine_security",
    _serves_the_agency,
    _("An officer of the funding agency that holds the call examines security and leak measures."),
)
DECIDE_PROPOSAL = Permission["Proposal"](
    "review.decide_proposal",
    _serves_the_agency,
    _("An officer of the funding agency that holds the call decides."),
)
