import pytest
from tests.councils.factories import CouncilFactory, MembershipFactory, PreparedCouncilFactory
from tests.people.factories import PersonFactory
from tests.protected.factories import CANARY, CLOSES, OFFERED, SILENCE_UNTIL, ItemFactory

from banso.councils.models import Membership
from banso.ledger.models import Detail, Entry
from banso.protected.commands.offer_item import offer_item
from banso.protected.commands.release_item import release_item
from banso.protected.models import ItemVersion, Offer, ProtectedItem
from banso.rulebook.verdicts import NotPermitted, RuleRefused


def offer(world, **facts):
    defaults = {
        "actor": world.provider,
        "council_id": world.council.pk,
        "title": "運用条件",
        "card": "運用条件の一部です。",
        "origin": "見本庁の運用記録",
        "scope": "三項目",
        "silence_until": SILENCE_UNTIL,
        "answers_until": CLOSES,
        "recipient_ids": [world.first.person_id, world.second.person_id],
        "content": CANARY,
        "at": OFFERED,
    }
    return offer_item(**defaults | facts)


def entries():
    return list(Entry.objects.values_list("actor_id", "act", "clause", "is_sealed"))


def counts():
    return ProtectedItem.objects.count(), ItemVersion.objects.count(), Offer.objects.count()


def test_an_item_is_sealed_and_offered_to_its_recipients(world):
    item = offer(world)

    assert (item.provider_id, item.title, item.silence_until, item.answers_until) == (
        world.provider.person_id,
        "運用条件",
        SILENCE_UNTIL,
        CLOSES,
    )
    assert set(item.offers.values_list("person_id", flat=True)) == {
        world.first.person_id,
        world.second.person_id,
    }
    version = item.versions.get()
    assert (version.number, version.sealed_at) == (1, OFFERED)
    assert CANARY.encode() not in bytes(version.ciphertext)
    assert entries() == [(world.provider.person_id, "protected.offer_item", "S1", True)]
    assert CANARY not in Detail.objects.get().text


def test_a_period_may_last_until_the_release(world):
    assert offer(world, silence_until=None).silence_until is None


@pytest.mark.parametrize(
    ("facts", "reason", "clause"),
    [
        pytest.param({"marking": "特定秘密"}, "marked-under-another-regime", "S8", id="marked"),
        pytest.param(
            {"content": "【重要経済安保 情報】値"},
            "marked-under-another-regime",
            "S8",
            id="in-content",
        ),
        pytest.param(
            {"card": "これは特定秘密である"}, "marked-under-another-regime", "S8", id="in-card"
        ),
        pytest.param({"scope": " "}, "card-not-complete", "S1", id="no-scope"),
        pytest.param({"recipient_ids": []}, "card-not-complete", "S1", id="no-recipient"),
    ],
)
def test_what_cannot_be_offered_is_refused_and_nothing_is_kept(world, facts, reason, clause):
    before = counts()

    with pytest.raises(RuleRefused, match=rf"{reason} \({clause}\)") as refused:
        offer(world, **facts)

    assert counts() == before
    assert entries() == []
    assert CANARY not in repr(refused.value.verdict)


def test_a_text_that_names_the_law_is_not_marked(world):
    assert offer(world, content="特定秘密保護法の解説です。").pk


def test_a_projects_own_work_is_never_made_an_item(world):
    before = counts()

    with pytest.raises(RuleRefused, match=r"origin-in-own-project \(S7\)"):
        offer(world, origin_project_ids=[world.project.pk])

    assert counts() == before
    assert entries() == []


@pytest.mark.parametrize(
    "recipient",
    [
        pytest.param(lambda world: PersonFactory().pk, id="outsider"),
        pytest.param(lambda world: MembershipFactory().person_id, id="member-elsewhere"),
        pytest.param(lambda world: world.provider.person_id, id="the-provider"),
        pytest.param(
            lambda world: MembershipFactory(council=world.council, left_at=OFFERED).person_id,
            id="has-left",
        ),
        pytest.param(
            lambda world: MembershipFactory(council=world.council, accepted_at=None).person_id,
            id="only-invited",
        ),
    ],
)
def test_recipients_are_members_of_today_other_than_the_provider(world, recipient):
    person_id, before = recipient(world), counts()

    with pytest.raises(RuleRefused, match=r"recipient-not-a-member \(S1\)"):
        offer(world, recipient_ids=[world.first.person_id, person_id])

    assert counts() == before
    assert entries() == []


@pytest.mark.parametrize("kept", ["outsider", "has left", "in preparation"])
def test_whoever_does_not_sit_in_an_established_council_finds_none(world, kept):
    before = counts()
    facts = {
        "outsider": {"actor": world.outsider},
        "has left": {},
        "in preparation": {"council_id": PreparedCouncilFactory().pk},
    }
    if kept == "has left":
        Membership.objects.filter(pk=world.seats["provider"].pk).update(left_at=OFFERED)

    with pytest.raises(Membership.DoesNotExist):
        offer(world, **facts[kept])

    assert counts() == before
    assert entries() == []


def test_the_provider_releases_once(world):
    released = release_item(actor=world.provider, item_id=world.item.pk, at=CLOSES)

    assert released.released_at == CLOSES
    assert entries() == [(world.provider.person_id, "protected.release_item", "S5", True)]
    with pytest.raises(ProtectedItem.DoesNotExist):
        release_item(actor=world.provider, item_id=world.item.pk, at=CLOSES)


@pytest.mark.parametrize("who", ["first", "bystander", "outsider"])
def test_nobody_else_releases(world, who):
    expected = NotPermitted if who == "first" else ProtectedItem.DoesNotExist

    with pytest.raises(expected):
        release_item(actor=getattr(world, who), item_id=world.item.pk, at=CLOSES)

    world.item.refresh_from_db()
    assert (world.item.released_at, entries()) == (None, [])


def test_a_provider_who_left_still_releases(world):
    Membership.objects.filter(pk=world.seats["provider"].pk).update(left_at=OFFERED)

    assert release_item(actor=world.provider, item_id=world.item.pk, at=CLOSES).released_at


def test_items_of_other_councils_are_not_touched(world):
    elsewhere = ItemFactory(council=CouncilFactory())

    with pytest.raises(ProtectedItem.DoesNotExist):
        release_item(actor=world.provider, item_id=elsewhere.pk, at=CLOSES)
