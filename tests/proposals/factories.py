from tests.calls.factories import (
    BEFORE_CLOSING,
    BEFORE_OPENING,
    CLOSES,
    JAPAN,
    OPENS,
    WRITING,
    AppointmentFactory,
    CallFactory,
    ConceptFactory,
)
from tests.people.factories import AffiliationFactory
from tests.review.factories import (
    ExclusionFactory,
    ProposalFactory,
    ProposalFileFactory,
    TeamMemberFactory,
)

from banso.proposals.judging.versions import version_of
from banso.rehearsal.sample_files import sample_pdf
from banso.web.file_store import store

__all__ = [
    "BEFORE_CLOSING",
    "BEFORE_OPENING",
    "CLOSES",
    "JAPAN",
    "OPENS",
    "PDF",
    "WRITING",
    "AffiliationFactory",
    "AppointmentFactory",
    "CallFactory",
    "ConceptFactory",
    "ExclusionFactory",
    "ProposalFactory",
    "TeamMemberFactory",
    "approve",
    "attach_pdf",
    "make_draft",
    "make_ready",
]

PDF = sample_pdf("A sample proposal.")


def make_draft(**facts):
    """A draft with its lead in the team, who belongs to its institution."""
    proposal = ProposalFactory(
        **{"submitted_at": None, "approved_version": "", "version": "", **facts}
    )
    TeamMemberFactory(proposal=proposal, person=proposal.lead, role="lead")
    AffiliationFactory(person=proposal.lead, organisation=proposal.institution)
    return take_version(proposal)


def make_ready(**facts):
    """A complete draft, sent to its institution and approved there."""
    return approve(attach_pdf(make_draft(sent_to_institution_at=WRITING, **facts)))


def attach_pdf(proposal, content=PDF):
    stored = store([content])
    ProposalFileFactory(proposal=proposal, name="plan.pdf", sha256=stored.sha256, size=stored.size)
    return take_version(proposal)


def approve(proposal):
    proposal.approved_version = proposal.version
    proposal.save()
    return proposal


def take_version(proposal):
    proposal.version = version_of(proposal)
    proposal.save()
    return proposal
