import uuid
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Event

import pytest
from django.db import connection
from django.urls import reverse
from tests.assurance.secrecy.councils import council_with_item
from tests.councils.factories import NOW
from tests.protected.factories import (
    CANARY,
    DeliveryFactory,
    ReplyFactory,
)

from banso.councils.commands.membership.leave_council import leave_council
from banso.councils.models import Membership
from banso.people.queries.actors import actor_for
from banso.protected.models import Delivery
from banso.protected.queries import received

pytestmark = pytest.mark.usefixtures("plain_delivery")


LOGINS, RACES = 5, 20


def key():
    return {"idempotency_key": str(uuid.uuid4())}


@pytest.mark.assurance("A-24")
def test_after_leaving_every_login_is_refused_and_the_content_is_closed(
    client_for, actor_of, clock
):
    world = council_with_item(recipients=2)
    clock.set(NOW)
    person = world.recipients[0]
    ReplyFactory(offer=world.offers[0])
    browsers = [client_for(person) for _ in range(LOGINS)]
    room = reverse("councils:room", args=[world.council.pk])
    content = reverse("protected:content", args=[world.offers[0].pk])
    opened = browsers[0].post(content, key())
    assert (opened.status_code, CANARY in opened.content.decode()) == (HTTPStatus.CREATED, True)

    leave_council(actor=actor_of(person), membership_id=world.seats[person.pk].pk)

    for browser in browsers:
        assert browser.get(room).status_code == HTTPStatus.NOT_FOUND
        refused = browser.post(content, key())
        assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert CANARY not in refused.content.decode()


@pytest.mark.assurance("A-24")
@pytest.mark.parametrize("answer", ["accept", None])
def test_for_a_leaver_who_received_nothing_the_offer_is_as_absent_as_none(
    client_for, actor_of, clock, answer
):
    world = council_with_item(recipients=2)
    clock.set(NOW)
    person = world.recipients[0]
    if answer:
        ReplyFactory(offer=world.offers[0], answer=answer)
    leave_council(actor=actor_of(person), membership_id=world.seats[person.pk].pk)
    browser = client_for(person)

    for name in ("protected:offer", "protected:content"):
        hidden = browser.post(reverse(name, args=[world.offers[0].pk]), key())
        absent = browser.post(reverse(name, args=[uuid.uuid4()]), key())
        assert (hidden.status_code, hidden.content) == (HTTPStatus.NOT_FOUND, absent.content)
    assert world.item.title not in browser.get(reverse("protected:register")).content.decode()


@pytest.fixture
def plain_connections(transactional_db, monkeypatch):
    """Give every thread a connection of its own; the pool of one process has two."""
    connection.close()
    with monkeypatch.context() as patch:
        patch.delitem(connection.settings_dict["OPTIONS"], "pool")
        yield
        connection.close()


@pytest.mark.assurance("A-24")
def test_no_request_that_starts_after_the_leaving_succeeds_in_a_hundred_races(
    plain_connections, client_for
):
    world = council_with_item(recipients=2)
    person = world.recipients[0]
    ReplyFactory(offer=world.offers[0])
    DeliveryFactory(version=world.version, person=person)
    browsers = [client_for(person) for _ in range(LOGINS)]
    seat, content = world.seats[person.pk], reverse("protected:content", args=[world.offers[0].pk])

    for _ in range(RACES):
        Membership.objects.filter(pk=seat.pk).update(left_at=None)
        left = Event()
        with ThreadPoolExecutor(LOGINS + 1) as pool:
            answers = [
                pool.submit(_ask_until_it_is_over, browser, content, left) for browser in browsers
            ]
            pool.submit(_leave, person.pk, seat.pk, left).result()
        assert [answer.result() for answer in answers] == [
            HTTPStatus.UNPROCESSABLE_ENTITY
        ] * LOGINS


def _ask_until_it_is_over(browser, address, left):
    """Ask again and again; give the answer to the first request that started afterwards."""
    try:
        while True:
            is_over = left.is_set()
            status = browser.post(address, key()).status_code
            if is_over:
                return status
    finally:
        connection.close()


def _leave(person_id, membership_id, left):
    try:
        actor = actor_for(person_id, on=NOW.date())
        leave_council(actor=actor, membership_id=membership_id)
        left.set()
    finally:
        connection.close()


@pytest.mark.assurance("A-28")
def test_when_the_first_byte_is_decrypted_its_delivery_is_committed(
    plain_connections, client_for, monkeypatch
):
    world = council_with_item(recipients=2)
    ReplyFactory(offer=world.offers[0])
    unseal, seen = received.unseal, []

    def look_from_elsewhere(*facts):
        with ThreadPoolExecutor(1) as pool:
            seen.append(pool.submit(_deliveries).result())
        return unseal(*facts)

    monkeypatch.setattr(received, "unseal", look_from_elsewhere)
    content = reverse("protected:content", args=[world.offers[0].pk])

    answer = client_for(world.recipients[0]).post(content, key())

    assert answer.status_code == HTTPStatus.CREATED
    assert seen == [[(world.version.pk, world.recipients[0].pk)]]


def _deliveries():
    try:
        return list(Delivery.objects.values_list("version_id", "person_id"))
    finally:
        connection.close()
