import datetime

import pytest
from tests.protected.factories import (
    ANSWERED,
    CLOSES,
    OFFERED,
    OPENED,
    SILENCE_UNTIL,
    DeliveryFactory,
    ItemFactory,
    OfferFactory,
    ReplyFactory,
    VersionFactory,
)

from banso.councils.models import Membership
from banso.ledger import clock as ledger_clock
from banso.protected.models import ProtectedItem
from banso.protected.queries.offers import offer_for, offers_for
from banso.protected.queries.provided import accepted_count, possible_recipients
from banso.protected.queries.received import received_by

SECOND = datetime.timedelta(seconds=1)


def test_what_waits_is_what_stands_without_an_answer(world, clock):
    clock.set(ANSWERED)
    me = world.people["first"]
    items = {
        "answered": ItemFactory(council=world.council),
        "closed": ItemFactory(council=world.council, answers_until=ANSWERED),
        "released": ItemFactory(council=world.council, released_at=OFFERED),
        "elsewhere": ItemFactory(),
        "waiting": ItemFactory(council=world.council, answers_until=CLOSES - SECOND),
    }
    offers = {name: OfferFactory(item=item, person=me) for name, item in items.items()}
    ReplyFactory(offer=offers["answered"], answer="decline")
    OfferFactory(item=items["waiting"], person=world.people["second"])

    assert list(offers_for(world.first, at=ledger_clock.read_clock())) == [
        offers["waiting"],
        world.offers["first"],
    ]
    assert list(offers_for(world.outsider, at=ledger_clock.read_clock())) == []


@pytest.mark.parametrize(
    ("on", "owes"),
    [
        pytest.param(OPENED, True, id="received"),
        pytest.param(
            datetime.datetime.combine(SILENCE_UNTIL, datetime.time.min, OPENED.tzinfo) - SECOND,
            True,
            id="last-day",
        ),
        pytest.param(
            datetime.datetime.combine(SILENCE_UNTIL, datetime.time.min, OPENED.tzinfo),
            False,
            id="first-day-without",
        ),
    ],
)
def test_the_register_says_what_was_received_and_until_when_silence_is_owed(
    world, clock, on, owes
):
    clock.set(on)
    delivery = DeliveryFactory(version=world.version, person=world.people["first"])
    DeliveryFactory(version=world.version, person=world.people["second"])

    [row] = received_by(world.first, at=ledger_clock.read_clock())

    assert (row.delivery, row.item, row.offer_id, row.owes_silence) == (
        delivery,
        world.item,
        world.offers["first"].pk,
        owes,
    )


def test_a_release_ends_the_duty_and_keeps_the_row(world, clock):
    clock.set(CLOSES)
    DeliveryFactory(version=world.version, person=world.people["first"])
    ProtectedItem.objects.update(released_at=OPENED)

    [row] = received_by(world.first, at=ledger_clock.read_clock())

    assert not row.owes_silence


def test_leaving_keeps_the_register_and_its_duty(world, clock):
    clock.set(CLOSES)
    DeliveryFactory(version=world.version, person=world.people["first"])
    Membership.objects.filter(pk=world.seats["first"].pk).update(left_at=OPENED)

    [row] = received_by(world.first, at=ledger_clock.read_clock())

    assert row.owes_silence
    offered = offer_for(world.first, world.offers["first"].pk, at=ledger_clock.read_clock())
    assert (offered.takes_answers, offered.may_open) == (False, False)


@pytest.mark.parametrize(
    ("recipients", "at", "released_at", "expected"),
    [
        pytest.param(3, CLOSES - SECOND, None, None, id="three-while-it-stands"),
        pytest.param(3, CLOSES, None, 1, id="three-at-closing"),
        pytest.param(3, OPENED, OPENED, 1, id="three-when-released"),
        pytest.param(2, CLOSES, None, None, id="two-at-closing"),
        pytest.param(1, CLOSES, None, None, id="one-at-closing"),
    ],
)
def test_the_provider_sees_one_number_once_closed_and_from_three_on(
    world, clock, recipients, at, released_at, expected
):
    clock.set(at)
    item = ItemFactory(
        council=world.council, provider=world.people["provider"], released_at=released_at
    )
    offers = OfferFactory.create_batch(recipients, item=item)
    ReplyFactory(offer=offers[0], answer="decline")
    ReplyFactory(offer=offers[0], answer="accept", at=OPENED)

    assert accepted_count(world.provider, item, at=ledger_clock.read_clock()) == expected
    with pytest.raises(ProtectedItem.DoesNotExist):
        accepted_count(world.bystander, item, at=ledger_clock.read_clock())


def test_nobody_accepting_is_a_number_too(world, clock):
    clock.set(CLOSES)

    assert accepted_count(world.provider, world.item, at=ledger_clock.read_clock()) == 0


def test_one_who_accepted_and_left_still_counts(world, clock):
    clock.set(CLOSES)
    ReplyFactory(offer=world.offers["first"])
    Membership.objects.filter(pk=world.seats["first"].pk).update(left_at=OPENED)

    assert accepted_count(world.provider, world.item, at=ledger_clock.read_clock()) == 1


def test_a_recipient_is_not_told_the_number(world, clock):
    clock.set(CLOSES)

    with pytest.raises(ProtectedItem.DoesNotExist):
        accepted_count(world.first, world.item, at=ledger_clock.read_clock())


def test_recipients_are_chosen_among_the_others_in_the_room(world):
    VersionFactory()
    Membership.objects.filter(pk=world.seats["third"].pk).update(left_at=OPENED)

    found = possible_recipients(world.provider, world.council.pk)

    assert {seat.person for seat in found} == {
        world.people[name] for name in ("first", "second", "bystander")
    }
    assert list(possible_recipients(world.outsider, world.council.pk)) == []
