import datetime

import pytest
from django.db import ProgrammingError, connection, transaction
from tests.protected.factories import (
    ANSWERED,
    CANARY,
    CLOSES,
    OPENED,
    DeliveryFactory,
    OfferFactory,
    ReplyFactory,
    VersionFactory,
)

from banso.councils.models import Membership
from banso.ledger.models import Detail, Entry
from banso.protected.commands.accept_offer import accept_offer
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.open_item import open_item
from banso.protected.commands.record_refused_opening import record_refused_opening
from banso.protected.models import Delivery, ItemVersion, Offer, ProtectedItem, Reply
from banso.protected.queries.received import content_for
from banso.rulebook.verdicts import RuleRefused

ANSWERS = [accept_offer, decline_offer]
SECOND = datetime.timedelta(seconds=1)


def entries():
    return list(Entry.objects.values_list("actor_id", "act", "clause", "is_sealed"))


def leave(world, name):
    Membership.objects.filter(pk=world.seats[name].pk).update(left_at=ANSWERED)


@pytest.mark.parametrize(
    ("answer", "said"), [(accept_offer, "accept"), (decline_offer, "decline")]
)
def test_each_recipient_answers_for_themselves(world, answer, said):
    reply = answer(actor=world.first, offer_id=world.offers["first"].pk, at=ANSWERED)

    assert (reply.offer_id, reply.answer, reply.at) == (world.offers["first"].pk, said, ANSWERED)
    assert entries() == [(world.first.person_id, f"protected.{said}_offer", "S2", True)]


def test_a_change_of_mind_is_kept_beside_the_first_answer(world):
    offer = world.offers["first"]

    decline_offer(actor=world.first, offer_id=offer.pk, at=ANSWERED)
    accept_offer(actor=world.first, offer_id=offer.pk, at=CLOSES - SECOND)

    assert list(offer.replies.order_by("at").values_list("answer", "at")) == [
        ("decline", ANSWERED),
        ("accept", CLOSES - SECOND),
    ]


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("who", ["second", "provider", "bystander", "outsider"])
def test_anothers_offer_does_not_exist(world, answer, who):
    with pytest.raises(Offer.DoesNotExist):
        answer(actor=getattr(world, who), offer_id=world.offers["first"].pk, at=ANSWERED)

    assert (Reply.objects.count(), entries()) == (0, [])


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_offer_takes_no_answer_at_its_closing(world, answer):
    with pytest.raises(RuleRefused, match=r"offer-has-closed \(S2\)"):
        answer(actor=world.first, offer_id=world.offers["first"].pk, at=CLOSES)

    assert (Reply.objects.count(), entries()) == (0, [])


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_released_item_takes_no_answer(world, answer):
    ProtectedItem.objects.update(released_at=ANSWERED)

    with pytest.raises(RuleRefused, match=r"offer-has-closed \(S2\)"):
        answer(actor=world.first, offer_id=world.offers["first"].pk, at=OPENED)

    assert (Reply.objects.count(), entries()) == (0, [])


@pytest.mark.parametrize(
    ("answer", "said"), [(accept_offer, "accept"), (decline_offer, "decline")]
)
def test_the_same_answer_twice_is_refused(world, answer, said):
    ReplyFactory(offer=world.offers["first"], answer=said)

    with pytest.raises(RuleRefused, match=r"already-replied-so \(S2\)"):
        answer(actor=world.first, offer_id=world.offers["first"].pk, at=OPENED)

    assert (Reply.objects.count(), entries()) == (1, [])


@pytest.mark.parametrize("answer", ANSWERS)
def test_for_one_who_left_an_offer_does_not_exist(world, answer):
    leave(world, "first")

    with pytest.raises(Offer.DoesNotExist):
        answer(actor=world.first, offer_id=world.offers["first"].pk, at=OPENED)

    assert (Reply.objects.count(), entries()) == (0, [])


@pytest.mark.parametrize("answer", ANSWERS)
def test_one_who_received_and_left_cannot_answer_again(world, answer):
    DeliveryFactory(version=world.version, person=world.people["first"])
    leave(world, "first")

    with pytest.raises(RuleRefused, match=r"offer-has-closed \(S2\)"):
        answer(actor=world.first, offer_id=world.offers["first"].pk, at=OPENED)

    assert (Reply.objects.count(), entries()) == (0, [])


def test_opening_records_the_delivery_and_then_the_content_can_be_read(world):
    ReplyFactory(offer=world.offers["first"])

    delivery = open_item(actor=world.first, item_id=world.item.pk, at=OPENED)

    assert (delivery.version, delivery.person_id, delivery.delivered_at) == (
        world.version,
        world.first.person_id,
        OPENED,
    )
    assert content_for(world.first, delivery.pk) == CANARY
    assert entries() == [(world.first.person_id, "protected.open_item", "S3", True)]
    assert CANARY not in Detail.objects.get().text


