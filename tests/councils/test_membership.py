import pytest
from tests.councils.factories import (
    INVITED,
    JOINED,
    NOW,
    InvitationFactory,
    MembershipFactory,
)
from tests.people.factories import OrganisationFactory, PersonFactory

from banso.councils.commands.membership.accept_invitation import accept_invitation
from banso.councils.commands.membership.decline_invitation import decline_invitation
from banso.councils.commands.membership.invite_member import invite_member
from banso.councils.commands.membership.leave_council import leave_council
from banso.councils.models import Council, Membership
from banso.ledger.models import Entry
from banso.rulebook.verdicts import NotPermitted, RuleRefused

ANSWERS = [accept_invitation, decline_invitation]


def entries():
    return list(Entry.objects.values_list("actor_id", "act", "clause", "is_sealed"))


def dates(membership):
    membership.refresh_from_db()
    return membership.accepted_at, membership.declined_at, membership.left_at


def invite(world, person, **facts):
    return invite_member(
        actor=facts.pop("actor", world.officer),
        council_id=world.council.pk,
        person_id=person.pk,
        organisation_id=facts.pop("organisation_id", None) or OrganisationFactory().pk,
        side="research-side",
        at=NOW,
    )


def test_inviting_makes_nobody_a_member(world):
    person = PersonFactory()

    membership = invite(world, person)

    assert (membership.person_id, membership.invited_at) == (person.pk, NOW)
    assert dates(membership) == (None, None, None)
    assert not Membership.objects.in_office().exists()
    assert entries() == [(world.officer.person_id, "councils.invite_member", "C3", True)]


def test_a_member_is_not_invited_again(world):
    member = MembershipFactory(council=world.council)

    with pytest.raises(RuleRefused, match=r"already-a-member \(C3\)"):
        invite(world, member.person)

    assert (Membership.objects.count(), entries()) == (1, [])


@pytest.mark.parametrize(
    "before",
    [
        pytest.param({}, id="silent"),
        pytest.param({"declined_at": JOINED}, id="declined"),
        pytest.param({"accepted_at": JOINED, "left_at": JOINED}, id="left"),
    ],
)
def test_whoever_is_not_a_member_may_be_invited_again(world, before):
    asked = InvitationFactory(council=world.council, **before)
    body = OrganisationFactory()

    invited = invite(world, asked.person, organisation_id=body.pk)

    assert (invited.organisation_id, invited.invited_at, invited.is_invited_or_in_office) == (
        body.pk,
        NOW,
        True,
    )
    assert Membership.objects.waiting().count() == 1
    [entry] = Entry.objects.values_list("subject_type", "subject_id")
    assert entry == ("councils.council", str(world.council.pk))


def test_a_member_of_the_room_invites_nobody(world):
    MembershipFactory(council=world.council, person=world.project.lead)

    with pytest.raises(NotPermitted):
        invite(world, PersonFactory(), actor=world.lead)
    with pytest.raises(Council.DoesNotExist):
        invite(world, PersonFactory(), actor=world.stranger)

    assert (Membership.objects.count(), entries()) == (1, [])


def test_joining_is_a_persons_own_dated_consent(world, actor_of):
    asked = InvitationFactory(council=world.council)

    joined = accept_invitation(actor=actor_of(asked.person), membership_id=asked.pk, at=NOW)

    assert dates(joined) == (NOW, None, None)
    assert entries() == [(asked.person_id, "councils.accept_invitation", "C3", True)]


def test_declining_asks_no_reason(world, actor_of):
    asked = InvitationFactory(council=world.council)

    declined = decline_invitation(actor=actor_of(asked.person), membership_id=asked.pk, at=NOW)

    assert dates(declined) == (None, NOW, None)
    assert entries() == [(asked.person_id, "councils.decline_invitation", "C3", True)]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("who", ["officer", "stranger"])
def test_an_invitation_does_not_exist_for_anybody_else(world, answer, who):
    asked = InvitationFactory(council=world.council)

    with pytest.raises(Membership.DoesNotExist):
        answer(actor=getattr(world, who), membership_id=asked.pk, at=NOW)

    assert dates(asked) == (None, None, None)
    assert entries() == []


@pytest.mark.parametrize("act", [*ANSWERS, leave_council])
def test_one_member_does_not_act_for_another_whom_they_see(world, actor_of, act):
    mine, other = MembershipFactory.create_batch(2, council=world.council)

    with pytest.raises(NotPermitted):
        act(actor=actor_of(mine.person), membership_id=other.pk, at=NOW)

    assert dates(other) == (JOINED, None, None)
    assert entries() == []


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize(
    ("before", "reason"),
    [
        pytest.param({"declined_at": JOINED}, "not-invited", id="declined"),
        pytest.param({"accepted_at": JOINED, "left_at": JOINED}, "not-invited", id="left"),
        pytest.param({"accepted_at": JOINED}, "already-a-member", id="member"),
    ],
)
def test_an_invitation_that_does_not_stand_takes_no_answer(
    world, actor_of, answer, before, reason
):
    asked = InvitationFactory(council=world.council, **before)
    kept = dates(asked)

    with pytest.raises(RuleRefused, match=rf"{reason} \(C3\)"):
        answer(actor=actor_of(asked.person), membership_id=asked.pk, at=NOW)

    assert dates(asked) == kept
    assert entries() == []


def test_leaving_ends_the_membership_and_nothing_else(world, actor_of):
    member = MembershipFactory(council=world.council)

    left = leave_council(actor=actor_of(member.person), membership_id=member.pk, at=NOW)

    assert dates(left) == (JOINED, None, NOW)
    assert left.invited_at == INVITED
    assert entries() == [(member.person_id, "councils.leave_council", "C4", True)]


def test_a_representative_who_leaves_is_to_be_replaced(world):
    Council.objects.update(
        representative_id=world.lead.person_id, representative_consented_at=JOINED
    )
    seat = MembershipFactory(council=world.council, person=world.project.lead)

    leave_council(actor=world.lead, membership_id=seat.pk, at=NOW)

    world.council.refresh_from_db()
    assert world.council.representative_id is None
    assert world.council.representative_consented_at is None
    assert not world.council.has_representative_in_office


def test_another_member_who_leaves_takes_no_representative_along(world, actor_of):
    Council.objects.update(representative_id=world.lead.person_id)
    member = MembershipFactory(council=world.council)

    leave_council(actor=actor_of(member.person), membership_id=member.pk, at=NOW)

    world.council.refresh_from_db()
    assert world.council.representative_id == world.lead.person_id


@pytest.mark.parametrize(
    "before",
    [
        pytest.param({}, id="invited"),
        pytest.param({"declined_at": JOINED}, id="declined"),
        pytest.param({"accepted_at": JOINED, "left_at": JOINED}, id="left"),
    ],
)
def test_only_a_member_leaves(world, actor_of, before):
    asked = InvitationFactory(council=world.council, **before)
    kept = dates(asked)

    with pytest.raises(RuleRefused, match=r"not-a-member \(C4\)"):
        leave_council(actor=actor_of(asked.person), membership_id=asked.pk, at=NOW)

    assert dates(asked) == kept
    assert entries() == []
