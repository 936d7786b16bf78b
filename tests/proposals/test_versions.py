"""Whatever an institution approved, a change of it is another version, whose approval is void."""

import inspect

import pytest
from tests.people.factories import OrganisationFactory, PersonFactory
from tests.proposals.factories import (
    OPENS,
    CallFactory,
    ProposalFactory,
    ProposalFileFactory,
    TeamMemberFactory,
)

from banso.proposals.commands.drafting.edit_proposal import edit_proposal
from banso.proposals.judging.versions import version_of
from banso.proposals.models import Proposal, ProposalFile, TeamMember

EDITS = {
    "title_ja": "別の題名",
    "title_en": "Another title",
    "abstract": "別の要旨",
    "core_technology": "別の技術",
    "requested_yen": 7,
    "effort_percent": 41,
    "member_ids": [],
}
NO_FACT_OF_A_FORM = {"actor", "proposal_id", "at"}
# Not content, each of them: what became of the proposal, or which row it is.
NO_CONTENT = {
    Proposal: {
        *("id", "drafted_at", "version", "sent_to_institution_at", "approved_version"),
        *("approved_by", "approved_at", "returned_at", "return_comment", "submitted_at"),
        "is_sample",
    },
    TeamMember: {"id", "proposal"},
    ProposalFile: {"id", "proposal", "attached_at", "checked_at", "faults", "scanned_with"},
}
OTHERS = {
    "call": CallFactory,
    "lead": PersonFactory,
    "person": PersonFactory,
    "institution": OrganisationFactory,
    "role": lambda: "lead",
    "effort_percent": lambda: 41,
    "requested_yen": lambda: 7,
    "size": lambda: 7,
}


def facts(model):
    return [
        pytest.param(model, field.name, id=f"{model.__name__}.{field.name}")
        for field in model._meta.concrete_fields
        if field.name not in NO_CONTENT[model]
    ]


@pytest.fixture
def proposal(db):
    drafted = ProposalFactory(drafted_at=OPENS, submitted_at=None)
    TeamMemberFactory(proposal=drafted, person=drafted.lead, role="lead", effort_percent=20)
    TeamMemberFactory(proposal=drafted, person=PersonFactory(), role="member")
    ProposalFileFactory(proposal=drafted)
    drafted.version = drafted.approved_version = version_of(drafted)
    drafted.save()
    return drafted


def row_of(model, proposal):
    rows = {TeamMember: proposal.team.filter(role="member"), ProposalFile: proposal.files}
    return rows[model].get() if model in rows else proposal


@pytest.mark.parametrize(
    ("model", "name"), [*facts(Proposal), *facts(TeamMember), *facts(ProposalFile)]
)
def test_every_fact_of_content_team_and_files_makes_another_version(proposal, model, name):
    before = version_of(proposal)
    row = row_of(model, proposal)

    setattr(row, name, OTHERS.get(name, lambda: "別")())
    row.save()

    assert version_of(Proposal.objects.get(pk=proposal.pk)) != before


@pytest.mark.parametrize("model", [TeamMember, ProposalFile], ids=lambda model: model.__name__)
def test_one_more_and_one_fewer_make_another_version(proposal, model):
    whole = version_of(proposal)
    row = row_of(model, proposal)

    row.delete()
    fewer = version_of(proposal)
    row.save(force_insert=True)

    assert fewer != whole == version_of(proposal)


@pytest.mark.parametrize("name", sorted(NO_CONTENT[Proposal] - {"id", "approved_by"}))
def test_where_a_proposal_stands_is_no_part_of_its_version(proposal, name):
    before = version_of(proposal)

    setattr(proposal, name, object())

    assert version_of(proposal) == before


def test_each_fact_that_the_form_writes_is_tried():
    written = set(inspect.signature(edit_proposal.__wrapped__).parameters)

    assert set(EDITS) == written - NO_FACT_OF_A_FORM


@pytest.mark.parametrize("name", EDITS)
def test_editing_any_fact_voids_the_approval(proposal, actor_of, name):
    members = proposal.team.filter(role="member").values_list("person_id", flat=True)
    same = {
        **{field: getattr(proposal, field) for field in EDITS if hasattr(proposal, field)},
        "effort_percent": 20,
        "member_ids": list(members),
    }
    lead = actor_of(proposal.lead)

    kept = edit_proposal(actor=lead, proposal_id=proposal.pk, **same, at=OPENS)
    assert kept.approved_version == kept.version != ""

    edited = edit_proposal(
        actor=lead, proposal_id=proposal.pk, **same | {name: EDITS[name]}, at=OPENS
    )
    assert (edited.approved_version, edited.version == kept.version) == ("", False)
