import datetime

from tests.people.factories import AffiliationFactory, AppointmentFactory
from tests.review.factories import (
    CLOSES,
    JAPAN,
    OPENS,
    CallFactory,
    ConceptFactory,
    ExclusionFactory,
    ProposalFactory,
    ProposalFileFactory,
    TeamMemberFactory,
)

from banso.calls.queries import version_of
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

WRITING = datetime.datetime(2027, 5, 20, 10, 0, tzinfo=JAPAN)
BEFORE_OPENING = OPENS - datetime.timedelta(milliseconds=1)
BEFORE_CLOSING = CLOSES - datetime.timedelta(milliseconds=1)
PDF = b"%PDF-1.7\nA sample proposal.\n%%EOF\n"


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
