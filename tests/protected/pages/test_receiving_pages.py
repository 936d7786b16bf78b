import re
import uuid
from http import HTTPStatus

import pytest
from tests.protected.factories import (
    ANSWERED,
    CANARY,
    CLOSES,
    OFFERED,
    DeliveryFactory,
    ItemFactory,
    OfferFactory,
    ReplyFactory,
    VersionFactory,
)
from tests.protected.pages.reading import LANGUAGES, at, key, main_of, text_of

from banso.ledger.models import Entry
from banso.protected.models import Delivery, Reply
from banso.protected.queries import received

AGENDA = {"ja": "この画面を見られる人", "en": "Who can see this screen:"}


@pytest.mark.convention("N3")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_who_can_see_it_and_is_never_stored(world, client_for, language):
    offer = world.offers["first"].pk
    ReplyFactory(offer=world.offers["first"])
    pages = [
        *[
            ("first", at(name, *args, language=language))
            for name, args in (("register", ()), ("offer", (offer,)))
        ],
        *[
            ("provider", at(name, *args, language=language))
            for name, args in (
                ("provided", ()),
                ("item", (world.item.pk,)),
                ("offer_item", (world.council.pk,)),
            )
        ],
    ]

    for who, address in pages:
        response = client_for(world.people[who]).get(address)
        assert (address, response.status_code) == (address, HTTPStatus.OK)
        assert AGENDA[language] in text_of(response)
        assert "no-store" in response["Cache-Control"]
        assert "data-restricted" in text_of(response)


@pytest.mark.convention("N4")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ja",
            ["受領台帳", "1年以下の拘禁刑", "第62条第7項", "2030年3月31日まで"],
        ),
        (
            "en",
            [
                "Register of received information",
                "one year&#39;s",
                "Article 62(7)",
                "Until 31 March 2030",
            ],
        ),
    ],
)
def test_the_register_shows_what_i_received_from_whom_by_which_clause_until_when(
    world, client_for, language, words
):
    delivery = DeliveryFactory(version=world.version, person=world.people["first"])
    others = DeliveryFactory(version=world.version, person=world.people["second"])
    provider = {"ja": world.people["provider"].name_ja, "en": world.people["provider"].name_en}

    page = text_of(client_for(world.people["first"]).get(at("register", language=language)))

    for word in (*words, world.item.title, delivery.number, provider[language]):
        assert word in page
    assert others.number not in page
    assert CANARY not in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "ja",
            [
                "受領しない",
                "受領する",
                "自分の回答は、ほかの誰にも見えません",
                "推測できることがあります",
            ],
        ),
        (
            "en",
            [
                "Do not receive",
                "Receive the item",
                "What others will see of your answer: nothing.",
                "can guess",
            ],
        ),
    ],
)
def test_an_offer_shows_its_card_and_two_equal_buttons(world, client_for, language, words):
    response = client_for(world.people["first"]).get(
        at("offer", world.offers["first"].pk, language=language)
    )

    page = text_of(response)
    for word in (*words, world.item.card, world.item.origin, world.item.scope):
        assert word in page
    buttons = re.findall(r'data-type="(\w+)" name="answer" value="(\w+)"', page)
    assert buttons == [("outline", "accept"), ("outline", "decline")]
    assert "/content/" not in page


def test_declining_and_then_accepting_while_the_offer_stands(world, client_for):
    browser, address = client_for(world.people["first"]), at("offer", world.offers["first"].pk)
    sent = {"answer": "decline"} | key()

    declined = [browser.post(address, sent).status_code for _ in range(2)]
    page = main_of(browser.get(address))
    accepted = browser.post(address, {"answer": "accept"} | key())

    assert declined == [HTTPStatus.SEE_OTHER] * 2
    assert ('value="accept"' in page, 'value="decline"' in page, "/content/" in page) == (
        True,
        False,
        False,
    )
    assert accepted.status_code == HTTPStatus.SEE_OTHER
    assert list(Reply.objects.order_by("pk").values_list("answer", flat=True)) == [
        "decline",
        "accept",
    ]
    assert "/content/" in main_of(browser.get(address))


def test_a_post_without_an_answer_is_none(world, client_for):
    response = client_for(world.people["first"]).post(at("offer", world.offers["first"].pk), key())

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("ja", "この申出は終わった"), ("en", "This offer is no longer open, so an answer cannot")],
)
def test_a_late_answer_is_refused_with_its_clause(world, client_for, today, language, sentence):
    today.set(CLOSES)

    response = client_for(world.people["first"]).post(
        at("offer", world.offers["first"].pk, language=language), {"answer": "accept"} | key()
    )

    page = text_of(response)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in page
    assert 'rules/S2/">S2</a>' in page
    assert 'name="answer"' not in page


