"""What reaches a person in confidence, and what nobody learns of their answer (S1-S4, AS-1)."""

import datetime
import re
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.assurance.secrecy.councils import council_with_item, known_to
from tests.assurance.sweep import differing, every_address, sweep
from tests.protected.factories import (
    ANSWERED,
    CLOSES,
    OPENED,
)

from banso.protected.commands.accept_offer import accept_offer
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.open_item import open_item

SECOND = datetime.timedelta(seconds=1)

pytestmark = pytest.mark.usefixtures("plain_delivery")


# Pages about calls and the public record; the evaluators' are compared in test_membership.
ELSEWHERE = ("/accounts/", "/my/proposals/", "/my/approvals/", "/my/desk/", "/rules/", "/meetings")
INSTANT = re.compile(r"'\d{4}-\d\d-\d\d[^']*'::timestamptz")
OTHERS = ("provider", "bystander", "officer", "other recipient")


@pytest.mark.assurance("A-27")
@pytest.mark.parametrize("recipients", [2, 3])
def test_declined_and_silent_are_byte_equal_to_everyone_else(
    client_for, actor_of, clock, recipients
):
    world = council_with_item(recipients=recipients)
    world.people["other recipient"] = world.recipients[1]
    decliner, offer_id = actor_of(world.recipients[0]), world.offers[0].pk
    silent = while_it_stands_and_closed(world, client_for, clock, OTHERS)

    decline_offer(actor=decliner, offer_id=offer_id, at=ANSWERED)
    declined = while_it_stands_and_closed(world, client_for, clock, OTHERS)
    accept_offer(actor=decliner, offer_id=offer_id, at=ANSWERED + SECOND)
    decline_offer(actor=decliner, offer_id=offer_id, at=ANSWERED + 2 * SECOND)
    declined_again = while_it_stands_and_closed(world, client_for, clock, OTHERS)

    assert differing(silent, declined) == []
    assert differing(silent, declined_again) == []
    assert len(silent) > 20 * len(OTHERS)
    assert any(
        status == HTTPStatus.OK and world.item.title in body
        for (_at, name, _address), (status, _headers, body) in silent.items()
        if name == "provider"
    )


@pytest.mark.assurance("A-27")
@pytest.mark.parametrize("recipients", [1, 2])
def test_of_one_or_two_recipients_the_provider_cannot_tell_who_accepted_or_opened(
    client_for, actor_of, clock, recipients
):
    world = council_with_item(recipients=recipients)
    others = ("provider", "bystander")
    silent = while_it_stands_and_closed(world, client_for, clock, others)

    recipient = actor_of(world.recipients[0])
    accept_offer(actor=recipient, offer_id=world.offers[0].pk, at=ANSWERED)
    open_item(actor=recipient, item_id=world.item.pk, at=OPENED)

    accepted = while_it_stands_and_closed(world, client_for, clock, others)
    assert differing(silent, accepted) == []


@pytest.mark.assurance("A-27")
def test_of_three_the_provider_sees_one_number_once_closed_and_nobody_else_does(
    client_for, actor_of, clock
):
    world = council_with_item(recipients=3)
    world.people["other recipient"] = world.recipients[1]
    silent = while_it_stands_and_closed(world, client_for, clock, OTHERS)

    accept_offer(actor=actor_of(world.recipients[0]), offer_id=world.offers[0].pk, at=ANSWERED)

    accepted = while_it_stands_and_closed(world, client_for, clock, OTHERS)
    assert differing(silent, accepted) == [
        (CLOSES, "provider", reverse("protected:provided")),
        (CLOSES, "provider", reverse("protected:item", args=[world.item.pk])),
    ]


def while_it_stands_and_closed(world, client_for, clock, names):
    """Read what councils and their items show, before and after the offer closes."""
    addresses = [
        address
        for address in every_address(**known_to(world))
        if not address.startswith(ELSEWHERE) or address == "/my/"
    ]
    found = {}
    for at in (OPENED, CLOSES):
        clock.set(at)
        for name in names:
            answers = sweep(client_for(world.people[name]), addresses)
            found |= {(at, name, address): answer for address, answer in answers.items()}
    return found


@pytest.mark.assurance("A-06")
def test_declined_and_silent_cost_the_provider_the_same_queries(client_for, actor_of, clock):
    world = council_with_item(recipients=3)
    clock.set(CLOSES)
    browser = client_for(world.people["provider"])
    address = reverse("protected:item", args=[world.item.pk])

    def statements():
        with CaptureQueriesContext(connection) as seen:
            browser.get(address)
        return [INSTANT.sub("", query["sql"]) for query in seen]

    silent = statements()
    decline_offer(actor=actor_of(world.recipients[0]), offer_id=world.offers[0].pk, at=ANSWERED)

    assert statements() == silent
