import io
import json
import subprocess
import sys
import uuid
import zipfile
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from tests.acting import database_role
from tests.assurance.secrecy.councils import council_with_item
from tests.people.factories import AppointmentFactory, PersonFactory
from tests.proofs.ledger_acts import grow
from tests.results.factories import NOW, ResultFactory

from banso.ledger import erasing, verify
from banso.ledger.models import Entry
from banso.proofs.permissions import EXPORT_BUNDLE
from banso.protected.commands.decline_offer import decline_offer
from banso.results.commands.publish_result import publish_result

LANGUAGES = ["", "/en"]
EXPORT = "proofs.export_bundle"


@pytest.fixture
def log(sequence, actor_of, clock):
    """Four acts: another's open one, an author's, a member's that C5 protects, one more."""
    clock.set(NOW)
    author = PersonFactory()
    world = council_with_item(recipients=1)
    result = ResultFactory(authors=[author])
    grow(1)
    publish_result(actor=actor_of(author), result_id=result.pk, at=NOW)
    member, [offer] = world.recipients[0], world.offers
    decline_offer(actor=actor_of(member), offer_id=offer.pk, at=NOW)
    grow(1)
    sequence()
    return {"author": author, "member": member}


def auditor():
    return AppointmentFactory(role="auditor", from_on=NOW.date()).person


def take(browser, key=None):
    sent = {"idempotency_key": str(key or uuid.uuid4())}
    return browser.post("/ledger/bundle", sent)


def lines_of(answer):
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        return [json.loads(one) for one in archive.read("entries.jsonl").splitlines()]


def opened_in(answer):
    """Name the acts whose text the bundle holds, by their places."""
    lines = lines_of(answer)
    return {
        line["index"]: json.loads(line["text"])["act"] for line in lines if "text" in line
    }, len(lines)


@pytest.mark.parametrize(
    ("who", "acts"),
    [
        ("author", {1: "results.publish_result"}),
        ("member", {2: "protected.decline_offer"}),
    ],
)
def test_a_person_takes_their_own_records_and_the_hashes_of_all(log, client_for, who, acts):
    opened, leaves = opened_in(take(client_for(log[who])))

    assert (opened, leaves) == (acts, 4)


def test_an_auditor_takes_what_c5_leaves_open(log, client_for):
    opened, leaves = opened_in(take(client_for(auditor())))

    assert (opened, leaves) == (
        {
            0: "people.register_organisation",
            1: "results.publish_result",
            3: "people.register_organisation",
        },
        4,
    )


@pytest.mark.parametrize(
    ("who", "named"), [("author", {1}), ("member", {2}), ("auditor", {0, 1, 3})]
)
def test_an_erasure_is_named_only_to_who_could_read_what_was_erased(log, client_for, who, named):
    entries = list(Entry.objects.order_by("number").values_list("pk", flat=True))
    with database_role(settings.DATABASE_ROLES["owner"]):
        erasing.erase(entries)
        erasing.name_erased(entries, erased_by=entries[0], at=NOW)

    lines = lines_of(take(client_for(auditor() if who == "auditor" else log[who])))

    assert {line["index"] for line in lines if "erased" in line} == named
    assert [line for line in lines if "text" in line] == []


def test_a_bundle_verifies_alone(log, client_for, tmp_path):
    (tmp_path / "bundle.zip").write_bytes(take(client_for(log["author"])).getvalue())

    verified = subprocess.run(
        [sys.executable, "-I", Path(verify.__file__), "bundle.zip"],
        cwd=tmp_path,
        env={},
        capture_output=True,
        check=False,
    )

    assert (verified.returncode, verified.stderr) == (0, b"")


def test_taking_a_bundle_is_one_recorded_act_however_often_the_form_is_sent(log, client_for):
    browser, key = client_for(log["author"]), uuid.uuid4()

    first, second = (opened_in(take(browser, key)) for _ in range(2))

    assert first == second
    assert [*Entry.objects.filter(act=EXPORT).values_list("actor_id", "clause", "is_sealed")] == [
        (log["author"].pk, "", False)
    ]


def test_reading_the_page_records_nothing(log, client_for):
    client_for(log["author"]).get("/ledger/bundle")

    assert not Entry.objects.filter(act=EXPORT).exists()


@pytest.mark.parametrize(
    ("language", "own", "audit"),
    [
        ("", "自分の記録の本文。", "監査人に開かれたすべての記録の本文。"),
        ("/en", "the text of your own records.", "as you are an auditor:"),
    ],
)
def test_the_page_says_what_the_bundle_holds(log, client_for, language, own, audit):
    for person, said, unsaid in ((log["author"], own, audit), (auditor(), audit, own)):
        text = client_for(person).get(f"{language}/ledger/bundle").text
        assert said in text
        assert unsaid not in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("", "記録簿には、まだ何も載っていません。"), ("/en", "Nothing is in the ledger yet.")],
)
def test_of_an_empty_ledger_there_is_no_bundle(db, client_for, language, sentence):
    browser = client_for(PersonFactory())

    answer = browser.post(f"{language}/ledger/bundle", {"idempotency_key": str(uuid.uuid4())})

    assert answer.status_code == HTTPStatus.SEE_OTHER
    assert sentence in browser.get(answer["Location"]).text
    assert not Entry.objects.exists()


def test_a_visitor_takes_nothing(client, log):
    answer = take(client)

    assert answer["Location"].startswith("/accounts/login/?next=/ledger/bundle")
    assert not Entry.objects.filter(act=EXPORT).exists()


def test_only_the_person_themselves_takes_their_records(db, actor_of):
    person, other = PersonFactory(), PersonFactory()

    assert EXPORT_BUNDLE.allows(actor_of(person), person)
    assert not EXPORT_BUNDLE.allows(actor_of(other), person)
