"""Joining and leaving are free: access ends at once, nothing else changes, nobody is told."""

import pytest
from django.db import connection
from django.urls import reverse
from tests.assurance.secrecy.councils import council_with_item, known_to
from tests.assurance.sweep import differing, every_address, sweep
from tests.councils.factories import JOINED, NOW
from tests.protected.factories import (
    ANSWERED,
)

from banso.councils.commands.membership.accept_invitation import accept_invitation
from banso.councils.commands.membership.decline_invitation import decline_invitation
from banso.councils.commands.membership.invite_member import invite_member
from banso.councils.commands.membership.leave_council import leave_council
from banso.councils.models import Membership
from banso.protected.commands.accept_offer import accept_offer
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.open_item import open_item

pytestmark = pytest.mark.usefixtures("plain_delivery")


# What a project, its evaluation and its money consist of.
UNTOUCHED = ("people_", "catalogue_", "calls_", "review_", "projects_", "results_")
EVALUATORS = ("agency", "po", "institution")


def rows_of_projects_and_evaluation():
    """Read every row of every table outside the councils' own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"
        )
        tables = [name for (name,) in cursor.fetchall() if name.startswith(UNTOUCHED)]
        rows = {}
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')  # noqa: S608 - our own tables
            rows[table] = cursor.fetchall()
    assert sum(len(found) for found in rows.values()) > 20
    return rows


@pytest.mark.assurance("A-26")
@pytest.mark.parametrize("act", ["leave", "decline to join"])
def test_leaving_and_not_joining_change_no_row_of_projects_or_evaluation(actor_of, act):
    world = council_with_item(recipients=2)
    person = world.recipients[0]
    acts = {
        "leave": lambda: leave_council(
            actor=actor_of(person), membership_id=world.seats[person.pk].pk, at=NOW
        ),
        "decline to join": lambda: decline_invitation(
            actor=actor_of(world.people["invited"]), membership_id=world.invitation.pk, at=NOW
        ),
    }
    before = rows_of_projects_and_evaluation()

    acts[act]()

    assert rows_of_projects_and_evaluation() == before


def use_every_freedom(world, actor_of):
    """Join, leave, decline to join, decline an item, accept and open one: step by step."""
    person, offers = world.recipients, world.offers
    invited = actor_of(world.people["invited"])
    yield "joined", accept_invitation(actor=invited, membership_id=world.invitation.pk, at=NOW)
    yield (
        "left",
        leave_council(
            actor=actor_of(person[0]), membership_id=world.seats[person[0].pk].pk, at=NOW
        ),
    )
    yield (
        "did not join",
        decline_invitation(
            actor=actor_of(world.second_invitation.person),
            membership_id=world.second_invitation.pk,
            at=NOW,
        ),
    )
    yield (
        "declined an item",
        decline_offer(actor=actor_of(person[1]), offer_id=offers[1].pk, at=ANSWERED),
    )
    yield (
        "accepted an item",
        accept_offer(actor=actor_of(person[2]), offer_id=offers[2].pk, at=ANSWERED),
    )
    yield "opened it", open_item(actor=actor_of(person[2]), item_id=world.item.pk, at=NOW)


@pytest.mark.assurance("A-34")
@pytest.mark.parametrize("evaluator", EVALUATORS)
def test_no_page_of_an_evaluator_differs_by_one_byte(client_for, actor_of, clock, evaluator):
    world = council_with_item(recipients=3)
    clock.set(NOW)
    addresses = every_address(**known_to(world))
    browser = client_for(world.people[evaluator])
    before = sweep(browser, addresses)

    changed = {
        step: differing(before, sweep(browser, addresses))
        for step, _done in use_every_freedom(world, actor_of)
    }

    assert len(changed) == 6
    assert {step: found for step, found in changed.items() if found} == {}


@pytest.mark.assurance("A-34")
def test_the_room_of_which_an_evaluator_is_a_member_differs_in_its_list_alone(
    client_for, actor_of, clock
):
    world = council_with_item(recipients=3)
    clock.set(NOW)
    addresses = every_address(**known_to(world))
    browser = client_for(world.people["bystander"])
    before = sweep(browser, addresses)

    person = world.recipients[0]
    leave_council(actor=actor_of(person), membership_id=world.seats[person.pk].pk, at=NOW)
    decline_invitation(
        actor=actor_of(world.people["invited"]), membership_id=world.invitation.pk, at=NOW
    )

    after = sweep(browser, addresses)
    room = reverse("councils:room", args=[world.council.pk])
    members = reverse("councils:members", args=[world.council.pk])
    forms = {room, members, reverse("protected:offer_item", args=[world.council.pk])}
    assert set(differing(before, after)) <= forms
    assert (
        before[members][2].count('<th scope="row"')
        == after[members][2].count('<th scope="row"') + 1
    )


@pytest.mark.assurance("A-27")
@pytest.mark.parametrize("again", [False, True], ids=["asked-once", "asked-again"])
def test_the_secretariat_cannot_tell_silent_declined_and_left_apart(
    client_for, actor_of, clock, again
):
    world = council_with_item(recipients=2)
    clock.set(NOW)
    asked, officer = world.invitation, world.people["officer"]
    address = reverse("councils:secretariat", args=[world.council.pk])

    def read():
        if again:
            invite_member(
                actor=actor_of(officer),
                council_id=world.council.pk,
                person_id=asked.person_id,
                organisation_id=asked.organisation_id,
                side=asked.side,
                at=NOW,
            )
        answer = sweep(client_for(officer), [address])
        Membership.objects.exclude(pk=asked.pk).filter(person_id=asked.person_id).update(
            invited_at=JOINED, declined_at=JOINED
        )
        return answer

    silent = read()
    Membership.objects.filter(pk=asked.pk).update(declined_at=JOINED)
    declined = read()
    Membership.objects.filter(pk=asked.pk).update(
        declined_at=None, accepted_at=JOINED, left_at=JOINED
    )

    assert silent == declined == read()
