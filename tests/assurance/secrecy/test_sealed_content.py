import datetime
import uuid
from http import HTTPStatus

import pytest
from cryptography.exceptions import InvalidTag
from django.db import IntegrityError, connection
from django.urls import reverse
from tests.assurance.secrecy.councils import council_with_item, known_to
from tests.assurance.sweep import every_address, sweep
from tests.councils.factories import CouncilFactory, MembershipFactory
from tests.protected.factories import (
    ANSWERED,
    CANARY,
    OPENED,
    DeliveryFactory,
    ItemFactory,
    OfferFactory,
    ReplyFactory,
    VersionFactory,
)

from banso.ledger.models import Entry
from banso.protected.commands import open_item as opening
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.open_item import open_item
from banso.protected.commands.release_item import release_item
from banso.protected.models import Delivery, ItemVersion, Reply
from banso.protected.queries import received
from banso.protected.queries.received import content_for, received_by

SECOND = datetime.timedelta(seconds=1)

pytestmark = pytest.mark.usefixtures("plain_delivery")


TEXT_OF_EVERY_TABLE = """
SELECT format('SELECT %L, t::text FROM %I t', table_name, table_name)
  FROM information_schema.tables
 WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
"""


def key():
    return {"idempotency_key": str(uuid.uuid4())}


@pytest.fixture
def swept(client_for, clock):
    """A council in which one accepted and opened, one declined, one is silent, one left."""
    world = council_with_item(recipients=4)
    clock.set(OPENED)
    accepting, declining, _silent, leaving = world.recipients
    for person, answer in ((accepting, "accept"), (declining, "decline"), (leaving, "accept")):
        [offer] = [offer for offer in world.offers if offer.person_id == person.pk]
        ReplyFactory(offer=offer, answer=answer)
    DeliveryFactory(version=world.version, person=leaving)
    world.seats[leaving.pk].left_at = OPENED
    world.seats[leaving.pk].save()
    names = ("acceptor", "decliner", "silent", "leaver")
    world.people |= dict(zip(names, world.recipients, strict=True))
    return world


@pytest.mark.assurance("A-04")
@pytest.mark.assurance("A-27")
@pytest.mark.parametrize("viewer", ["decliner", "silent", "leaver", "outsider"])
def test_no_address_and_no_method_shows_the_content_to_whoever_did_not_accept(
    swept, client_for, viewer
):
    browser = client_for(swept.people[viewer])
    before = set(Delivery.objects.all())

    for address in every_address(**known_to(swept)):
        answers = [browser.get(address), browser.head(address), browser.options(address)]
        if not address.startswith("/accounts/") and "/leave/" not in address:
            answers.append(browser.post(address, key()))
        for answer in answers:
            body = b"".join(answer) if answer.streaming else answer.content
            assert CANARY.encode() not in body, address
            assert CANARY not in repr(answer.headers), address

    assert set(Delivery.objects.all()) == before


@pytest.mark.assurance("A-04")
@pytest.mark.parametrize(
    "viewer", ["provider", "bystander", "invited", "officer", "agency", "po", "lead", "acceptor"]
)
def test_no_address_shows_the_content_by_merely_visiting(swept, client_for, viewer):
    answers = sweep(client_for(swept.people[viewer]), every_address(**known_to(swept)))

    assert [address for address, answer in answers.items() if CANARY in repr(answer)] == []
    assert Delivery.objects.count() == 1


@pytest.mark.assurance("A-82")
def test_no_table_holds_the_content_after_it_was_offered_refused_accepted_and_opened(
    client_for, clock, caplog
):
    world = council_with_item(recipients=2)
    clock.set(ANSWERED)
    provider = client_for(world.people["provider"])
    offer_page = reverse("protected:offer_item", args=[world.council.pk])
    recipient = world.recipients[0]
    facts = {
        **{"title": "別の項目", "card": "別のカード", "origin": "見本庁", "scope": "一項目"},
        **{"period": "until-released", "marking": "", "content": CANARY},
        **{"answers_until_year": "2028", "answers_until_month": "7", "answers_until_day": "1"},
        "recipients": [str(world.seats[recipient.pk].pk)],
    }
    refused = provider.post(offer_page, facts | {"marking": "特定秘密"} | key())
    offered = provider.post(offer_page, facts | key())
    item_offer = recipient.offers.exclude(item=world.item).get()
    browser = client_for(recipient)
    browser.post(reverse("protected:offer", args=[item_offer.pk]), {"answer": "accept"} | key())

    opened = browser.post(reverse("protected:content", args=[item_offer.pk]), key())

    assert (refused.status_code, offered.status_code, opened.status_code) == (422, 303, 201)
    assert CANARY in opened.content.decode()
    assert tables_holding(CANARY) == set()
    assert CANARY not in caplog.text


