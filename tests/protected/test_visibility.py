import pytest
from tests.councils.factories import MembershipFactory
from tests.protected.factories import (
    ANSWERED,
    DeliveryFactory,
    OfferFactory,
    ReplyFactory,
    VersionFactory,
)

from banso.councils.models import Membership
from banso.people.actors import VISITOR
from banso.protected.models import Delivery, ItemVersion, Offer, ProtectedItem, Reply

EVERYONE = [
    *("provider", "first", "second", "third", "bystander", "outsider"),
    *("left-unread", "left-having-read", "visitor"),
]


@pytest.fixture
def viewers(world, actor_of):
    """The first accepted and opened, the second declined, the third is silent.

    A fourth accepted and left unread; a fifth opened and left. Another item lies beside.
    """
    ReplyFactory(offer=world.offers["first"])
    ReplyFactory(offer=world.offers["second"], answer="decline")
    DeliveryFactory(version=world.version, person=world.people["first"])
    VersionFactory()
    people = dict(world.people)
    for name in ("left-unread", "left-having-read"):
        seat = MembershipFactory(council=world.council)
        ReplyFactory(offer=OfferFactory(item=world.item, person=seat.person))
        Membership.objects.filter(pk=seat.pk).update(left_at=ANSWERED)
        people[name] = seat.person
    DeliveryFactory(version=world.version, person=people["left-having-read"])
    return {name: actor_of(person) for name, person in people.items()} | {"visitor": VISITOR}


@pytest.mark.parametrize("viewer", EVERYONE)
def test_a_card_is_read_by_its_provider_and_its_recipients_of_today(world, viewers, viewer):
    reads = {"provider", "first", "second", "third", "left-having-read"}
    expected = {world.item.pk} if viewer in reads else set()

    visible = ProtectedItem.objects.visible_to(viewers[viewer])

    assert set(visible.values_list("pk", flat=True)) == expected


@pytest.mark.parametrize("viewer", EVERYONE)
def test_content_is_read_by_its_provider_and_by_members_who_accepted(world, viewers, viewer):
    expected = {world.version.pk} if viewer in {"provider", "first"} else set()

    visible = ItemVersion.objects.visible_to(viewers[viewer])

    assert set(visible.values_list("pk", flat=True)) == expected


@pytest.mark.parametrize("viewer", EVERYONE)
def test_offers_replies_and_deliveries_are_their_persons_own(world, viewers, viewer):
    person = viewers[viewer].person_id
    offered = {"first", "second", "third", "left-having-read"}
    replied = {"first", "second", "left-unread", "left-having-read"}
    received = {"first", "left-having-read"}

    def people_in(rows, name):
        return set(rows.visible_to(viewers[viewer]).values_list(name, flat=True))

    assert people_in(Offer.objects, "person_id") == ({person} if viewer in offered else set())
    assert people_in(Reply.objects, "offer__person_id") == (
        {person} if viewer in replied else set()
    )
    assert people_in(Delivery.objects, "person_id") == ({person} if viewer in received else set())