def test_opening_shows_the_content_once_with_name_and_number_on_it(world, client_for):
    offer = world.offers["first"]
    ReplyFactory(offer=offer)
    browser, address = client_for(world.people["first"]), at("content", offer.pk)

    response = browser.post(address, key())

    delivery = Delivery.objects.get()
    page = main_of(response)
    assert response.status_code == HTTPStatus.CREATED
    assert "no-store" in response["Cache-Control"]
    assert CANARY in page
    mark = f"<p><strong>{world.people['first'].name_en} {delivery.number}</strong></p>"
    assert page.count(mark) == 2
    visited = browser.get(address)
    assert (visited.status_code, visited["Location"]) == (HTTPStatus.FOUND, at("offer", offer.pk))
    assert CANARY not in text_of(browser.get(at("offer", offer.pk)))


def test_content_is_shown_as_text_and_never_as_markup(world, client_for):
    item = VersionFactory(item__council=world.council, content="<script>alert(1)</script>").item
    offer = OfferFactory(item=item, person=world.people["first"])
    ReplyFactory(offer=offer)

    page = text_of(client_for(world.people["first"]).post(at("content", offer.pk), key()))

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("answer", [None, "decline"])
def test_a_refused_opening_says_why_and_is_recorded_for_its_person(world, client_for, answer):
    offer = world.offers["first"]
    if answer:
        ReplyFactory(offer=offer, answer=answer)
    browser = client_for(world.people["first"])

    response = browser.post(at("content", offer.pk), key())

    page = text_of(response)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "The content opens only after you accept the item." in page
    assert 'rules/S3/">S3</a>' in page
    assert CANARY not in page
    assert list(Entry.objects.values_list("actor_id", "act", "is_sealed")) == [
        (world.first.person_id, "protected.record_refused_opening", True)
    ]
    [sent] = set(re.findall(r'name="idempotency_key" value="([^"]+)"', page.split("<main")[1]))
    accepted = browser.post(at("offer", offer.pk), {"answer": "accept", "idempotency_key": sent})
    assert accepted.status_code == HTTPStatus.SEE_OTHER


def test_whoever_leaves_while_the_content_is_read_is_refused_with_the_clause(
    world, client_for, monkeypatch
):
    offer = world.offers["first"]
    ReplyFactory(offer=offer)
    monkeypatch.setattr(received, "_sits", lambda *_: False)

    response = client_for(world.people["first"]).post(at("content", offer.pk), key())

    page = text_of(response)
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'rules/C4/">C4</a>' in page
    assert CANARY not in page


def test_the_proof_of_a_delivery_is_on_its_page(world, client_for):
    offer = world.offers["first"]
    ReplyFactory(offer=offer)
    browser = client_for(world.people["first"])
    browser.post(at("content", offer.pk), key())

    page = text_of(browser.get(at("offer", offer.pk)))

    entry = Entry.objects.get(act="protected.open_item")
    assert str(entry.id) in page
    assert bytes(entry.commitment).hex() in page


@pytest.mark.parametrize("name", ["offer", "content"])
@pytest.mark.parametrize("who", ["second", "provider", "bystander", "outsider"])
def test_anothers_offer_is_as_absent_as_none(world, client_for, name, who):
    browser = client_for(world.people[who])

    hidden = browser.post(at(name, world.offers["first"].pk), {"answer": "accept"} | key())
    absent = browser.post(at(name, uuid.uuid4()), {"answer": "accept"} | key())

    assert (hidden.status_code, absent.status_code) == (HTTPStatus.NOT_FOUND,) * 2
    assert hidden.content == absent.content


def test_a_recipient_finds_no_page_of_the_provider(world, client_for):
    browser = client_for(world.people["first"])

    assert browser.get(at("item", world.item.pk)).status_code == HTTPStatus.NOT_FOUND
    assert browser.post(at("item", world.item.pk), key()).status_code == HTTPStatus.FORBIDDEN
    assert world.item.title not in text_of(browser.get(at("provided")))


@pytest.mark.parametrize("many", [1, 25])
def test_lists_cost_the_same_number_of_queries(world, client_for, django_assert_num_queries, many):
    me = world.people["first"]
    for _ in range(many):
        item = ItemFactory(council=world.council, offered_at=OFFERED)
        version = VersionFactory(item=item)
        ReplyFactory(offer=OfferFactory(item=item, person=me), at=ANSWERED)
        DeliveryFactory(version=version, person=me)
        OfferFactory(item=ItemFactory(council=world.council), person=me)
        ItemFactory(council=world.council, provider=me)
    browser = client_for(me)
    browser.get(at("register"))

    for address, queries in {at("register"): 10, at("provided"): 6}.items():
        with django_assert_num_queries(queries):
            assert browser.get(address).status_code == HTTPStatus.OK
