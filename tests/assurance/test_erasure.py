"""A-80: an erased person's details are gone from table, log and bundle; every proof stays."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from tests.migrated import prepare_migrated

from banso.site.database import wait_until_stopped

CANARY = "この文は消されて残らない"
PATIENCE = 30.0
# A person acts, with words in the details; the officer beside them acts too, and stays.
ACT = """
import os, sys, datetime
os.environ["DJANGO_SETTINGS_MODULE"] = "banso.site.settings"
from banso.site.console import start
start.serve_tables()
from banso.ledger.record import command, record
from banso.people.actors import OPERATOR_AT_CONSOLE, Actor
from banso.people.commands.registry.register_person import register_person
from banso.people.models import Person

def act_with_words(*, actor, person, words):
    record(subject=person, details={"words": words})
    return person
act_with_words.__module__ = "banso.people.commands.sample"
act_with_words = command(act_with_words)

for name in ("leaver", "stayer"):
    person = register_person(
        actor=OPERATOR_AT_CONSOLE, family_name=name, given_name="", password=None,
        email=f"{name}@example.jp", from_on=datetime.date(2026, 4, 1))
    words = sys.argv[1] if name == "leaver" else "stays"
    for _ in range(20):
        act_with_words(actor=Actor(person_id=person.pk), person=person, words=words)
"""
ASK = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "banso.site.settings"
from banso.site.console import start
start.serve_tables()
from banso.ledger.models import Detail, Erasure, Entry
from banso.ledger.queries import lines, latest_checkpoint, stored_hashes
from banso.ledger.tree import StoredTree
last = latest_checkpoint()
print(Entry.objects.count(), Detail.objects.count(), Erasure.objects.count())
print(last.size, StoredTree(stored_hashes).root(last.size) == last.root)
from banso.people.actors import NOBODY
of_auditor = list(lines(last.size, NOBODY, is_auditor=True))
print(sum(1 for one in of_auditor if one.erased_at and one.text is None and one.salt is None))
print(sum(1 for one in of_auditor if one.text and "people.erase_details" in one.text))
"""


@pytest.fixture
def data():
    with tempfile.TemporaryDirectory(prefix="banso-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def run(data, *command):
    environment = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
    return subprocess.run(
        [sys.executable, *command],
        env={**environment, "DATA": str(data), "BANSO_SECRET_KEY": "only-for-tests"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def banso(data, *words):
    return run(data, "-m", "banso.site.command_line", *words)


def files_that_hold(data, words):
    return [
        str(path.relative_to(data))
        for path in sorted(data.rglob("*"))
        if path.is_file() and words.encode() in path.read_bytes()
    ]


@pytest.mark.assurance("A-80")
def test_an_erased_persons_words_are_nowhere_and_every_proof_stays(data):
    prepare_migrated(data)
    run(data, "-c", ACT, CANARY)
    banso(data, "worker", "--once")
    assert any("pg_wal" in name for name in files_that_hold(data, CANARY))
    assert any("base/" in name for name in files_that_hold(data, CANARY))
    assert (
        banso(data, "ledger", "erase", "leaver@example.jp", "--ground", "x", "--dry-run") == "21\n"
    )

    banso(data, "ledger", "erase", "leaver@example.jp", "--ground", "本人の求め")
    banso(data, "worker", "--once")
    assert "everything is as it was signed" in banso(data, "ledger", "audit")

    assert wait_until_stopped(data, PATIENCE)
    assert files_that_hold(data, CANARY) == []
    entries, of_auditor, named, acts = run(data, "-c", ASK).splitlines()
    assert entries == "43 22 21"
    assert of_auditor == "43 True"
    assert (named, acts) == ("21", "1")
    assert wait_until_stopped(data, PATIENCE)
