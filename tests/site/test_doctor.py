"""`banso doctor` on faults that are brought about for real."""

import hashlib
import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from tests.journeys.conftest import BANSO, clean_environ
from tests.migrated import migrated_folder

from banso.site.database import acquire, filesystems, superuser_address
from banso.site.doctor import clocks, examine, folders, servers
from banso.site.doctor.examination import check_backup
from banso.site.secret import secret_key

BYTES = b"%PDF-1.7 received"
SHA256 = hashlib.sha256(BYTES).hexdigest()
ENTRY = """
WITH entry AS (INSERT INTO ledger_entry (id, actor_id, act, subject_type, subject_id, clause, at, is_sealed, commitment)
    VALUES (gen_random_uuid(), gen_random_uuid(), 'calls.open_call', 'calls.call', '1', '', now() - interval '2 hours', false, '\\x00')
    RETURNING number)
INSERT INTO ledger_pending (entry_id) SELECT number FROM entry
"""
RECEIPT = """
INSERT INTO proposals_receipt (id, number, proposal_id, person_id, received_at, version, files, entry_id, commitment)
VALUES (gen_random_uuid(), 'R-1', gen_random_uuid(), gen_random_uuid(), now(), 'v', %s::jsonb, gen_random_uuid(), 'c')
"""
PERSON = """
INSERT INTO people_person (id, family_name, given_name, family_name_kana, given_name_kana,
                           family_name_en, given_name_en, is_sample)
VALUES (gen_random_uuid(), '山田', '', '', '', '', '', false)
"""


@pytest.fixture(scope="module")
def site():
    """A healthy folder whose database runs, of which each test breaks one thing and mends it."""
    with migrated_folder() as folder, acquire(folder) as cluster:
        environ = clean_environ(folder)
        environ.pop("BANSO_DEMO")
        secret_key(environ, folder)
        yield folder, environ, superuser_address(cluster.places) | {"dbname": "banso"}


