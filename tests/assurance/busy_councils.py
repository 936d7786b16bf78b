import datetime

from tests.councils.factories import CouncilFactory, MembershipFactory
from tests.people.factories import PersonFactory
from tests.protected.factories import OFFERED

from banso.councils.commands.membership.leave_council import leave_council
from banso.people.queries.actors import actor_for
from banso.protected.commands.accept_offer import accept_offer
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.offer_item import offer_item
from banso.protected.commands.open_item import open_item
from banso.protected.commands.release_item import release_item
from banso.protected.models import Offer, ProtectedItem

DAY = datetime.timedelta(days=1)


def acting(person_id, at):
    return actor_for(person_id, on=at.date())


class Confiding:
    """A council whose members offer each other protected items, open them, and leave."""

    def __init__(self, members=4):
        self.council = CouncilFactory(representative=PersonFactory())
        self.seats = [MembershipFactory(council=self.council) for _ in range(members)]
        self.people = [seat.person_id for seat in self.seats]

    def offer(self, dice):
        provider = dice.choice(self.people)
        offer_item(
            actor=acting(provider, OFFERED),
            council_id=self.council.pk,
            title="運用条件",
            card="運用条件の一部をお渡しします。",
            origin="見本庁の運用記録",
            scope="三項目",
            silence_until=datetime.date(2030, 4, 1),
            answers_until=OFFERED + 30 * DAY,
            recipient_ids=[one for one in self.people if one != provider],
            content="稼働率は九割です。",
            at=OFFERED,
        )

    def one_offer(self, dice):
        latest = Offer.objects.order_by("-offered_at", "pk")[:6]
        return dice.choice(list(latest) or [Offer(person_id=self.people[0])])

    def reply(self, dice):
        offer = self.one_offer(dice)
        act = dice.choice([accept_offer, accept_offer, decline_offer])
        act(actor=acting(offer.person_id, OFFERED), offer_id=offer.pk, at=OFFERED)

    def open(self, dice):
        offer = self.one_offer(dice)
        open_item(actor=acting(offer.person_id, OFFERED), item_id=offer.item_id, at=OFFERED)

    def release(self, dice):
        items = ProtectedItem.objects.filter(released_at=None).order_by("-offered_at", "pk")[:3]
        item = dice.choice(list(items) or [ProtectedItem(provider_id=self.people[0])])
        release_item(actor=acting(item.provider_id, OFFERED), item_id=item.pk, at=OFFERED)

    def leave(self, dice):
        seat = dice.choice(self.seats)
        leave_council(actor=acting(seat.person_id, OFFERED), membership_id=seat.pk, at=OFFERED)
        MembershipFactory(council=self.council, person_id=seat.person_id)

    def everything(self):
        return [*[self.offer, self.reply, self.open] * 4, self.release, self.leave]
