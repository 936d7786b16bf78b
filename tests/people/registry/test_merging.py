"""Two records of one become one, by two people, with everything that refers to them (O3)."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from tests.councils.factories import MembershipFactory
from tests.people.factories import (
    AccountFactory,
    AffiliationFactory,
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.people.registry.conftest import DAY, NOON, officer_of
from tests.proposals.factories import ProposalFactory, TeamMemberFactory

from banso.ledger.models import Entry
from banso.ledger.queries import own_entries
from banso.people.commands.merging.confirm_merging import confirm_merging
from banso.people.commands.merging.propose_merging import propose_merging
from banso.people.commands.merging.withdraw_merging import withdraw_merging
from banso.people.commands.persons.correct_person import correct_person
from banso.people.models import Account, Merging, Organisation, Person
from banso.people.queries.actors import actor_for
from banso.people.queries.records.history import history_of
from banso.rulebook.verdicts import NotPermitted, RuleRefused


@pytest.fixture
def colleague(university):
    return officer_of(university, "institution-officer")


@pytest.fixture
def again(university):
    """The researcher once more, entered by mistake."""
    person = PersonFactory(family_name="高橋", given_name="一郎", erad_number="12345678")
    AffiliationFactory(person=person, organisation=university, unit="工学部")
    return person


def proposed(actor, kept, gone, **facts):
    return propose_merging(
        actor=actor, kept_id=kept.pk, gone_id=gone.pk, values={}, at=NOON, **facts
    )


def merged(first, second, kept, gone, **facts):
    merging = proposed(first, kept, gone, **facts)
    return confirm_merging(actor=second, merging_id=merging.pk, at=NOON)


def test_everything_follows_to_the_record_that_stays(officer, colleague, researcher, again):
    proposal = ProposalFactory(lead=again)
    place = TeamMemberFactory(proposal=proposal, person=again)
    membership = MembershipFactory(person=again)
    AppointmentFactory(person=again, role="reviewer")

    merging = proposed(officer, researcher, again)
    merging.values = {"erad_number": "12345678", "family_name": "髙橋"}
    merging.save()
    confirm_merging(actor=colleague, merging_id=merging.pk, at=NOON)

    for row in (researcher, again, proposal, place, membership):
        row.refresh_from_db()
    assert (proposal.lead, place.person, membership.person) == (researcher,) * 3
    assert (researcher.erad_number, again.erad_number, again.merged_into) == (
        "12345678",
        "",
        researcher,
    )
    assert (researcher.affiliations.count(), again.affiliations.count()) == (2, 0)
    assert researcher.appointments.get().role == "reviewer"
    assert [str(step.act) for step in history_of(researcher)][:2] == ["統合", "統合の提案"]
    assert list(Entry.objects.order_by("number").values_list("act", "clause")) == [
        ("people.propose_merging", "O3"),
        ("people.confirm_merging", "O3"),
    ]


def test_a_record_is_never_merged_into_itself(officer, researcher):
    with pytest.raises(RuleRefused, match="merged-into-itself"):
        proposed(officer, researcher, researcher)

    assert (Merging.objects.exists(), Entry.objects.exists()) == (False, False)


def test_one_person_alone_merges_nothing(officer, researcher, again):
    merging = proposed(officer, researcher, again)

    with pytest.raises(RuleRefused, match="merging-needs-two-people"):
        confirm_merging(actor=officer, merging_id=merging.pk, at=NOON)

    again.refresh_from_db()
    assert (again.merged_into, again.affiliations.count()) == (None, 1)


def test_nobody_merges_what_they_cannot_correct(officer, agency_officer, researcher, stranger):
    with pytest.raises(Person.DoesNotExist):
        proposed(officer, researcher, stranger)
    AppointmentFactory(
        person=stranger, organisation_id=min(agency_officer.agencies), role="reviewer"
    )
    AppointmentFactory(
        person=researcher, organisation_id=min(agency_officer.agencies), role="reviewer"
    )
    with pytest.raises(NotPermitted):
        proposed(agency_officer, researcher, stranger)


def test_a_merged_record_is_merged_no_more(officer, colleague, operator, researcher, again):
    other = PersonFactory(kept_by=researcher.affiliations.get().organisation)
    waiting = proposed(officer, other, again)
    merged(officer, colleague, researcher, again)

    with pytest.raises((RuleRefused, Merging.DoesNotExist)):
        confirm_merging(actor=operator, merging_id=waiting.pk, at=NOON)


def test_both_in_one_team_are_settled_there_first(officer, researcher, again):
    proposal = ProposalFactory()
    for person in (researcher, again):
        TeamMemberFactory(proposal=proposal, person=person)

    with pytest.raises(RuleRefused, match="both-records-in-one-place") as refused:
        proposed(officer, researcher, again)

    assert "研究体制" in str(refused.value.verdict.facts["places"])


@pytest.mark.assurance("A-34")
def test_whether_both_are_in_one_council_is_told_to_nobody(officer, colleague, researcher, again):
    first = MembershipFactory(person=researcher)
    MembershipFactory(person=again, council=first.council)

    merged(officer, colleague, researcher, again)

    assert list(first.council.memberships.filter(person=researcher)) == [first]
    assert (
        "council" not in "".join(Entry.objects.values_list("detail__text", flat=True)).casefold()
    )


def test_of_two_accounts_the_one_of_the_record_that_stays_can_sign_in(
    officer, colleague, researcher, again
):
    ours, theirs = AccountFactory(person=researcher), AccountFactory(person=again)

    merged(officer, colleague, researcher, again)

    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert (ours.is_active, theirs.is_active, theirs.person) == (True, False, again)


def test_the_only_account_comes_along(officer, colleague, researcher, again):
    account = AccountFactory(person=again)

    merged(officer, colleague, researcher, again)

    assert Account.objects.get(person=researcher) == account


def test_what_was_done_before_stays_on_record_and_is_ones_own(
    officer, colleague, researcher, again
):
    correct_person(
        actor=actor_for(again.pk, on=DAY),
        person_id=again.pk,
        values={"family_name_en": "Takahashi"},
        at=NOON,
    )
    before = Entry.objects.values("id", "actor_id", "commitment").get()

    merged(officer, colleague, researcher, again)

    actor = actor_for(researcher.pk, on=DAY)
    assert Entry.objects.filter(**before).exists()
    assert actor.selves == {researcher.pk, again.pk}
    assert [one.id for one in own_entries(*actor.selves)] == [before["id"]]


def test_a_withdrawn_proposal_leaves_both_as_they_are(officer, colleague, researcher, again):
    merging = proposed(officer, researcher, again)

    withdraw_merging(actor=officer, merging_id=merging.pk, at=NOON)

    with pytest.raises(Merging.DoesNotExist):
        confirm_merging(actor=colleague, merging_id=merging.pk, at=NOON)


def test_two_bodies_become_one(
    agency_officer, other_agency_officer, university, college, stranger
):
    merging = proposed(agency_officer, university, college, are_bodies=True)
    merging.values = {"name_ja": college.name_ja}
    merging.save()

    confirm_merging(actor=other_agency_officer, merging_id=merging.pk, at=NOON)

    university.refresh_from_db()
    college.refresh_from_db()
    assert (university.name_ja, college.merged_into) == ("別の学院", university)
    assert stranger.affiliations.get().organisation == university
    assert Organisation.objects.standing().filter(kind="institution").count() == 1


def test_a_body_of_the_program_is_not_merged_away(operator, agency):
    from banso.catalogue.models import ProgramBody  # noqa: PLC0415 - beside its one use

    other = OrganisationFactory(kind="funding-agency")
    ProgramBody.objects.create(organisation=agency, part="funds")

    with pytest.raises(RuleRefused, match="both-records-in-one-place"):
        proposed(operator, other, agency, are_bodies=True)


def test_two_records_are_compared_and_merged_on_pages(
    client_for, clock, officer, colleague, researcher, again
):
    clock.set(NOON)
    first, second = client_for(officer.person_id), client_for(colleague.person_id)

    page = first.get(reverse("registry:person", args=[researcher.pk])).text
    address = reverse("registry:merge_persons", args=[researcher.pk, again.pk])
    side = first.get(address).text
    chosen = {
        "family_name": "kept",
        "family_name_kana": "kept",
        "family_name_en": "kept",
        "given_name_en": "kept",
        "erad_number": "gone",
    }
    first.post(address, chosen)
    confirm = reverse("registry:merging", args=[Merging.objects.get().pk])
    own = first.get(confirm).text
    second.post(confirm)

    researcher.refresh_from_db()
    assert address in page
    assert all(words in side for words in ("髙橋", "高橋", "12345678", "取り消すことはできません"))
    assert "二つの記録を統合する" not in own
    assert (researcher.family_name, researcher.erad_number) == ("髙橋", "12345678")
    assert (
        second.get(reverse("registry:person", args=[again.pk])).status_code == HTTPStatus.NOT_FOUND
    )


def test_a_record_is_compared_with_itself_and_refused_with_the_rule(
    client_for, clock, officer, researcher
):
    clock.set(NOON)

    refused = client_for(officer.person_id).post(
        reverse("registry:merge_persons", args=[researcher.pk, researcher.pk])
    )

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "一つの記録をそれ自身に統合することはできません" in refused.text
