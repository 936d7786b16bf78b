"""The ledger's commands, as an operator types them, on one data folder."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from tests.migrated import prepare_migrated

from banso.ledger.signing.notes import SigningKey
from banso.ledger.verify import Note, VerifierKey, signed_by
from banso.site.database import acquire, embedded_address, wait_until_stopped
from banso.site.database.places import places_of

PATIENCE = 30.0
WITNESS = SigningKey.generate("witness.example.ac.jp")


@pytest.fixture(scope="module")
def data():
    with tempfile.TemporaryDirectory(prefix="banso-") as folder:
        path = Path(folder)
        path.chmod(0o755)
        prepare_migrated(path)
        with acquire(path):
            act(path)
            banso(path, "worker", "--once")
            yield path
        assert wait_until_stopped(path, PATIENCE)


def start(data, *words, **environment):
    inherited = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
    return subprocess.Popen(
        [sys.executable, "-m", "banso.site.command_line", *words],
        env={**inherited, "DATA": str(data), "BANSO_SECRET_KEY": "only-for-tests", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def banso(data, *words, status=0, **environment):
    process = start(data, *words, **environment)
    said, complained = process.communicate()
    assert process.returncode == status, complained
    return said if status == 0 else complained


def act(data):
    """Leave one entry: a witness of another name each time."""
    key = SigningKey.generate(f"{os.urandom(4).hex()}.example")
    banso(data, "ledger", "add-witness", key.cosigner_text, "--organisation", "見本")


def head(data):
    return json.loads(banso(data, "ledger", "checkpoint", "--json"))


def test_the_worker_places_what_waits_and_the_checkpoint_is_signed(data, tmp_path):
    act(data)

    banso(data, "worker", "--once")

    facts = head(data)
    assert (facts["waiting"], facts["waiting_since"]) == (0, None)
    note = tmp_path / "checkpoint"
    note.write_text(banso(data, "ledger", "checkpoint"))
    assert note.read_text() == facts["note"]
    *_, key = sorted(
        (data / "keys/ledger").glob("*.key"), key=lambda file: file.stat().st_mtime_ns
    )
    known = SigningKey.parse(key.read_text()).verifier_text
    assert known in banso(data, "ledger", "verify", str(note), "--key", known)
    in_japanese = banso(data, "ledger", "verify", "--lang", "ja", "--key", known, str(note))
    assert "誤りは見つかりませんでした" in in_japanese
    assert json.loads(banso(data, "ledger", "verify", "--json", "--key", known, str(note)))


def test_a_worker_that_is_told_to_stop_stops(data):
    act(data)
    with start(data, "worker") as worker:
        try:
            while head(data)["waiting"]:
                assert worker.poll() is None

            worker.send_signal(signal.SIGTERM)

            assert worker.wait(PATIENCE) == 0
        finally:
            worker.kill()


def test_a_new_key_is_named_by_the_old_one_and_both_sign(data):
    act(data)
    banso(data, "worker", "--once")
    [old] = Note.parse(head(data)["note"]).signatures

    new = banso(data, "ledger", "rotate-key", "--overlap", "7").strip()
    act(data)
    banso(data, "worker", "--once")

    note = Note.parse(head(data)["note"])
    assert signed_by(note, VerifierKey.parse(new))
    assert {one.key_id for one in note.signatures} == {old.key_id, VerifierKey.parse(new).id}


def test_a_checkpoint_shows_the_witness_that_signed_it(data, tmp_path):
    key = WITNESS.cosigner_text
    banso(data, "ledger", "add-witness", key, "--organisation", "見本大学")
    banso(data, "worker", "--once")
    note = head(data)["note"]
    file = tmp_path / "cosigned"
    file.write_text(
        note + WITNESS.cosign(Note.parse(note).body, datetime(2026, 11, 23, tzinfo=UTC))
    )

    said = banso(data, "ledger", "add-cosignature", str(file))

    assert said.startswith("witness.example.ac.jp 2026-11-23T00:00:00+00:00 ")
    assert head(data)["witnesses"] == ["見本大学"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        pytest.param(
            ("ledger", "add-witness", "not a key", "--organisation", "見本"),
            "this is not a verifier key",
            id="no-key",
        ),
        pytest.param(
            ("ledger", "add-witness", WITNESS.verifier_text, "--organisation", "見本"),
            "this key signs no cosignatures; ask the witness for its own key",
            id="key-of-a-log",
        ),
        pytest.param(
            ("ledger", "add-cosignature", __file__),
            f"{__file__} is not a signed checkpoint",
            id="no-checkpoint",
        ),
        pytest.param(
            ("ledger", "add-cosignature", "/nowhere"), "/nowhere cannot be read", id="no-file"
        ),
        pytest.param(
            ("ledger", "erase", "nobody@example.jp", "--ground", "x"),
            "nobody signs in as nobody@example.jp",
            id="nobody",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(data, words, complaint):
    assert complaint in banso(data, *words, status=1)


@pytest.mark.parametrize("days", ["-3", "99999999999", "many"])
def test_keys_overlap_for_a_number_of_days_that_can_be_told(data, days):
    complaint = banso(data, "ledger", "rotate-key", f"--overlap={days}", status=2)

    assert "argument --overlap: " in complaint


def test_a_worker_without_its_key_says_where_it_looked_and_signs_nothing(data, tmp_path):
    act(data)
    banso(data, "worker", "--once")
    act(data)
    before = head(data)["size"]

    complaint = banso(data, "worker", "--once", status=1, BANSO_LEDGER_KEYS=str(tmp_path))

    assert f"{tmp_path} does not hold that key" in complaint
    assert (head(data)["size"], head(data)["waiting"]) == (before, 1)


def test_on_an_external_database_the_worker_asks_for_an_address_of_its_own(tmp_path):
    complaint = banso(tmp_path, "worker", status=1, DATABASE_URL="postgresql://web@/x?host=/x")

    assert "DATABASE_SEQUENCER_URL is not set" in complaint


def test_an_audit_finds_everything_as_it_was_signed_then_what_its_owner_changed(data):
    act(data)
    banso(data, "worker", "--once")

    assert "entries: everything is as it was signed." in banso(data, "ledger", "audit")
    assert json.loads(banso(data, "ledger", "audit", "--json"))["contradictions"] == []

    with psycopg.connect(**owner_address(data)) as owner:
        owner.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
        owner.execute("UPDATE ledger_entry SET act = act || 'x' WHERE number = 1")
    try:
        said = audited(data)
        assert said.startswith("entry 1: act is ")
        [one] = json.loads(audited(data, "--json"))["contradictions"]
        assert f"{one['place']}: {one['says']}\n" == said
    finally:
        with psycopg.connect(**owner_address(data)) as owner:
            owner.execute("UPDATE ledger_entry SET act = rtrim(act, 'x') WHERE number = 1")
            owner.execute("ALTER TABLE ledger_entry ENABLE TRIGGER USER")


def owner_address(data):
    return embedded_address(places_of(data, {}), "banso_owner", "banso")


def audited(data, *words):
    with start(data, "ledger", "audit", *words) as process:
        said, counted = process.communicate()
    assert process.returncode == 1
    assert " entries" in counted
    return said
