"""What each command writes, what a rule refuses, and who is not permitted."""

import pytest
from django.core.exceptions import ObjectDoesNotExist
from tests.people.factories import OrganisationFactory, PersonFactory
from tests.proposals.factories import (
    CLOSES,
    OPENS,
    PDF,
    WRITING,
    AffiliationFactory,
    AppointmentFactory,
    CallFactory,
    make_ready,
)

from banso.calls.models import Call, CallEdition
from banso.ledger.models import Entry
from banso.proposals.commands.drafting.attach_file import attach_file
from banso.proposals.commands.drafting.draft_proposal import draft_proposal
from banso.proposals.commands.drafting.edit_proposal import edit_proposal
from banso.proposals.commands.institution.approve_proposal import approve_proposal
from banso.proposals.commands.institution.return_proposal import return_proposal
from banso.proposals.commands.institution.send_to_institution import send_to_institution
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.proposals.commands.submission.withdraw_submission import withdraw_submission
from banso.proposals.models import Proposal, ProposalFile, Receipt, TeamMember
from banso.rulebook.verdicts import NotPermitted, RuleRefused
from banso.web.file_store import store

CONTENT = {
    "title_ja": "新しい題",
    "title_en": "New title",
    "abstract": "新しい要旨",
    "core_technology": "ありません。",
    "requested_yen": 1,
}


def rows():
    """Everything that the commands of this app can write, as it stands."""
    models = (Call, CallEdition, Proposal, TeamMember, ProposalFile, Receipt, Entry)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def entry_of(subject):
    """Give the act, actor and clause of the one entry about this."""
    [entry] = Entry.objects.filter(subject_id=str(subject.pk))
    return entry.act, entry.actor_id, entry.clause


def refused_by(act):
    before = rows()
    with pytest.raises(RuleRefused) as refused:
        act()
    assert rows() == before
    return refused.value.verdict.reason, refused.value.verdict.clause.id


@pytest.fixture
def announced(db):
    return CallFactory(opened_at=None)


def test_whoever_begins_a_draft_leads_it(announced, actor_of):
    place = AffiliationFactory()
    lead = actor_of(place.person)

    proposal = draft_proposal(
        actor=lead,
        call_id=announced.pk,
        institution_id=place.organisation_id,
        title_ja="題",
        at=WRITING,
    )

    [member] = proposal.team.all()
    assert (member.person_id, member.role) == (lead.person_id, "lead")
    assert (proposal.lead_id, proposal.state) == (lead.person_id, "draft")
    assert entry_of(proposal) == ("proposals.draft_proposal", lead.person_id, "K1")


def test_no_draft_begins_from_closing_on(announced, actor_of):
    place = AffiliationFactory()

    refusal = refused_by(
        lambda: draft_proposal(
            actor=actor_of(place.person),
            call_id=announced.pk,
            institution_id=place.organisation_id,
            title_ja="題",
            at=CLOSES,
        )
    )

    assert refusal == ("call-has-closed", "K1")


def test_an_edit_replaces_the_content_and_the_team(draft, actor_of):
    old, new = PersonFactory(), PersonFactory()
    TeamMember.objects.create(proposal=draft, person=old, role="member")
    before = draft.version

    edited = edit_proposal(
        actor=actor_of(draft.lead),
        proposal_id=draft.pk,
        **CONTENT,
        member_ids=[new.pk],
        effort_percent=30,
        at=WRITING,
    )

    team = edited.team.values_list("person_id", "role", "effort_percent")
    assert {name: getattr(edited, name) for name in CONTENT} == CONTENT
    assert set(team) == {(draft.lead_id, "lead", 30), (new.pk, "member", 0)}
    assert edited.version != before
    assert entry_of(draft) == ("proposals.edit_proposal", draft.lead_id, "K3")


def test_a_file_takes_the_place_of_the_earlier_one(ready, actor_of):
    stored = store([PDF * 2])

    attach_file(
        actor=actor_of(ready.lead),
        proposal_id=ready.pk,
        part="proposal",
        name="second.pdf",
        sha256=stored.sha256,
        size=stored.size,
        at=WRITING,
    )

    [file] = ready.files.all()
    ready.refresh_from_db()
    assert (file.name, file.sha256, file.size) == ("second.pdf", stored.sha256, 2 * len(PDF))
    assert ready.approved_version == ""
    assert entry_of(ready) == ("proposals.attach_file", ready.lead_id, "K2")


def test_sending_answers_the_comment_of_a_return(draft, actor_of):
    Proposal.objects.update(returned_at=OPENS, return_comment="直してください。")

    sent = send_to_institution(actor=actor_of(draft.lead), proposal_id=draft.pk, at=WRITING)

    assert (sent.state, sent.return_comment) == ("with-institution", "")
    assert entry_of(draft) == ("proposals.send_to_institution", draft.lead_id, "K3")


