"""What each command writes, what a rule refuses, and who is not permitted."""

import datetime

import pytest
from django.core.exceptions import ObjectDoesNotExist
from tests.calls.factories import (
    CLOSES,
    OPENS,
    PDF,
    WRITING,
    AffiliationFactory,
    AppointmentFactory,
    CallFactory,
    ConceptFactory,
    make_ready,
)
from tests.people.factories import OrganisationFactory, PersonFactory

from banso.calls.commands.announce_call import announce_call
from banso.calls.commands.approve_proposal import approve_proposal
from banso.calls.commands.attach_file import attach_file
from banso.calls.commands.draft_proposal import draft_proposal
from banso.calls.commands.edit_proposal import edit_proposal
from banso.calls.commands.open_call import open_call
from banso.calls.commands.return_proposal import return_proposal
from banso.calls.commands.send_to_institution import send_to_institution
from banso.calls.commands.submit_proposal import submit_proposal
from banso.calls.commands.withdraw_submission import withdraw_submission
from banso.calls.models import Call, CallEdition, Proposal, ProposalFile, Receipt, TeamMember
from banso.ledger.models import Entry
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


def call_facts(concept, **facts):
    return {
        "concept_id": concept.pk,
        "slug": "new-call",
        "fiscal_year": 2027,
        "type": "project",
        "slots": 2,
        "title_ja": "新しい公募",
        "summary_ja": "要約",
        "guidelines_ja": "要領",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "at": OPENS - datetime.timedelta(days=30),
        **facts,
    }


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
def concept(db):
    return ConceptFactory()


@pytest.fixture
def officer(concept, actor_of):
    return actor_of(AppointmentFactory(role="agency-officer", organisation=concept.agency).person)


@pytest.fixture
def announced(concept):
    return CallFactory(concept=concept, opened_at=None)


def test_an_agency_announces_a_call_with_its_guidelines(concept, officer):
    call = announce_call(actor=officer, **call_facts(concept))

    edition = CallEdition.objects.get(call=call)
    assert (call.agency_id, call.state_at(OPENS), call.opened_at) == (
        concept.agency_id,
        "announced",
        None,
    )
    assert (edition.number, edition.text_ja) == (1, "要領")
    assert entry_of(call) == ("calls.announce_call", officer.person_id, "K9")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"slots": 0}, "call-has-no-slot"),
        ({"round": 0}, "call-has-no-round"),
        ({"type": "other"}, "call-has-no-type"),
    ],
)
def test_a_call_without_its_shape_is_not_announced(concept, officer, facts, reason):
    refusal = refused_by(lambda: announce_call(actor=officer, **call_facts(concept, **facts)))

    assert refusal == (reason, "K9")


def test_a_call_does_not_open_before_its_director_is_appointed(announced, officer):
    AppointmentFactory(role="program-director", scope_id=ConceptFactory().pk)

    refusal = refused_by(lambda: open_call(actor=officer, call_id=announced.pk, at=OPENS))

    assert refusal == ("no-director-appointed", "G1")


def test_a_director_of_another_day_does_not_open_a_call(announced, officer):
    AppointmentFactory(
        role="program-director",
        scope_id=announced.concept_id,
        from_on=OPENS.date() + datetime.timedelta(days=1),
    )

    refusal = refused_by(lambda: open_call(actor=officer, call_id=announced.pk, at=OPENS))

    assert refusal == ("no-director-appointed", "G1")


@pytest.mark.parametrize("role", ["program-director", "program-officer"])
def test_a_call_opens_once_its_pd_or_po_is_appointed(announced, officer, role):
    AppointmentFactory(role=role, scope_id=announced.concept_id)

    call = open_call(actor=officer, call_id=announced.pk, at=OPENS)

    assert (call.opened_at, call.state_at(OPENS)) == (OPENS, "open")
    assert entry_of(call) == ("calls.open_call", officer.person_id, "G1")


def test_a_call_that_was_never_announced_does_not_open(announced, officer):
    AppointmentFactory(role="program-officer", scope_id=announced.concept_id)
    announced.announced_at = None
    announced.save()

    refusal = refused_by(lambda: open_call(actor=officer, call_id=announced.pk, at=OPENS))

    assert refusal == ("call-not-announced", "K1")


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
    assert entry_of(proposal) == ("calls.draft_proposal", lead.person_id, "K1")


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
    assert entry_of(draft) == ("calls.edit_proposal", draft.lead_id, "K3")


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
    assert entry_of(ready) == ("calls.attach_file", ready.lead_id, "K2")


def test_sending_answers_the_comment_of_a_return(draft, actor_of):
    Proposal.objects.update(returned_at=OPENS, return_comment="直してください。")

    sent = send_to_institution(actor=actor_of(draft.lead), proposal_id=draft.pk, at=WRITING)

    assert (sent.state, sent.return_comment) == ("with-institution", "")
    assert entry_of(draft) == ("calls.send_to_institution", draft.lead_id, "K3")


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
    assert entry_of(ready) == ("calls.approve_proposal", institution_officer.pk, "K3")


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
    assert entry_of(ready) == ("calls.return_proposal", institution_officer.pk, "K3")


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


def test_only_the_agency_of_a_concept_announces_and_opens_its_calls(concept, announced, actor_of):
    director = AppointmentFactory(role="program-director", scope_id=concept.pk).person
    other = AppointmentFactory(role="agency-officer").person

    for person in (director, other, PersonFactory()):
        facts = call_facts(concept)
        del facts["at"]
        barred(announce_call, NotPermitted, actor=actor_of(person), **facts)
        barred(open_call, NotPermitted, actor=actor_of(person), call_id=announced.pk)
