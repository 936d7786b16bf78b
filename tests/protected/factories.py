import datetime

import factory
from tests.councils.factories import JAPAN, CouncilFactory
from tests.people.factories import PersonFactory

from banso.protected.models import Delivery, ItemVersion, Offer, ProtectedItem, Reply
from banso.protected.sealing import seal

OFFERED = datetime.datetime(2028, 6, 1, 10, 0, tzinfo=JAPAN)
ANSWERED = datetime.datetime(2028, 6, 5, 10, 0, tzinfo=JAPAN)
OPENED = datetime.datetime(2028, 6, 6, 10, 0, tzinfo=JAPAN)
CLOSES = datetime.datetime(2028, 7, 1, 12, 0, tzinfo=JAPAN)
SILENCE_UNTIL = datetime.date(2030, 4, 1)
CANARY = "秘密の内容カナリア稼働率九割"


class ItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProtectedItem

    council = factory.SubFactory(CouncilFactory)
    provider = factory.SubFactory(PersonFactory)
    title = factory.Sequence(lambda number: f"運用条件{number}")
    card = "運用条件の一部をお渡しします。"
    origin = "見本庁の運用記録"
    scope = "三項目"
    silence_until = SILENCE_UNTIL
    offered_at = OFFERED
    answers_until = CLOSES


class VersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ItemVersion

    item = factory.SubFactory(ItemFactory)
    number = 1
    sealed_at = OFFERED

    @classmethod
    def _create(cls, model_class, *args, content=CANARY, **kwargs):
        item, number = kwargs["item"], kwargs["number"]
        sealed = seal(item.council_id, item.pk, number, content)
        return super()._create(
            model_class,
            *args,
            nonce=sealed.nonce,
            ciphertext=sealed.ciphertext,
            wrapped_key=sealed.wrapped_key,
            **kwargs,
        )


class OfferFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Offer

    item = factory.SubFactory(ItemFactory)
    person = factory.SubFactory(PersonFactory)
    offered_at = OFFERED


class ReplyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reply

    offer = factory.SubFactory(OfferFactory)
    answer = "accept"
    at = ANSWERED


class DeliveryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Delivery

    number = factory.Sequence(lambda number: f"D2028-SAMPLE-{number}")
    version = factory.SubFactory(VersionFactory)
    person = factory.SubFactory(PersonFactory)
    delivered_at = OPENED
