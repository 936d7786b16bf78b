import json
import re
import subprocess
import sys
import uuid
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pypdfium2
import pytest
from tests.people.factories import PersonFactory
from tests.proofs.ledger_acts import grow, name_witness, witness_signs
from tests.proofs.receipts import publish, receipt
from tests.results.factories import NOW

from banso.ledger import verify
from banso.ledger.models import Entry

LANGUAGES = ["", "/en"]


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
