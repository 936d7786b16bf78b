"""A-26 and A-35 over mail (C5): what officers, evaluators and inviters are sent tells no freedom.

Two worlds differ by one use of a freedom. Everything else that happens is the same, is told, is
reminded of and gathered; what each onlooker was told, word for word, has to be the same too.
"""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from tests.assurance.secrecy.councils import council_with_item
from tests.councils.factories import NOW, InvitationFactory
from tests.people.factories import AccountFactory
from tests.projects.factories import TeamChangeFactory

from banso.councils.commands.meetings.hold_meeting import hold_meeting
from banso.councils.commands.membership.accept_invitation import accept_invitation
from banso.councils.commands.membership.decline_invitation import decline_invitation
from banso.councils.commands.membership.invite_member import invite_member
from banso.councils.commands.membership.leave_council import leave_council
from banso.ledger.models import Entry
from banso.notices.models import Message, Notice
from banso.notices.queries.notices import reach_for
from banso.notices.telling.digests import daily_digest, weekly_digest
from banso.notices.telling.following import tell_of
from banso.notices.telling.letters import letter_of
from banso.notices.telling.reminding import remind
from banso.people.queries.actors import actor_for
from banso.projects.commands.acknowledge_team_change import acknowledge_team_change
from banso.projects.commands.end_team_change import end_team_change
from banso.projects.models import TeamChange
from banso.protected.commands.accept_offer import accept_offer
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.release_item import release_item

LATER = NOW + timedelta(days=1)
# Those who organise, invite, judge, fund and direct; the provider knows a room as its member.
ONLOOKERS = ("officer", "agency", "po", "institution", "outsider")


class Work:
    def __init__(self, at):
        self.at, self.subject = at, ""

    def progressed(self, done, total):
        pass


@pytest.fixture
def world(db, clock):
    clock.set(NOW)
    world = council_with_item(recipients=3)
    world.council.meetings.update(number=1)
    everybody = [*world.people.values(), *world.recipients]
    for person in everybody:
        AccountFactory(person=person)
    world.change = TeamChangeFactory(
        project=world.project,
        member=world.project.team.exclude(person=world.project.lead).first(),
        requested_by=world.project.lead,
    )
    return world


def act(command, person, **facts):
    return command(actor=actor_for(person.pk, on=NOW.date()), **facts)


def as_nothing(_world):
    """Nobody uses a freedom."""


def join(world):
    act(accept_invitation, world.people["invited"], membership_id=world.invitation.pk)


def refuse_to_join(world):
    act(decline_invitation, world.people["invited"], membership_id=world.invitation.pk)


def leave(world):
    person = world.people["bystander"]
    act(leave_council, person, membership_id=world.seats[person.pk].pk)


def accept(world):
    act(accept_offer, world.recipients[0], offer_id=world.offers[0].pk)


def decline(world):
    act(decline_offer, world.recipients[0], offer_id=world.offers[0].pk)


def end_the_request(world):
    act(end_team_change, world.change.member.person, change_id=world.change.pk)


def the_rest(world):
    """What others do all the same, so that there is something to be told."""
    officer = world.people["officer"]
    act(
        hold_meeting,
        officer,
        council_id=world.council.pk,
        held_at=NOW + timedelta(days=6),
        agenda=[("information", "見本の議題")],
    )
    act(
        invite_member,
        officer,
        council_id=world.council.pk,
        person_id=world.people["outsider"].pk,
        organisation_id=world.ministry.pk,
        side="needs-side",
    )
    act(release_item, world.people["provider"], item_id=world.item.pk)


def tell_everything():
    with transaction.atomic():
        for entry in Entry.objects.order_by("number").select_related("detail"):
            tell_of(entry, at=NOW)
    for at in (NOW, LATER):
        remind(Work(at))
        daily_digest(Work(at))
        weekly_digest(Work(at))


def sent_to(person):
    """Every mail and notice of a person, word for word, but for the keys that are drawn."""
    mails = [
        (letter.subject, letter.text)
        for message in Message.objects.filter(recipient=person.account.email)
        if (letter := letter_of(message, at=LATER))
    ]
    notices = Notice.objects.filter(person=person)
    return sorted(mails), sorted(notices.values_list("name", "stage", "how", "at"))


def reach_of(person):
    found = reach_for(actor_for(person.pk, on=NOW.date()))
    return [(one.words, one.reached, one.waiting, len(one.not_reached)) for one in found]


def seen_in(world, freedom):
    """Play a world on and undo it, so that the next one begins with the very same rows."""
    begun = transaction.savepoint()
    freedom(world)
    the_rest(world)
    tell_everything()
    seen = {name: sent_to(world.people[name]) for name in ONLOOKERS}
    seen["reach"] = reach_of(world.people["officer"]), reach_of(world.people["provider"])
    transaction.savepoint_rollback(begun)
    return seen


@pytest.mark.assurance("A-26")
@pytest.mark.parametrize(
    "freedom",
    [join, refuse_to_join, leave, accept, decline, end_the_request],
    ids=lambda one: one.__name__,
)
def test_what_onlookers_are_sent_is_the_same_with_and_without_a_freedom(world, freedom):
    without = seen_in(world, as_nothing)
    used = seen_in(world, freedom)

    assert keyless(used) == keyless(without)
    # The world can tell: somebody was sent mail, and the officer sees one act that was counted.
    assert without["outsider"][0]
    assert len(without["reach"][0]) == 1


def keyless(seen):
    """Leave out the ids of rows that each world draws anew, and signed links that hold them."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|Wy[\w-]+:[\w-]+:[\w-]+", "id", repr(seen))


@pytest.mark.assurance("A-35")
def test_the_request_that_was_passed_on_is_told_and_the_one_that_ended_is_not(world):
    agency = world.people["agency"]
    begun = transaction.savepoint()
    act(acknowledge_team_change, world.change.member.person, change_id=world.change.pk)
    tell_everything()
    passed_on = [*Notice.objects.filter(person=agency).values_list("name", flat=True)]
    transaction.savepoint_rollback(begun)
    end_the_request(world)

    tell_everything()

    assert passed_on == ["projects.change_passed_on"]
    assert not Notice.objects.filter(person=agency).exists()
    assert TeamChange.objects.get().ended_at == NOW


@pytest.mark.assurance("A-27")
def test_an_invitation_is_told_to_the_invited_alone(world):
    other = InvitationFactory(council=world.council)
    act(
        invite_member,
        world.people["officer"],
        council_id=world.council.pk,
        person_id=world.people["outsider"].pk,
        organisation_id=world.ministry.pk,
        side="needs-side",
    )

    tell_everything()

    invited = Notice.objects.filter(name="councils.invited").values_list("person", flat=True)
    assert [*invited] == [world.people["outsider"].pk]
    assert not Notice.objects.filter(person=other.person).exists()


@pytest.mark.assurance("A-27")
def test_a_decliner_and_a_silent_recipient_are_told_of_no_release(world):
    accept(world)
    decline_another = world.recipients[1]
    act(decline_offer, decline_another, offer_id=world.offers[1].pk)
    act(release_item, world.people["provider"], item_id=world.item.pk)

    tell_everything()

    assert not Notice.objects.filter(name="protected.released").exists()