def test_a_later_opening_is_an_entry_of_its_own_and_the_same_delivery(world):
    ReplyFactory(offer=world.offers["first"])

    first = open_item(actor=world.first, item_id=world.item.pk, at=OPENED)
    again = open_item(actor=world.first, item_id=world.item.pk, at=CLOSES)

    assert again == first
    assert Delivery.objects.get().delivered_at == OPENED
    assert Entry.objects.count() == 2


def test_delivery_numbers_do_not_count(world):
    for name in ("first", "second"):
        ReplyFactory(offer=world.offers[name])

    numbers = [
        open_item(actor=getattr(world, name), item_id=world.item.pk, at=OPENED).number
        for name in ("first", "second")
    ]

    assert all(number.startswith("D2028-") and len(number) == 20 for number in numbers)
    assert numbers[0][6:] != numbers[1][6:]


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([], id="silent"),
        pytest.param(["decline"], id="declined"),
        pytest.param(["accept", "decline"], id="accepted-then-declined"),
    ],
)
def test_nothing_opens_without_an_acceptance_that_stands(world, answers):
    for number, answer in enumerate(answers):
        ReplyFactory(offer=world.offers["first"], answer=answer, at=ANSWERED + number * SECOND)

    with pytest.raises(RuleRefused, match=r"not-accepted \(S3\)"):
        open_item(actor=world.first, item_id=world.item.pk, at=OPENED)

    assert (Delivery.objects.count(), entries()) == (0, [])


@pytest.mark.parametrize("who", ["provider", "bystander", "outsider"])
def test_whoever_was_not_offered_an_item_opens_nothing(world, who):
    with pytest.raises(Offer.DoesNotExist):
        open_item(actor=getattr(world, who), item_id=world.item.pk, at=OPENED)

    assert (Delivery.objects.count(), entries()) == (0, [])


def test_one_who_received_and_left_opens_nothing_more(world):
    ReplyFactory(offer=world.offers["first"])
    delivery = DeliveryFactory(version=world.version, person=world.people["first"])
    leave(world, "first")

    with pytest.raises(RuleRefused, match=r"no-longer-a-member \(C4\)"):
        open_item(actor=world.first, item_id=world.item.pk, at=OPENED)
    with pytest.raises(ItemVersion.DoesNotExist):
        content_for(world.first, delivery.pk)

    assert (Delivery.objects.count(), entries()) == (1, [])


def test_one_who_took_the_acceptance_back_reads_no_more_and_keeps_the_delivery(world):
    ReplyFactory(offer=world.offers["first"])
    delivery = open_item(actor=world.first, item_id=world.item.pk, at=OPENED)

    decline_offer(actor=world.first, offer_id=world.offers["first"].pk, at=CLOSES - SECOND)

    with pytest.raises(ItemVersion.DoesNotExist):
        content_for(world.first, delivery.pk)
    assert Delivery.objects.get() == delivery


@pytest.mark.parametrize("who", ["second", "provider", "bystander", "outsider"])
def test_anothers_delivery_shows_no_content(world, who):
    for name in ("first", "second"):
        ReplyFactory(offer=world.offers[name])
    delivery = DeliveryFactory(version=world.version, person=world.people["first"])

    with pytest.raises(Delivery.DoesNotExist):
        content_for(getattr(world, who), delivery.pk)


def test_a_refused_opening_is_recorded_for_its_person_alone(world):
    record_refused_opening(
        actor=world.first,
        offer_id=world.offers["first"].pk,
        reason="not-accepted",
        clause_id="S3",
        at=OPENED,
    )

    assert entries() == [(world.first.person_id, "protected.record_refused_opening", "S3", True)]


def test_nobody_records_a_refused_opening_of_anothers_offer(world):
    with pytest.raises(Offer.DoesNotExist):
        record_refused_opening(
            actor=world.second,
            offer_id=world.offers["first"].pk,
            reason="not-accepted",
            clause_id="S3",
            at=OPENED,
        )

    assert entries() == []


@pytest.mark.assurance("A-31")
@pytest.mark.parametrize("kept", [Reply, Delivery, ItemVersion])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_web_role_cannot_rewrite_what_was_answered_sealed_or_delivered(world, kept, act):
    statement = act.format(kept._meta.db_table)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


@pytest.mark.assurance("A-31")
@pytest.mark.parametrize("kept", [Offer, Membership])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "TRUNCATE {}"])
def test_the_web_role_cannot_delete_an_offer_or_a_membership(world, kept, act):
    statement = act.format(kept._meta.db_table)

    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(statement)


def test_an_offer_of_another_item_opens_nothing_here(world):
    other = VersionFactory(item__council=world.council)
    ReplyFactory(offer=OfferFactory(item=other.item, person=world.people["first"]))

    with pytest.raises(RuleRefused, match="not-accepted"):
        open_item(actor=world.first, item_id=world.item.pk, at=OPENED)