def test_an_institution_approves_the_version_that_it_read(ready, institution_officer, actor_of):
    ready.void_approval()
    ready.save()

    approved = approve_proposal(
        actor=actor_of(institution_officer),
        proposal_id=ready.pk,
        version=ready.version,
        at=WRITING,
    )

    assert (approved.state, approved.approved_by_id) == ("approved", institution_officer.pk)
    assert entry_of(ready) == ("proposals.approve_proposal", institution_officer.pk, "K3")


def test_a_version_that_was_edited_meanwhile_is_not_approved(ready, institution_officer, actor_of):
    refusal = refused_by(
        lambda: approve_proposal(
            actor=actor_of(institution_officer),
            proposal_id=ready.pk,
            version="0" * 64,
            at=WRITING,
        )
    )

    assert refusal == ("edited-since-approval", "K3")


def test_a_returned_proposal_is_a_draft_with_a_comment(ready, institution_officer, actor_of):
    returned = return_proposal(
        actor=actor_of(institution_officer),
        proposal_id=ready.pk,
        comment="金額を直してください。",
        at=WRITING,
    )

    assert (returned.state, returned.approved_version, returned.return_comment) == (
        "draft",
        "",
        "金額を直してください。",
    )
    assert entry_of(ready) == ("proposals.return_proposal", institution_officer.pk, "K3")


def test_two_teams_do_not_share_a_version(db):
    assert make_ready().version != make_ready().version


LEAD_ACTS = {
    "edit": (edit_proposal, CONTENT),
    "attach": (
        attach_file,
        {"part": "proposal", "name": "x.pdf", "sha256": "0" * 64, "size": 1},
    ),
    "send": (send_to_institution, {}),
    "submit": (submit_proposal, {}),
    "withdraw": (withdraw_submission, {}),
}
INSTITUTION_ACTS = {
    "approve": (approve_proposal, {"version": "0" * 64}),
    "return": (return_proposal, {"comment": "x"}),
}


def barred(act, error, **facts):
    before = rows()
    with pytest.raises(error):
        act(**facts, at=WRITING)
    assert rows() == before


@pytest.mark.parametrize("name", LEAD_ACTS)
def test_a_member_reads_a_proposal_but_the_lead_alone_acts_on_it(ready, actor_of, name):
    member = PersonFactory()
    TeamMember.objects.create(proposal=ready, person=member, role="member")
    act, facts = LEAD_ACTS[name]

    barred(act, NotPermitted, actor=actor_of(member), proposal_id=ready.pk, **facts)


@pytest.mark.parametrize("name", LEAD_ACTS)
def test_the_institution_reads_a_proposal_and_does_not_write_it(
    ready, institution_officer, actor_of, name
):
    act, facts = LEAD_ACTS[name]
    officer = actor_of(institution_officer)

    barred(act, NotPermitted, actor=officer, proposal_id=ready.pk, **facts)


@pytest.mark.parametrize("name", LEAD_ACTS | INSTITUTION_ACTS)
def test_for_strangers_and_the_agency_a_draft_is_not_there_to_act_on(
    ready, agency_officer, actor_of, name
):
    act, facts = (LEAD_ACTS | INSTITUTION_ACTS)[name]

    for person in (PersonFactory(), agency_officer, make_ready().lead):
        barred(act, ObjectDoesNotExist, actor=actor_of(person), proposal_id=ready.pk, **facts)


@pytest.mark.parametrize("name", INSTITUTION_ACTS)
def test_a_lead_does_not_approve_or_return_their_own_proposal(ready, actor_of, name):
    act, facts = INSTITUTION_ACTS[name]

    barred(act, NotPermitted, actor=actor_of(ready.lead), proposal_id=ready.pk, **facts)


@pytest.mark.parametrize("name", INSTITUTION_ACTS)
def test_an_institution_does_not_reach_what_was_not_sent_to_it(draft, actor_of, name):
    act, facts = INSTITUTION_ACTS[name]
    officer = AppointmentFactory(role="institution-officer", organisation=draft.institution).person

    barred(act, ObjectDoesNotExist, actor=actor_of(officer), proposal_id=draft.pk, **facts)


def test_nobody_drafts_from_a_body_that_is_not_theirs(announced, actor_of):
    actor, elsewhere = actor_of(AffiliationFactory().person), OrganisationFactory()

    barred(
        draft_proposal,
        NotPermitted,
        actor=actor,
        call_id=announced.pk,
        institution_id=elsewhere.pk,
        title_ja="題",
    )


def test_nobody_drafts_for_a_call_that_they_cannot_see(announced, actor_of):
    announced.announced_at = None
    announced.save()
    place = AffiliationFactory()

    barred(
        draft_proposal,
        ObjectDoesNotExist,
        actor=actor_of(place.person),
        call_id=announced.pk,
        institution_id=place.organisation_id,
        title_ja="題",
    )
