from datetime import UTC, datetime
from http import HTTPStatus

import pytest
from django.conf import settings
from django.urls import reverse
from tests.acting import database_role
from tests.assurance.secrecy.councils import council_with_item
from tests.assurance.sweep import differing, every_address, sweep
from tests.councils.factories import MembershipFactory
from tests.people.factories import PersonFactory
from tests.proofs.receipts import publish, receipt
from tests.proposals.factories import WRITING, make_ready
from tests.results.factories import NOW, ResultFactory, WithholdingFactory

from banso.councils.commands.membership.leave_council import leave_council
from banso.ledger import verify
from banso.ledger.models import Entry
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.record.erase_details import erase_details
from banso.proofs.queries.subjects import titles_of
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.protected.commands.accept_offer import accept_offer
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.open_item import open_item
from banso.protected.models import Offer

ERASED = datetime(2028, 7, 1, 3, tzinfo=UTC)


def erase(person):
    with database_role(settings.DATABASE_ROLES["owner"]):
        erase_details(
            actor=OPERATOR_AT_CONSOLE, person_id=person.pk, ground="本人の求め", at=ERASED
        )


def test_a_submission_names_its_files_with_their_hashes(db, actor_of, client_for):
    proposal = make_ready()
    received = submit_proposal(actor=actor_of(proposal.lead), proposal_id=proposal.pk, at=WRITING)
    entry, browser = Entry.objects.latest("number"), client_for(proposal.lead)

    from_the_call = browser.get(
        reverse("proposals:receipt", args=[proposal.pk, received.number])
    ).text
    shown = receipt(browser, entry).text

    assert reverse("proofs:receipt", args=[entry.id]) in from_the_call
    for part in (received.number, "plan.pdf", received.files[0]["sha256"], proposal.title_ja):
        assert part in shown


def test_what_is_protected_is_named_on_the_page_alone(db, actor_of, client_for):
    world = council_with_item(recipients=3)
    person, offer = world.recipients[0], world.offers[0]
    type(world.item).objects.filter(pk=world.item.pk).update(title="加工の条件の札")
    accept_offer(actor=actor_of(person), offer_id=offer.pk, at=offer.offered_at)
    open_item(actor=actor_of(person), item_id=world.item.pk, at=offer.offered_at)

    for entry in Entry.objects.filter(actor_id=person.pk):
        assert "加工の条件の札" in receipt(client_for(person), entry).text
        assert "加工の条件の札" not in receipt(client_for(person), entry, ".txt").text


def test_after_leaving_a_title_that_may_no_longer_be_read_is_gone(db, actor_of, client_for):
    world = council_with_item(recipients=3)
    person, offer = world.recipients[0], world.offers[0]
    type(world.item).objects.filter(pk=world.item.pk).update(title="加工の条件の札")
    decline_offer(actor=actor_of(person), offer_id=offer.pk, at=offer.offered_at)
    entry = Entry.objects.latest("number")
    leave_council(actor=actor_of(person), membership_id=world.seats[person.pk].pk, at=NOW)

    may_read = Offer.objects.visible_to(actor_of(person)).exists()
    shown = receipt(client_for(person), entry).text

    assert may_read is ("加工の条件の札" in shown)
    assert "提供の申出について「受領しない」と回答しました" in shown


def test_erased_details_are_named_as_erased_and_the_proof_stays(
    sequence, author, actor_of, client_for
):
    entry = publish(author, actor_of)
    sequence()
    erase(author)
    browser = client_for(author)

    shown = receipt(browser, entry).text

    assert "この記録の中身は消去されました" in shown
    assert "2028年7月1日（土）12:00:00 JSTに消去され" in shown
    assert "記録簿に記載済み" in shown
    assert verify.leaf_hash(bytes(entry.commitment)).hex() in shown
    assert receipt(browser, entry, ".txt").status_code == HTTPStatus.NOT_FOUND
    assert receipt(browser, entry, ".pdf").status_code == HTTPStatus.NOT_FOUND


def test_each_person_reads_the_titles_of_what_they_may_read(db, actor_of):
    author, member = PersonFactory(), PersonFactory()
    seat = MembershipFactory(person=member)
    asked = WithholdingFactory(
        council=seat.council, result=ResultFactory(title_ja="海の論文", authors=[author])
    )
    council = ("councils.council", str(seat.council_id))
    withholding = ("results.withholding", str(asked.pk))
    entries = [Entry(subject_type=one, subject_id=key) for one, key in (council, withholding)]
    entries.append(Entry(subject_type="people.organisation", subject_id="7"))

    read = {
        name: dict(titles_of(actor_of(person), entries))
        for name, person in (("author", author), ("member", member), ("none", PersonFactory()))
    }

    room = f"「{seat.council.concept.title}」の協議会"
    assert read == {
        "author": {withholding: "海の論文"},
        "member": {withholding: "海の論文", council: room},
        "none": {},
    }


@pytest.mark.assurance("A-34")
@pytest.mark.parametrize("evaluator", ["agency", "po", "institution"])
def test_what_members_did_leaves_no_trace_in_what_an_evaluator_reads(
    db, client_for, actor_of, clock, evaluator
):
    world = council_with_item(recipients=3)
    clock.set(NOW)
    person, offers = world.recipients, world.offers
    browser = client_for(world.people[evaluator])
    addresses = ["/my/", "/my/receipts/", "/ledger/", "/ledger/keys", "/ledger/bundle"]
    before = sweep(browser, addresses)

    decline_offer(actor=actor_of(person[0]), offer_id=offers[0].pk, at=NOW)
    accept_offer(actor=actor_of(person[1]), offer_id=offers[1].pk, at=NOW)
    seat = world.seats[person[2].pk]
    leave_council(actor=actor_of(person[2]), membership_id=seat.pk, at=NOW)

    entries = [*Entry.objects.values_list("id", flat=True)]
    theirs = [one for one in every_address(entry_id=entries) if "/my/receipts/" in one]
    assert differing(before, sweep(browser, addresses)) == []
    assert len(theirs) == 3 * len(entries) + 1
    assert {status for status, *_ in sweep(browser, theirs[1:]).values()} == {404}