def tables_holding(text):
    """Search every column of every table, bytes in hexadecimal as well."""
    wanted = (text, text.encode().hex(), text.encode("unicode_escape").decode())
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(TEXT_OF_EVERY_TABLE)
        statements = [statement for (statement,) in cursor.fetchall()]
        assert len(statements) > 30
        for statement in statements:
            cursor.execute(statement)
            found |= {
                table for table, row in cursor.fetchall() if any(part in row for part in wanted)
            }
    return found


def test_the_search_of_tables_finds_what_is_there(db):
    item = ItemFactory(card=f"{CANARY}です")
    ItemVersion.objects.create(
        item=item,
        number=7,
        nonce=b"",
        ciphertext=CANARY.encode(),
        wrapped_key=b"",
        sealed_at=OPENED,
    )

    assert tables_holding(CANARY) == {"protected_protecteditem", "protected_itemversion"}


@pytest.mark.assurance("A-28")
def test_a_delivery_that_cannot_be_written_sends_no_byte(client_for, clock, monkeypatch):
    world = council_with_item(recipients=2)
    clock.set(OPENED)
    ReplyFactory(offer=world.offers[0])
    taken = DeliveryFactory(version=world.version, person=world.recipients[1])
    unsealed = []
    monkeypatch.setattr(opening, "_delivery_number", lambda _at: taken.number)
    monkeypatch.setattr(received, "unseal", lambda *facts: unsealed.append(facts))
    browser = client_for(world.recipients[0])
    browser.raise_request_exception = False

    answer = browser.post(reverse("protected:content", args=[world.offers[0].pk]), key())

    assert answer.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert CANARY.encode() not in answer.content
    assert (unsealed, list(Delivery.objects.all())) == ([], [taken])
    assert not Entry.objects.exists()


@pytest.mark.assurance("A-28")
def test_a_delivery_that_cannot_be_written_is_the_databases_refusal(actor_of, monkeypatch):
    world = council_with_item(recipients=2)
    ReplyFactory(offer=world.offers[0])
    taken = DeliveryFactory(version=world.version, person=world.recipients[1])
    monkeypatch.setattr(opening, "_delivery_number", lambda _at: taken.number)

    with pytest.raises(IntegrityError):
        open_item(actor=actor_of(world.recipients[0]), item_id=world.item.pk, at=OPENED)


@pytest.mark.assurance("A-31")
def test_what_was_received_stays_whatever_happens_afterwards(actor_of, clock):
    world = council_with_item(recipients=3)
    recipient = actor_of(world.recipients[0])
    ReplyFactory(offer=world.offers[0])
    open_item(actor=recipient, item_id=world.item.pk, at=OPENED)
    clock.set(OPENED)
    before = [row.delivery for row in received_by(recipient, at=OPENED)]

    decline_offer(actor=recipient, offer_id=world.offers[0].pk, at=OPENED + SECOND)
    release_item(
        actor=actor_of(world.people["provider"]), item_id=world.item.pk, at=OPENED + SECOND
    )
    world.seats[recipient.person_id].left_at = OPENED + SECOND
    world.seats[recipient.person_id].save()

    assert [row.delivery for row in received_by(recipient, at=OPENED + SECOND)] == before != []


@pytest.mark.assurance("A-83")
@pytest.mark.parametrize("moved_to", ["item", "council", "version"])
def test_ciphertext_moved_elsewhere_opens_nothing(actor_of, moved_to):
    world = council_with_item(recipients=2)
    person = world.recipients[0]
    other = CouncilFactory()
    MembershipFactory(council=other, person=person)
    item = {
        "item": lambda: ItemFactory(council=world.council),
        "council": lambda: ItemFactory(council=other),
        "version": lambda: world.item,
    }[moved_to]()
    moved = ItemVersion.objects.create(
        item=item,
        number=2 if moved_to == "version" else 1,
        nonce=world.version.nonce,
        ciphertext=world.version.ciphertext,
        wrapped_key=world.version.wrapped_key,
        sealed_at=OPENED,
    )
    offer = world.offers[0] if item == world.item else OfferFactory(item=item, person=person)
    ReplyFactory(offer=offer)
    delivery = DeliveryFactory(version=moved, person=person)
    # The other council has a key of its own.
    VersionFactory(item__council=other, content="よその内容")

    with pytest.raises(InvalidTag):
        content_for(actor_of(person), delivery.pk)

    assert Reply.objects.count() == 1
