import json
import re
import subprocess
import sys
import uuid
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from tests.acting import database_role
from tests.assurance.secrecy.councils import council_with_item
from tests.assurance.sweep import differing, every_address, sweep
from tests.councils.factories import MembershipFactory
from tests.people.factories import PersonFactory
from tests.proofs.ledger_acts import grow, name_witness, witness_signs
from tests.proposals.factories import WRITING, make_ready
from tests.results.factories import NOW, ResultFactory, WithholdingFactory

from banso.councils.commands.membership.accept_invitation import accept_invitation
from banso.councils.commands.membership.leave_council import leave_council
from banso.ledger import verify
from banso.ledger.models import Entry
from banso.ledger.record import COMMANDS
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.record.erase_details import erase_details
from banso.proofs.queries.receipts import receipt_kinds, receipted
from banso.proofs.queries.subjects import titles_of
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.protected.commands.accept_offer import accept_offer
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.open_item import open_item
from banso.protected.models import Offer
from banso.results.commands.publish_result import publish_result

LANGUAGES = ["", "/en"]
ERASED = datetime(2028, 7, 1, 3, tzinfo=UTC)


@pytest.fixture
def author(transactional_db):
    return PersonFactory()


def publish(author, actor_of, title="海を測る論文", at=NOW):
    """Publish a result as its author, and give the entry that this wrote."""
    result = ResultFactory(authors=[author], title_ja=title, title_en="Measuring the sea")
    publish_result(actor=actor_of(author), result_id=result.pk, at=at)
    return Entry.objects.latest("number")


def erase(person):
    with database_role(settings.DATABASE_ROLES["owner"]):
        erase_details(
            actor=OPERATOR_AT_CONSOLE, person_id=person.pk, ground="本人の求め", at=ERASED
        )


def receipt(browser, entry, ending="/", language=""):
    return browser.get(f"{language}/my/receipts/{entry.id}{ending}")


def run_verifier(folder, *files):
    """Run the script alone, as its reader does: no environment, nothing of ours on its path."""
    script = folder / "verify.py"
    script.write_bytes(Path(verify.__file__).read_bytes())
    return subprocess.run(
        [sys.executable, "-I", script, "--lang", "en", *files],
        cwd=folder,
        env={},
        capture_output=True,
        check=False,
    )


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


@pytest.mark.parametrize(
    ("language", "words", "title", "state"),
    [
        ("", "研究成果を公表しました", "海を測る論文", "まもなく記載されます（60秒以内）"),
        ("/en", "Published a result", "Measuring the sea", "Within 60 seconds"),
    ],
)
def test_a_receipt_is_there_at_once(
    author, actor_of, client_for, clock, language, words, title, state
):
    clock.set(NOW)
    entry = publish(author, actor_of)
    number = f"{entry.id.hex[:4]}-{entry.id.hex[4:8]}".upper()
    browser = client_for(author)

    listed = browser.get(f"{language}/my/receipts/").text
    shown = receipt(browser, entry, language=language).text

    for text in (listed, shown):
        assert [one for one in (number, words, title, state) if one not in text] == []
    assert bytes(entry.commitment).hex() in shown
    assert verify.leaf_hash(bytes(entry.commitment)).hex() in shown
    assert str(entry.id) in shown


@pytest.mark.parametrize(
    ("language", "late", "missing"),
    [
        ("", "この記録は、60秒より長く記載を待っています", "#omission"),
        ("/en", "The record has waited for its place longer than 60 seconds", "#omission"),
    ],
)
def test_after_a_minute_without_a_place_it_says_how_to_show_that_it_is_missing(
    author, actor_of, client_for, clock, language, late, missing
):
    entry = publish(author, actor_of)

    clock.set(NOW + timedelta(seconds=60))
    assert late not in receipt(client_for(author), entry, language=language).text
    clock.set(NOW + timedelta(seconds=61))
    text = receipt(client_for(author), entry, language=language).text
    assert late in text
    assert missing in text
    kept = receipt(client_for(author), entry, ".txt").text
    assert "この記録はまだ記録簿に載っていません。" in kept


