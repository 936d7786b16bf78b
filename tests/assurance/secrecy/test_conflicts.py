"""A-18, A-19 (V2): whoever has a conflict learns nothing about that proposal."""

import re
from http import HTTPStatus

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override
from tests.assurance.sweep import differing, every_address, sweep
from tests.people.factories import (
    AffiliationFactory,
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.review.factories import (
    IN_REVIEW,
    AssessmentFactory,
    AssignmentFactory,
    CallFactory,
    DecisionFactory,
    ExaminationFactory,
    ExclusionFactory,
    LetterFactory,
    ProposalFactory,
    ProposalFileFactory,
    ReceiptFactory,
    TeamMemberFactory,
)

from banso.people.models import Affiliation, Organisation, Person
from banso.review.commands.declare_conflict import declare_conflict

CANARIES = (
    "秘匿課題",
    "Hidden title",
    "秘匿要旨",
    "秘匿所見",
    "秘匿措置",
    "秘匿理由",
    "秘匿 太郎",
)
KEYS = re.compile(r'name="(csrfmiddlewaretoken|idempotency_key)" value="[^"]*"')


def address(name, *ids):
    with override("ja"):
        return reverse(name, args=ids)


@pytest.fixture(autouse=True)
def _in_review(clock, settings):
    clock.set(IN_REVIEW)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]


@pytest.fixture
def call(db):
    return CallFactory()


@pytest.fixture
def hidden(call):
    """A received proposal whose every word is a canary."""
    proposal = ProposalFactory(
        call=call, title_ja="秘匿課題", title_en="Hidden title", abstract="秘匿要旨"
    )
    member = PersonFactory(family_name="秘匿", given_name="太郎")
    TeamMemberFactory(proposal=proposal, person=member)
    ProposalFileFactory(proposal=proposal)
    return proposal


@pytest.fixture
def officer(call):
    return AppointmentFactory(role="agency-officer", organisation=call.agency).person


@pytest.fixture
def director(call):
    return AppointmentFactory(
        role="program-director", organisation=call.agency, scope_id=call.concept_id
    ).person


@pytest.fixture
def reviewer(call):
    return AppointmentFactory(role="reviewer", organisation=call.agency).person


def judge(proposal):
    """Everything that review can add to a proposal."""
    AssessmentFactory(
        assignment__proposal=proposal,
        assignment__person=PersonFactory(family_name="秘匿", given_name="太郎"),
        comment="秘匿所見",
    )
    ExaminationFactory(proposal=proposal, measures="秘匿措置")
    DecisionFactory(proposal=proposal)
    LetterFactory(proposal=proposal, reasons="秘匿理由", measures="秘匿措置")


def lists_of(proposal):
    return [
        address("review:reviews"),
        address("review:desk"),
        address("review:desk_call", proposal.call.slug),
        address("review:letters"),
        address("projects:desk"),
        address("projects:my_projects"),
    ]


def pages_of(proposal):
    letter = getattr(proposal, "letter", None)
    return [
        address("review:desk_proposal", proposal.pk),
        address("review:desk_file", proposal.pk, "proposal"),
        address("projects:start", proposal.pk),
        *([address("review:letter", letter.pk)] if letter else []),
        *(
            address(name, assignment.pk)
            for assignment in proposal.assignments.all()
            for name in ("review:assignment", "review:assess")
        ),
    ]


def seen_by(browser, addresses):
    return [
        (response.status_code, KEYS.sub("", response.text))
        for response in map(browser.get, addresses)
    ]


