import hashlib
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people.factories import PersonFactory
from tests.proofs.ledger_acts import NOON, WITNESS, grow, name_witness, witness_signs
from tests.results.factories import ResultFactory

from banso.ledger import verify
from banso.ledger.models import Detail, Entry
from banso.ledger.queries import latest_checkpoint
from banso.ledger.verify import (
    VerifierKey,
)
from banso.results.commands.publish_result import publish_result

LANGUAGES = ["", "/en"]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("", ["記録簿には、まだ何も載っていません。", "立会機関は、まだありません。"]),
        ("/en", ["Nothing is in the ledger yet.", "There is no witness yet."]),
    ],
)
def test_the_page_of_an_empty_ledger_says_so(client, db, language, sentences):
    text = client.get(f"{language}/ledger/").text

    assert [one for one in sentences if one not in text] == []


def test_the_page_shows_the_latest_checkpoint_and_the_key(grown, client):
    latest = latest_checkpoint()
    key = VerifierKey.parse(client.get("/ledger/keys").text.strip())
    script = hashlib.sha256(Path(verify.__file__).read_bytes()).hexdigest()
    shown = {latest.root.hex(), "<dd>13</dd>", f"<dd>{key.id.hex()}</dd>", script}

    for language in LANGUAGES:
        text = client.get(f"{language}/ledger/").text
        assert {one for one in shown if one not in text} == set()


def test_the_page_names_each_witness_with_what_it_signed_last(sequence, client):
    name_witness()
    for _ in range(2):
        grow(1)
        sequence()
        witness_signs()

    japanese, english = (
        client.get(f"{language}/ledger/").text.partition('id="witness-table"')[2]
        for language in LANGUAGES
    )

    for row in (japanese, english):
        assert '<td data-align="end">3</td>' in row
        assert WITNESS.cosigner_text in row.replace("&#43;", "+")
    assert "見本大学" in japanese
    assert "2028年6月1日（木）12:00:00 JST" in japanese
    assert "Sample University" in english
    assert "1 June 2028, 12:00:00 JST" in english


def test_no_public_address_tells_an_act_a_name_or_an_entrys_instant(grown, client):
    closed = {"register_organisation", "見本", "03:00:00.000000", "2028"}
    closed |= {str(value) for value in Entry.objects.values_list("id", flat=True)}
    closed |= {bytes(salt).hex() for salt in Detail.objects.values_list("salt", flat=True)}
    closed |= {bytes(one).hex() for one in Entry.objects.values_list("commitment", flat=True)}
    addresses = [
        *("", "checkpoint", "checkpoints/5", "keys", "tile/0/000.p/13"),
        *(f"inclusion?leaf={grown[0].hex()}", "consistency?first=5&second=13"),
    ]

    answers = [
        client.get(f"{language}/ledger/{one}") for language in LANGUAGES for one in addresses
    ]

    assert {answer.status_code for answer in answers} == {HTTPStatus.OK}
    told = {one for one in closed for answer in answers if one.encode() in answer.content}
    assert told == set()


LATE = {
    "": "自分の記録のうち最も古いものは、3分待っています。",
    "/en": "The oldest of yours has waited for 3 minutes now.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_person_whose_record_is_late_is_told_plainly(db, client_for, actor_of, clock, language):
    author, stranger = PersonFactory(), PersonFactory()
    result = ResultFactory(authors=[author])
    publish_result(actor=actor_of(author), result_id=result.pk, at=NOON)

    read = {}
    for waited in (timedelta(seconds=60), timedelta(minutes=3, seconds=5)):
        clock.set(NOON + waited)
        for person in (author, stranger):
            read[person, waited] = client_for(person).get(f"{language}/ledger/").text

    told = {key for key, text in read.items() if LATE[language] in text}
    assert told == {(author, timedelta(minutes=3, seconds=5))}


@pytest.mark.assurance("A-34")
def test_the_page_tells_nobody_else_whether_anything_waits(client, db, clock):
    clock.set(NOON + timedelta(days=1))
    before = client.get("/ledger/").content

    grow(3)

    assert client.get("/ledger/").content == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_is_handed_out_as_it_is(client, db, language):
    answer = client.get(f"{language}/ledger/verify.py")

    assert answer.content == Path(verify.__file__).read_bytes()
    assert answer["Content-Disposition"] == 'attachment; filename="verify.py"'


def test_the_page_costs_the_same_whatever_the_log_holds(sequence, client):
    counts = []
    for number in (1, 10, 100):
        grow(number)
        sequence()
        with CaptureQueriesContext(connection) as captured:
            client.get("/ledger/")
        counts.append(len(captured))

    assert len(set(counts)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ledger_is_linked_from_every_page(client, db, language):
    assert f'href="{language}/ledger/"' in client.get(f"{language}/help/").text