def test_a_receipt_shows_its_place_and_the_witnesses_that_signed(
    sequence, author, actor_of, client_for
):
    name_witness()
    entry = publish(author, actor_of)
    sequence()
    witness_signs()
    grow(3)
    sequence()
    browser = client_for(author)

    japanese, english = (receipt(browser, entry, language=one).text for one in LANGUAGES)

    assert "記録簿に記載済み" in japanese
    assert "見本大学 – 2028年6月1日（木）12:00:00 JST" in japanese
    assert "Sample University – 1 June 2028, 12:00:00 JST" in english
    for text in (japanese, english):
        assert re.findall(r"<dd>(\d+)</dd>", text) == ["1", "2"]
    kept = receipt(browser, entry, ".txt").text
    assert "立会機関の署名: 見本大学, 2028年6月1日（木）12:00:00 JST" in kept
    assert "Signed by the witness: Sample University, 1 June 2028, 12:00:00 JST" in kept


def test_the_text_verifies_alone_and_a_changed_letter_is_found(
    sequence, author, actor_of, client_for, tmp_path
):
    entry = publish(author, actor_of)
    sequence()
    text = receipt(client_for(author), entry, ".txt").content
    (tmp_path / "receipt.txt").write_bytes(text)
    (tmp_path / "changed.txt").write_bytes(text.replace(b"publish_result", b"publish_results"))

    right, wrong = (run_verifier(tmp_path, name) for name in ("receipt.txt", "changed.txt"))

    assert (right.returncode, right.stderr) == (0, b"")
    assert (wrong.returncode, wrong.stderr) == (1, b"")


def test_the_pdf_verifies_alone_and_reads_as_the_page(
    sequence, author, actor_of, client_for, tmp_path
):
    entry = publish(author, actor_of)
    sequence()
    browser = client_for(author)
    answers = {one: receipt(browser, entry, ".pdf", language=one) for one in LANGUAGES}
    for language, answer in answers.items():
        (tmp_path / f"receipt{language[1:]}.pdf").write_bytes(answer.content)

    verified = run_verifier(tmp_path, "receipt.pdf", "receipten.pdf")

    assert verified.returncode == 0
    assert "海を測る論文" in words_of(answers[""].content)
    assert "Measuring the sea" in words_of(answers["/en"].content)
    assert answers[""]["Content-Type"] == "application/pdf"


def words_of(pdf):
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_files_of_a_receipt_are_in_both_languages_and_carry_what_is_verified(
    author, actor_of, client_for
):
    entry = publish(author, actor_of)

    text = receipt(client_for(author), entry, ".txt").text

    readable, _, machine = text.partition("-----BEGIN BANSO RECEIPT-----\n")
    stated = json.loads(machine.partition("-----END")[0])
    assert "研究成果を公表しました" in readable
    assert "Published a result" in readable
    assert (stated["commitment"], stated["index"], stated["checkpoint"]) == (
        bytes(entry.commitment).hex(),
        None,
        None,
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


@pytest.mark.parametrize("ending", ["/", ".txt", ".pdf"])
def test_anothers_receipt_does_not_exist(db, actor_of, client_for, ending):
    entry = publish(PersonFactory(), actor_of)
    stranger = client_for(PersonFactory())

    theirs = receipt(stranger, entry, ending)
    nobodys = stranger.get(f"/my/receipts/{uuid.UUID(int=7)}{ending}")

    assert theirs.status_code == HTTPStatus.NOT_FOUND
    assert len(theirs.content) == len(nobodys.content)
    assert "海を測る論文" not in stranger.get("/my/receipts/").text


def test_an_act_of_which_there_is_no_receipt_has_none(db, client_for):
    grow(1)
    entry = Entry.objects.get()
    person = PersonFactory(pk=entry.actor_id)

    assert receipt(client_for(person), entry).status_code == HTTPStatus.NOT_FOUND
    assert "記録証：0件" in client_for(person).get("/my/receipts/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visitor_is_asked_to_sign_in(client, db, language):
    for path in ("/my/receipts/", f"/my/receipts/{uuid.uuid4()}.pdf", "/ledger/bundle"):
        answer = client.get(f"{language}{path}")
        assert answer["Location"].startswith(f"{language}/accounts/login/?next=")


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
