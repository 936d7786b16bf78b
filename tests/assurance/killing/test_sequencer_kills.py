"""A-77: sequencers are killed while they work, two at a time; each entry has exactly one leaf."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pymerkle import InmemoryTree

from banso.ledger.models import Checkpoint, Entry, Leaf, LogKey, Pending
from banso.ledger.verify import Checkpoint as Body
from banso.ledger.verify import Note, VerifierKey, signed_by

KILLS, LONG_KILLS = 20, 200
ENTRIES_A_ROUND = 150
LONGEST_LIFE = 0.08
CHILD = """
import os
from pathlib import Path
import django
from django.conf import settings
import tests.settings
settings.DATABASES["default"].update(
    NAME=os.environ["KILLED_DATABASE"], HOST=os.environ["KILLED_HOST"],
    USER=settings.DATABASE_ROLES["sequencer"])
django.setup()
from banso.ledger.signing import sequencing
from banso.ledger.clock import read_clock
from banso.ledger.signing.keys import Keyring
sequencing.BATCH = 7
ring = Keyring.open(Path(os.environ["KILLED_KEYS"]), settings.LEDGER_ORIGIN, at=read_clock())
sequencer = sequencing.Sequencer(ring)
print("ready", flush=True)
while True:
    sequencer.place_batch()
"""


def start_child(keys):
    address = connection.settings_dict
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path.cwd()),
        "KILLED_DATABASE": address["NAME"],
        "KILLED_HOST": address["HOST"],
        "KILLED_KEYS": str(keys),
    }
    return subprocess.Popen(
        [sys.executable, "-c", CHILD], stdout=subprocess.PIPE, text=True, env=environment
    )


def record_entries(count):
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH entry AS (INSERT INTO ledger_entry (id, actor_id, act, subject_type, subject_id,"
            " clause, at, is_sealed, commitment) SELECT gen_random_uuid(), gen_random_uuid(),"
            " 'sample', '', '', '', clock_timestamp(), false, sha256(gen_random_uuid()::text::bytea)"
            " FROM generate_series(1, %s) RETURNING number)"
            " INSERT INTO ledger_pending SELECT number FROM entry",
            [count],
        )


@pytest.mark.assurance("A-77")
def test_killed_sequencers_leave_each_entry_one_leaf_in_one_signed_tree(
    sequence, tmp_path, short_or_long
):
    record_entries(ENTRIES_A_ROUND)
    sizes, unfinished = [], 0

    for _ in range(short_or_long(KILLS, LONG_KILLS) // 2):
        children = [start_child(tmp_path / "ledger-keys") for _ in range(2)]
        for child in children:
            assert child.stdout.readline() == "ready\n"
        record_entries(ENTRIES_A_ROUND)
        time.sleep(random.uniform(0, LONGEST_LIFE))  # noqa: S311 - when to kill
        for child in children:
            child.send_signal(signal.SIGKILL)
            child.wait()
            child.stdout.close()
        sizes.append(Leaf.objects.count())
        unfinished += Pending.objects.exists()
    sequence()

    assert sizes == sorted(sizes)
    assert unfinished, "every kill came after the work was done"
    assert not Pending.objects.exists()
    leaves = Leaf.objects.order_by("index").select_related("entry")
    assert [leaf.index for leaf in leaves] == [*range(Entry.objects.count())]
    assert {leaf.entry_id for leaf in leaves} == {*Entry.objects.values_list("pk", flat=True)}
    oracle = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        oracle.append_entry(bytes(leaf.entry.commitment))
    [key] = [
        VerifierKey.parse(one) for one in LogKey.objects.values_list("verifier_key", flat=True)
    ]
    for checkpoint in Checkpoint.objects.all():
        note = Note.parse(checkpoint.note)
        assert signed_by(note, key)
        expected = Body(settings.LEDGER_ORIGIN, checkpoint.size, oracle.get_root(checkpoint.size))
        assert Body.parse(note.body) == expected
