"""An act is told once, to whom it concerns, as long as they may read it, in their language."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from tests.councils.factories import JAPAN, MembershipFactory
from tests.notices.telling import tell_of_everything, told
from tests.people.factories import AccountFactory, AppointmentFactory, PersonFactory
from tests.proposals.factories import (
    BEFORE_CLOSING,
    ExclusionFactory,
    TeamMemberFactory,
    make_ready,
)
from tests.results.factories import WithholdingFactory
from tests.review.factories import DecisionFactory, LetterFactory

from banso.ledger.models import Entry
from banso.notices.models import Choice, Message, Notice
from banso.notices.telling.following import tell_of
from banso.notices.telling.letters import letter_of
from banso.proposals.commands.institution.return_proposal import return_proposal
from banso.proposals.commands.institution.send_to_institution import send_to_institution
from banso.proposals.models import Proposal
from banso.review.commands.assign_reviewer import assign_reviewer

pytestmark = pytest.mark.usefixtures("own_file_store")


@pytest.fixture
def world(db, clock):
    clock.set(BEFORE_CLOSING)
    proposal = make_ready(title_ja="海洋の観測", title_en="Observing the sea")
    officer = AppointmentFactory(
        role="institution-officer", organisation=proposal.institution
    ).person
    for person in (proposal.lead, officer):
        AccountFactory(person=person)
    return proposal, officer


@pytest.fixture
def returned(world, actor_of):
    proposal, officer = world
    return_proposal(actor=actor_of(officer), proposal_id=proposal.pk, comment="予算の内訳")
    return proposal, officer


def test_a_returned_proposal_is_told_to_its_lead_alone_and_by_mail(returned):
    proposal, _ = returned

    tell_of_everything()
    tell_of_everything()

    assert told() == {("proposals.returned", proposal.lead_id)}
    [notice] = Notice.objects.all()
    assert (notice.kind, notice.how, notice.deadline_at) == (
        "proposals",
        "at-once",
        proposal.call.closes_at,
    )
    assert notice.message.recipient == proposal.lead.account.email
    assert notice.message.text == ""


def test_whoever_acted_is_not_told(world, actor_of):
    proposal, officer = world
    AppointmentFactory(
        role="institution-officer", organisation=proposal.institution, person=proposal.lead
    )
    Proposal.objects.update(sent_to_institution_at=None, approved_version="")
    send_to_institution(actor=actor_of(proposal.lead), proposal_id=proposal.pk)

    tell_of_everything()

    assert told() == {("proposals.to_approve", officer.pk)}


@pytest.mark.parametrize(
    ("language", "subject", "line"),
    [
        (
            "ja",
            "[banso] 所属機関が提案を差し戻しました。理由を確認してください：海洋の観測",
            "期限：",
        ),
        (
            "en",
            "[banso] Your institution returned the proposal with its reasons: Observing the sea",
            "Until: ",
        ),
    ],
)
def test_a_mail_is_in_its_readers_language_and_says_what_where_and_by_when(
    returned, settings, language, subject, line
):
    settings.SITE_ADDRESS = "https://banso.example.jp"
    proposal, _ = returned
    type(proposal.lead).objects.update(language=language)
    tell_of_everything()

    letter = letter_of(Message.objects.get(), at=BEFORE_CLOSING)

    prefix = "/en" if language == "en" else ""
    assert letter.subject == subject
    assert line in letter.text
    assert f"https://banso.example.jp{prefix}/my/proposals/{proposal.pk}/\n" in letter.text
    assert f"https://banso.example.jp{prefix}/my/notices/choices/" in letter.text
    assert "予算の内訳" not in letter.text
    assert letter.headers == {}


@pytest.mark.assurance("A-25")
def test_who_may_no_longer_read_it_when_the_mail_leaves_is_sent_nothing(
    returned, work_through, settings
):
    settings.IS_DEMO, settings.MAIL = True, None
    proposal, _ = returned
    tell_of_everything()
    other = PersonFactory()
    proposal.team.all().delete()
    Proposal.objects.update(lead=other)

    work_through()

    assert [*Message.objects.values_list("state", "text")] == [("withdrawn", "")]


@pytest.mark.assurance("A-25")
def test_an_officer_with_a_conflict_is_not_told(world, actor_of):
    proposal, _ = world
    proposal.submitted_at = proposal.call.opens_at
    proposal.save()
    fair, barred = (
        AppointmentFactory(role="agency-officer", organisation=proposal.call.agency).person
        for _ in range(2)
    )
    ExclusionFactory(proposal=proposal, person=barred)
    reviewer = AppointmentFactory(role="reviewer", organisation=proposal.call.agency).person
    closed = proposal.call.closes_at + timedelta(days=1)
    assign_reviewer(
        actor=actor_of(fair), proposal_id=proposal.pk, person_id=reviewer.pk, at=closed
    )
    [entry] = Entry.objects.all()
    entry.act, entry.actor_id = "review.declare_conflict", reviewer.pk
    entry.detail.text = entry.detail.text.replace('"details":{', '"details":{"conflict":"joint",')

    with transaction.atomic():
        tell_of(entry, at=closed)

    assert told() == {("review.conflict_declared", fair.pk)}


def test_everybody_who_proposed_is_told_of_the_result(world, actor_of):
    proposal, officer = world
    member = TeamMemberFactory(proposal=proposal)
    letter = LetterFactory(proposal=proposal)
    decision = DecisionFactory(proposal=proposal)
    agency = AppointmentFactory(role="agency-officer", organisation=proposal.call.agency).person
    return_proposal(actor=actor_of(officer), proposal_id=proposal.pk, comment="予算の内訳")
    [entry] = Entry.objects.all()
    entry.act, entry.actor_id = "review.decide_proposal", agency.pk
    entry.subject_id = str(decision.pk)

    with transaction.atomic():
        tell_of(entry, at=BEFORE_CLOSING)

    assert told() == {
        ("review.letter", person) for person in (proposal.lead_id, member.person_id, officer.pk)
    }
    assert {one.subject_id for one in Notice.objects.all()} == {str(letter.pk)}
    assert set(Message.objects.values_list("caused_by_id", flat=True)) == {agency.pk}


def test_who_chose_to_gather_gets_no_mail_at_once(returned):
    proposal, _ = returned
    Choice.objects.create(person=proposal.lead, kind="proposals", how="daily")

    tell_of_everything()

    assert [*Notice.objects.values_list("how", "message")] == [("daily", None)]
    assert not Message.objects.exists()


def test_who_has_no_account_is_told_on_the_page_alone(returned):
    proposal, _ = returned
    proposal.lead.account.delete()

    tell_of_everything()

    assert [*Notice.objects.values_list("person", "message")] == [(proposal.lead_id, None)]


def test_what_happened_long_ago_comes_as_no_mail(returned):
    tell_of_everything(at=BEFORE_CLOSING + timedelta(days=3, seconds=1))

    assert [*Notice.objects.values_list("message", flat=True)] == [None]


@pytest.mark.parametrize(("days", "is_seen"), [(30, False), (31, True)])
def test_what_is_long_past_is_listed_as_read(returned, days, is_seen):
    tell_of_everything(at=BEFORE_CLOSING + timedelta(days=days))

    assert [one.seen_at is not None for one in Notice.objects.all()] == [is_seen]


def test_the_end_of_a_request_is_kept_by_its_day_alone(db):
    withholding = WithholdingFactory(state="ended", ended_at=BEFORE_CLOSING)
    member = MembershipFactory(council=withholding.council)
    entry = Entry(
        number=1,
        act="results.answer_withholding",
        actor_id=member.person_id,
        subject_id=str(withholding.pk),
        at=BEFORE_CLOSING,
    )

    with transaction.atomic():
        tell_of(entry, at=BEFORE_CLOSING)

    [notice] = Notice.objects.all()
    assert (notice.person_id, notice.how) == (member.person_id, "daily")
    assert notice.at.astimezone(JAPAN) == datetime(2027, 5, 31, tzinfo=JAPAN)


def test_an_act_whose_details_were_erased_is_told_all_the_same(returned):
    proposal, _ = returned
    [entry] = Entry.objects.all()

    with transaction.atomic():
        tell_of(Entry.objects.defer("detail").get(pk=entry.pk), at=entry.at)

    assert told() == {("proposals.returned", proposal.lead_id)}
