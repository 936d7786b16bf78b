"""`banso doctor` on faults that are brought about for real."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from tests.journeys.conftest import BANSO, clean_environ
from tests.site.doctor.checks import doctor, found

from banso.site.database import filesystems
from banso.site.doctor import clocks, folders, servers
from banso.site.doctor.examination import check_backup

# The port that the site would have is tried.
pytestmark = pytest.mark.enable_socket


PERSON = """
INSERT INTO people_person (id, family_name, given_name, family_name_kana, given_name_kana,
                           family_name_en, given_name_en, is_sample)
VALUES (gen_random_uuid(), '山田', '', '', '', '', '', false)
"""


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
    if not secret.exists():
        secret.write_text("only-for-tests")
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


@pytest.mark.assurance("A-89")
@pytest.mark.parametrize(
    ("state", "environ", "expected"),
    [
        (0, {}, "good"),
        (5, {}, "wrong"),
        (-1, {}, "wrong"),
        (5, {"BANSO_CLOCK": "trusted"}, "unknown"),
        (5, {"BANSO_DEMO": "1"}, "unknown"),
    ],
)
def test_a_clock_that_nobody_keeps_is_wrong_unless_somebody_vouches_for_it(
    state, environ, expected
):
    assert clocks.kernel_clock(state, environ).state == expected


@pytest.mark.parametrize(("hours", "expected"), [(None, "unknown"), (1, "good"), (30, "wrong")])
def test_the_age_of_the_last_backup_is_judged(tmp_path, hours, expected):
    at = datetime(2027, 5, 31, 12, tzinfo=UTC)
    if hours:
        made_at = at - timedelta(hours=hours)
        (tmp_path / "last-backup.json").write_text(
            json.dumps({"completed_at": made_at.isoformat(), "folder": "/backups"})
        )

    assert check_backup(tmp_path, at=at).state == expected