@pytest.mark.assurance("A-18")
def test_declaring_a_conflict_takes_everything_away_at_once(
    reviewer, hidden, client_for, actor_of
):
    judge(hidden)
    task = AssignmentFactory(
        proposal=hidden, person=reviewer, pledged_at=IN_REVIEW, declared_at=IN_REVIEW
    )
    AssessmentFactory(assignment=task, comment="秘匿所見")
    # The strictest case: the same person also runs the call.
    AppointmentFactory(person=reviewer, role="agency-officer", organisation=hidden.call.agency)
    browser = client_for(reviewer)
    before = "".join(text for _, text in seen_by(browser, lists_of(hidden) + pages_of(hidden)[:1]))

    declare_conflict(actor=actor_of(reviewer), assignment_id=task.pk, conflict="kin", at=IN_REVIEW)

    shown = seen_by(browser, lists_of(hidden))
    assert {word for word in CANARIES if word in before} >= {"秘匿課題", "秘匿要旨", "秘匿所見"}
    assert [status for status, _ in shown] == [HTTPStatus.OK] * len(shown)
    assert not [word for word in CANARIES for _, text in shown if word in text]
    closed = seen_by(browser, pages_of(hidden))
    assert {status for status, _ in closed} == {HTTPStatus.NOT_FOUND}
    assert not [word for word in CANARIES for _, text in closed if word in text]


@pytest.mark.assurance("A-19")
@pytest.mark.parametrize("role", ["officer", "director"])
def test_nothing_that_a_conflicted_person_sees_changes_with_hidden_judging(
    request, role, hidden, client_for
):
    person = request.getfixturevalue(role)
    ExclusionFactory(proposal=hidden, person=person)
    beside = ProposalFactory(call=hidden.call, title_ja="見える課題")
    AssessmentFactory(assignment__proposal=beside)
    browser = client_for(person)
    before = seen_by(browser, lists_of(hidden))

    judge(hidden)

    assert seen_by(browser, lists_of(hidden)) == before
    assert "見える課題" in "".join(text for _, text in before)


@pytest.mark.assurance("A-19")
@pytest.mark.parametrize("role", ["officer", "director"])
def test_a_hidden_proposal_is_as_if_it_did_not_exist(request, role, call, client_for):
    person = request.getfixturevalue(role)
    browser = client_for(person)
    addresses = [address("review:desk"), address("review:desk_call", call.slug)]
    empty = seen_by(browser, addresses)

    hidden = ProposalFactory(call=call, title_ja="秘匿課題")
    ExclusionFactory(proposal=hidden, person=person)
    judge(hidden)

    assert seen_by(browser, addresses) == empty


def hide(call, institution, member):
    proposal = ProposalFactory(call=call, institution=institution, title_ja="秘匿課題")
    TeamMemberFactory(proposal=proposal, person=member)
    ProposalFileFactory(proposal=proposal)
    ReceiptFactory(proposal=proposal)
    judge(proposal)
    return proposal


def addresses_about(proposal):
    return every_address(
        slug=[proposal.call.slug],
        proposal_id=[proposal.pk],
        assignment_id=[one.pk for one in proposal.assignments.all()],
        letter_id=[proposal.letter.pk],
        file_id=[one.pk for one in proposal.files.all()],
        part=["proposal"],
        number=[one.number for one in proposal.receipts.all()],
    )


def who_is_known():
    """Who people are and where they belong: the registry's, and no fact of a proposal."""
    return [(model, list(model.objects.all())) for model in (Organisation, Person, Affiliation)]


def make_known(known):
    for model, rows in known:
        there = set(model.objects.values_list("pk", flat=True))
        model.objects.bulk_create(row for row in rows if row.pk not in there)


@pytest.mark.assurance("A-19")
@pytest.mark.parametrize("tie", ["declared", "institution", "co-investigator"])
@pytest.mark.parametrize("role", ["officer", "director"])
def test_no_address_tells_a_conflicted_person_that_the_proposal_exists(
    request, role, tie, call, client_for
):
    person = request.getfixturevalue(role)
    institution, member = OrganisationFactory(), AffiliationFactory()
    shared = {"institution": institution, "co-investigator": member.organisation}
    if tie in shared:
        AffiliationFactory(person=person, organisation=shared[tie])
    browser = client_for(person)
    without_it = transaction.savepoint()
    hidden = hide(call, institution, member.person)
    if tie == "declared":
        ExclusionFactory(proposal=hidden, person=person)
    addresses = addresses_about(hidden)

    present, known = sweep(browser, addresses), who_is_known()
    transaction.savepoint_rollback(without_it)
    make_known(known)

    assert differing(present, sweep(browser, addresses)) == []
    assert len([one for one in addresses if str(hidden.pk) in one]) > len(present) // 20
