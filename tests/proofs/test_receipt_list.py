import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from tests.assurance.secrecy.councils import council_with_item
from tests.people.factories import PersonFactory
from tests.proofs.receipts import publish
from tests.results.factories import NOW

from banso.councils.commands.membership.accept_invitation import accept_invitation
from banso.ledger.record import COMMANDS
from banso.proofs.queries.receipts import receipt_kinds, receipted


def test_every_act_of_which_there_is_a_receipt_is_a_command():
    assert set(receipted()) - set(COMMANDS) == set()


def test_every_kind_of_receipt_has_acts_and_every_act_a_kind():
    assert {one.kind for one in receipted().values()} == set(receipt_kinds())


@pytest.mark.parametrize(
    "words", [*receipt_kinds().values(), *(one.words for one in receipted().values())], ids=str
)
def test_a_kind_and_an_act_are_named_in_both_languages(words):
    with override("en"):
        english = str(words)
    with override("ja"):
        japanese = str(words)

    assert english != japanese
    assert english.isascii()


def test_one_kind_is_shown_where_it_is_asked_for(db, actor_of, client_for):
    world = council_with_item(recipients=1)
    invited = world.people["invited"]
    accept_invitation(actor=actor_of(invited), membership_id=world.invitation.pk, at=NOW)
    publish(invited, actor_of)
    browser = client_for(invited)

    shown = {
        kind: browser.get(f"/my/receipts/?kind={kind}").text
        for kind in (*receipt_kinds(), "", "x")
    }

    published = {kind for kind, text in shown.items() if "研究成果を公表しました" in text}
    joined = {kind for kind, text in shown.items() if "協議会に参加しました" in text}
    assert published == {"publication", "", "x"}
    assert joined == {"consent", "", "x"}


def test_fifty_receipts_stand_on_a_page_at_the_same_cost(db, actor_of, client_for):
    author, counts = PersonFactory(), []
    browser = client_for(author)
    browser.get("/my/receipts/")
    for number in (1, 9, 90):
        for _ in range(number):
            publish(author, actor_of)
        with CaptureQueriesContext(connection) as captured:
            text = browser.get("/my/receipts/?kind=publication").text
        counts.append(len(captured))

    assert len(set(counts)) == 1
    assert text.count('<th scope="row">') == 50
    assert "?kind=publication&amp;page=2" in text


def test_my_page_leads_to_the_receipts(db, client_for):
    assert 'href="/my/receipts/"' in client_for(PersonFactory()).get("/my/").text
