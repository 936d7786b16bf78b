"""Who may write, approve and submit proposals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.permissions import Permission

if TYPE_CHECKING:
    from banso.people.actors import Actor
    from banso.proposals.models import Proposal


def _belongs_to_the_institution(actor: Actor, proposal: Proposal) -> bool:
    return proposal.institution_id in actor.affiliations


def _leads(actor: Actor, proposal: Proposal) -> bool:
    return proposal.lead_id == actor.person_id


def _approves_for_the_institution(actor: Actor, proposal: Proposal) -> bool:
    return proposal.institution_id in actor.institutions


_LEAD = _("The principal investigator writes the proposal and submits it.")
_INSTITUTION = _("The officers of the proposal's institution approve it or return it.")

DRAFT_PROPOSAL = Permission["Proposal"](
    "proposals.draft_proposal",
    _belongs_to_the_institution,
    _("People who belong to an institution today draft a proposal from there."),
)
EDIT_PROPOSAL = Permission["Proposal"]("proposals.edit_proposal", _leads, _LEAD)
ATTACH_FILE = Permission["Proposal"]("proposals.attach_file", _leads, _LEAD)
SEND_TO_INSTITUTION = Permission["Proposal"]("proposals.send_to_institution", _leads, _LEAD)
APPROVE_PROPOSAL = Permission["Proposal"](
    "proposals.approve_proposal", _approves_for_the_institution, _INSTITUTION
)
RETURN_PROPOSAL = Permission["Proposal"](
    "proposals.return_proposal", _approves_for_the_institution, _INSTITUTION
)
SUBMIT_PROPOSAL = Permission["Proposal"]("proposals.submit_proposal", _leads, _LEAD)
WITHDRAW_SUBMISSION = Permission["Proposal"]("proposals.withdraw_submission", _leads, _LEAD)