@pytest.fixture
def as_owner(site):
    with psycopg.connect(**site[2], autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection.execute


def doctor(environ, *words):
    told = subprocess.run(
        [*BANSO, "doctor", "--json", *words],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.stderr == ""
    return told.returncode, wrong(json.loads(told.stdout)["checks"])


def wrong(checks):
    return [(one["check"], one["says"]) for one in checks if one["state"] == "wrong"]


def found(folder, environ, *, is_deep=False):
    return [
        (one.check, one.says)
        for one in examine(folder, environ, is_deep=is_deep)
        if one.state == "wrong"
    ]


def listing(folder):
    return sorted(str(one) for one in folder.iterdir())


def test_a_healthy_folder_has_nothing_wrong_and_stays_as_it_is(site):
    folder, environ, _ = site
    before = listing(folder)

    assert doctor(environ) == (0, [])
    assert listing(folder) == before


def test_a_folder_whose_worker_has_made_its_keys_has_nothing_wrong(site):
    folder, environ, _ = site
    subprocess.run([*BANSO, "worker", "--once"], env=environ, check=True)

    found_here = doctor(environ)

    shutil.rmtree(folder / "keys")
    with psycopg.connect(**site[2]) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("DELETE FROM ledger_logkey")
    assert found_here == (0, [])


def test_a_database_that_does_not_run_is_said_and_nothing_is_made(tmp_path):
    status, [(check, says)] = doctor(clean_environ(tmp_path))

    assert (status, check) == (1, "database")
    assert says.startswith("The database does not answer, so what it holds was not looked at")
    assert listing(tmp_path) == []


def test_a_folder_that_is_not_there_is_said_and_not_made(tmp_path):
    status, [first, _] = doctor(clean_environ(tmp_path / "none"))

    assert (status, first) == (1, ("data folder", f"{tmp_path / 'none'} is not there."))
    assert listing(tmp_path) == []


def test_a_secret_that_others_can_open_is_found(site):
    folder, environ, _ = site
    secret = folder / "secret-key"
    secret.chmod(0o644)

    assert doctor(environ) == (
        1,
        [("secrets", f"{secret} can be opened by other users (mode 0644).")],
    )
    secret.chmod(0o600)


def test_a_data_folder_on_a_network_file_system_is_found(site, tmp_path, monkeypatch):
    folder, environ, _ = site
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"36 22 0:32 / {folder} rw - nfs4 store:/srv rw\n")
    monkeypatch.setattr(filesystems, "MOUNTS", mounts)

    findings = found(folder, environ)

    assert findings[0] == (
        "file system",
        f"{folder} is on a network file system (nfs4), where locks and flushes may be lost.",
    )
    assert {check for check, _ in findings} == {"file system"}


def test_a_full_disk_is_found(site, tmp_path, monkeypatch):
    folder, environ, _ = site
    monkeypatch.setattr(folders, "full_share", lambda _place: 0.96)

    findings = found(folder, environ)

    assert (
        "disk",
        f"The disk of {folder} is 96 % full. Above 95 % nothing new is taken.",
    ) in findings


def test_an_entry_that_waits_is_found(site, as_owner):
    as_owner(ENTRY)

    [(check, says)] = found(*site[:2])

    assert check == "ledger"
    assert says.startswith("1 entries wait for the sequencer, the first for 72")
    as_owner("DELETE FROM ledger_pending")


def test_a_tree_shorter_than_the_one_signed_last_is_found(site):
    folder, environ, _ = site
    keys = folder / "keys" / "ledger"
    keys.mkdir(parents=True, mode=0o700)
    keys.parent.chmod(0o700)
    (keys / "last-signed.json").write_text(json.dumps({"size": 7, "root": "00"}))

    assert found(folder, environ) == [
        ("ledger", "The worker signed 7 leaves, and the last checkpoint has 0.")
    ]
    shutil.rmtree(keys.parent)


@pytest.mark.parametrize(
    ("written", "is_deep", "fault"),
    [
        (None, False, "is missing"),
        (b"short", False, f"has 5 bytes instead of {len(BYTES)}"),
        (BYTES.swapcase(), True, "has other bytes than those that were received"),
        (BYTES.swapcase(), False, None),
        (BYTES, True, None),
    ],
)
def test_a_file_that_is_not_what_was_received_is_found(site, as_owner, written, is_deep, fault):
    folder, environ, _ = site
    (folder / "files").mkdir(mode=0o700)
    as_owner(
        "INSERT INTO proposals_proposalfile (id, proposal_id, part, name, sha256, size, attached_at)"
        " VALUES (gen_random_uuid(), gen_random_uuid(), 'plan', 'a.pdf', %s, %s, now())",
        [SHA256, len(BYTES)],
    )
    path = folder / "files" / SHA256
    if written is not None:
        path.write_bytes(written)

    findings = found(folder, environ, is_deep=is_deep)

    assert findings == ([("files", f"File {SHA256} {fault}.")] if fault else [])
    as_owner("DELETE FROM proposals_proposalfile")
    shutil.rmtree(folder / "files")


def test_a_file_that_only_a_receipt_names_is_looked_for_too(site, as_owner):
    folder, environ, _ = site
    (folder / "files").mkdir(mode=0o700)
    as_owner(RECEIPT, [json.dumps([{"sha256": SHA256, "size": len(BYTES)}])])

    findings = found(folder, environ)

    as_owner("DELETE FROM proposals_receipt")
    (folder / "files").rmdir()
    assert findings == [("files", f"File {SHA256} is missing.")]


def test_a_file_store_that_is_gone_is_said(site, as_owner):
    folder, environ, _ = site
    as_owner(RECEIPT, [json.dumps([{"sha256": SHA256, "size": len(BYTES)}])])

    findings = found(folder, environ | {"BANSO_FILES": str(folder / "gone")})

    as_owner("DELETE FROM proposals_receipt")
    assert [check for check, _ in findings] == ["files"]
    assert findings[0][1].startswith("The files could not be looked at")
    assert not (folder / "gone").exists()


def test_a_migration_that_is_missing_or_unknown_is_found(site, as_owner):
    as_owner("UPDATE django_migrations SET name = 'x' || name WHERE app = 'ledger'")
    [count] = as_owner("SELECT count(*) FROM django_migrations WHERE app = 'ledger'").fetchone()

    findings = found(*site[:2])

    as_owner("UPDATE django_migrations SET name = substr(name, 2) WHERE app = 'ledger'")
    assert findings == [
        ("release", f"The database lacks {count} migrations of this release."),
        ("release", f"The database has {count} migrations that this release does not know."),
    ]


@pytest.mark.parametrize("power", ["SUPERUSER", "BYPASSRLS", "CREATEROLE", "REPLICATION"])
def test_a_web_role_that_is_too_strong_is_found(site, as_owner, power):
    as_owner(f"ALTER ROLE banso_web {power}")

    checks = {check for check, _ in found(*site[:2])}

    as_owner(f"ALTER ROLE banso_web NO{power}")
    assert checks == {"the web's role"}


def test_a_setting_that_trades_safety_is_found(site, as_owner):
    as_owner("ALTER ROLE banso_web SET synchronous_commit = off")

    findings = found(*site[:2])

    as_owner("ALTER ROLE banso_web RESET synchronous_commit")
    assert findings == [
        (
            "PostgreSQL's settings",
            "synchronous_commit is off, so an act could be confirmed before it is kept.",
        )
    ]


def test_an_old_minor_version_is_found(site, monkeypatch):
    ours = servers.our_version()
    monkeypatch.setattr(servers, "our_version", lambda: ours + 1)

    [(check, says)] = found(*site[:2])

    assert check == "PostgreSQL's version"
    assert (
        says
        == f"The server is PostgreSQL 18.{ours % 100}, and 18.{ours % 100 + 1} mends faults of it."
    )


def test_a_standby_that_is_named_and_not_there_is_found(site, as_owner):
    as_owner("ALTER ROLE banso_web SET synchronous_commit = on")
    as_owner("ALTER SYSTEM SET synchronous_standby_names = 'kyoto'")
    as_owner("SELECT pg_reload_conf()")
    as_owner("SELECT pg_sleep(0.5)")

    findings = found(*site[:2])

    as_owner("ALTER SYSTEM RESET synchronous_standby_names")
    as_owner("SELECT pg_reload_conf()")
    assert findings == [
        ("standbys", "No synchronous standby (kyoto) is connected, so every act waits for one.")
    ]


def test_demo_mode_beside_a_real_person_is_found(site, as_owner):
    folder, environ, _ = site
    as_owner(PERSON)

    findings = found(folder, environ | {"BANSO_DEMO": "1"})

    as_owner("DELETE FROM people_person")
    assert findings == [("demo mode", "Demo mode is on, and 1 people here are no samples.")]
    assert found(folder, environ | {"BANSO_DEMO": "1"}) == []


def test_a_clock_that_is_off_is_found():
    class Ahead:
        def execute(self, _query):
            return self

        def fetchone(self):
            return [datetime.now(UTC) + timedelta(seconds=90)]

    finding = clocks.database_clock(Ahead())

    assert (finding.state, finding.says) == (
        "wrong",
        "The database's clock is +90.0 s from this machine's.",
    )


@pytest.mark.parametrize(("state", "expected"), [(0, "good"), (5, "unknown"), (-1, "unknown")])
def test_a_clock_that_nobody_keeps_is_unknown(state, expected):
    assert clocks.kernel_clock(state).state == expected


@pytest.mark.parametrize(("hours", "expected"), [(None, "unknown"), (1, "good"), (30, "wrong")])
def test_the_age_of_the_last_backup_is_judged(tmp_path, hours, expected):
    at = datetime(2027, 5, 31, 12, tzinfo=UTC)
    if hours:
        made_at = at - timedelta(hours=hours)
        (tmp_path / "last-backup.json").write_text(
            json.dumps({"completed_at": made_at.isoformat(), "folder": "/backups"})
        )

    assert check_backup(tmp_path, at=at).state == expected
