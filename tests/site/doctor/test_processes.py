"""`banso doctor` on processes, leftovers, orphans and a ledger that was changed behind its back."""

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest
from tests.journeys.conftest import BANSO, free_port
from tests.site.doctor.checks import RECEIPT, doctor, found
from tests.site.served.conftest import serving
from tests.waiting import until

from banso.site.database import acquire, wait_until_stopped
from banso.site.database.embedded.supervisor import open_lock, try_lock
from banso.site.doctor.processes import check_processes
from banso.site.doctor.tasks import check_tasks

pytestmark = pytest.mark.enable_socket
WITHIN = 100.0
REGISTER = [
    "register-person",
    "officer@example.jp",
    "--family-name",
    "山田",
    "--organisation",
    "JST",
]
DEAD = 4_194_305  # one more than the kernel's largest number
FILE = """
INSERT INTO {} (id, proposal_id, part, name, sha256, size, attached_at, faults,
                scanned_with)
VALUES (gen_random_uuid(), gen_random_uuid(), 'plan', 'a.pdf', 'x', 1, now(), '[]', '')
"""


def wrong(findings):
    return [(one.check, one.says, bool(one.mend)) for one in findings if one.state == "wrong"]


def test_a_port_that_another_program_has_is_found(site):
    _, environ, _ = site
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        status, [(check, says)] = doctor(environ | {"PORT": str(port)})

    assert (status, check) == (1, "port")
    assert says.startswith(f"Port {port} of this machine cannot be listened on")


def test_a_site_that_is_served_without_a_worker_is_found_until_one_signs(site):
    folder, environ, _ = site
    with serving(folder):
        # What signed the site's tree before may have done so just now; the tasks begin a moment
        # after the pages.
        until(
            lambda: [check for check, _ in doctor(environ)[1]] == ["worker"],
            "the worker alone is missed",
            within=WITHIN,
        )
        without = doctor(environ)
        with subprocess.Popen([*BANSO, "worker"], env=environ) as worker:
            until(lambda: doctor(environ) == (0, []), "nothing is found", within=WITHIN)
            beside = doctor(environ)
            worker.terminate()

    status, [(check, says)] = without
    assert (status, check) == (1, "worker")
    assert says.startswith("The ledger's tree was ")
    assert says.endswith(", and a worker does not run here.")
    assert beside == (0, [])


@pytest.fixture
def stopped():
    """A folder whose database was made and has stopped."""
    folder = Path(tempfile.mkdtemp(prefix="bl-", dir="/tmp"))
    folder.chmod(0o711)
    acquire(folder).release()
    assert wait_until_stopped(folder, WITHIN)
    yield folder
    assert wait_until_stopped(folder, WITHIN)
    shutil.rmtree(folder)


def test_what_a_killed_server_left_is_found_and_the_next_start_takes_it_away(stopped):
    home, environ = (stopped / "database").resolve(), {"PORT": str(free_port())}
    pid_file, path = home / "cluster/postmaster.pid", home / "socket/.s.PGSQL.5432"
    before = wrong(check_processes(stopped, environ))
    pid_file.write_text(f"{DEAD}\n{home / 'cluster'}\n")
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))

    left = wrong(check_processes(stopped, environ))
    with acquire(stopped):
        after = wrong(check_processes(stopped, environ))

    says = "is of a database server that was killed."
    assert before == []
    assert left == [("leftovers", f"{one} {says}", True) for one in (pid_file, path)]
    assert after == []


def test_a_restore_that_was_cut_short_is_found(tmp_path):
    (tmp_path / ".restoring").touch()

    [finding] = wrong(check_processes(tmp_path, {"PORT": str(free_port())}))

    assert finding == ("leftovers", f"{tmp_path} holds a restore that was cut short.", True)


def test_a_row_that_names_no_entry_is_found(site, as_owner):
    _, environ, _ = site
    as_owner(RECEIPT, ["[]"])

    status, [(check, says)] = doctor(environ)

    table = re.search(r"INTO (\w+)", RECEIPT)[1]
    as_owner(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
    assert (status, check) == (1, "rows")
    assert says == f"1 rows of {table} refer to no ledger_entry (entry_id)."


def test_a_row_whose_constraint_was_switched_off_is_found_in_a_deep_look(site, as_owner):
    folder, environ, _ = site
    table = re.search(r"INTO (\w+)", RECEIPT)[1].replace("receipt", "proposalfile")
    as_owner(FILE.format(table))

    shallow, deep = (found(folder, environ, is_deep=one) for one in (False, True))

    as_owner(f"DELETE FROM {table}")  # noqa: S608 - a name of ours
    assert "rows" not in {check for check, _ in shallow}
    [says] = [says for check, says in deep if check == "rows"]
    assert says.startswith(f"1 rows of {table} refer to no ")


@pytest.fixture(scope="module")
def signed(site):
    """Let an act be recorded, placed and signed."""
    _, environ, _ = site
    subprocess.run([*BANSO, "load-program"], env=environ, check=True)
    subprocess.run([*BANSO, "worker", "--once"], env=environ, check=True)
    return doctor(environ)


@pytest.mark.parametrize(
    ("change", "back", "says"),
    [
        pytest.param(
            "UPDATE ledger_entry SET act = 'x' || act",
            "UPDATE ledger_entry SET act = substr(act, 2)",
            r"Entry \d+: act is 'x(\S+)' and was recorded as '\1'",
            id="an-act",
        ),
        pytest.param(
            "UPDATE ledger_checkpoint SET root = set_byte(root, 0, get_byte(root, 0) # 1)",
            "UPDATE ledger_checkpoint SET root = set_byte(root, 0, get_byte(root, 0) # 1)",
            r"The leaves do not give the root that was signed for \d+ of them",
            id="a-root",
        ),
        pytest.param(
            "UPDATE ledger_leaf SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1)",
            "UPDATE ledger_leaf SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1)",
            r"the commitment is not the one of its leaf",
            id="a-leaf",
        ),
    ],
)
def test_a_ledger_that_was_changed_behind_its_back_is_found(
    site, as_owner, signed, change, back, says
):
    _, environ, _ = site
    as_owner(change)

    status, findings = doctor(environ)

    as_owner(back)
    assert signed == (0, [])
    assert status == 1
    assert "ledger audit" in {check for check, _ in findings} <= {"ledger audit", "ledger"}
    assert any(re.search(says, one) for _, one in findings)
    assert doctor(environ) == (0, [])


def test_each_finding_has_its_remedy_and_the_report_is_one_document(site):
    _, environ, _ = site
    told = subprocess.run(
        [*BANSO, "doctor", "--json"], env=environ, capture_output=True, text=True, check=False
    )

    checks = json.loads(told.stdout)["checks"]
    assert {"port", "leftovers", "ledger audit", "rows", "worker"} <= {
        one["check"] for one in checks
    }


HELD_UP = """
INSERT INTO jobs_job (id, kind, key, subject, asked_at, due_at, state, attempts, ended_at,
                      progress_done, progress_total, is_cancel_asked, reason, seen_at)
VALUES (gen_random_uuid(), 'sample.export', 'key', '', now(), now(), %s, 4, now(), 0, 0, false,
        'The store is away.', now() + %s * interval '1 second')
"""


@pytest.mark.parametrize(
    ("state", "seconds", "says"),
    [
        ("failed", 0, "1 of the jobs sample.export are held up or were given up: The store is away."),
        ("waiting", 0, "1 of the jobs sample.export are held up or were given up: The store is away."),
        ("done", -301, "No task has moved for 301 s."),
        ("done", -299, ""),
    ],
)  # fmt: skip
def test_tasks_that_are_stuck_are_found_with_their_reason(site, as_owner, state, seconds, says):
    folder, _, address = site
    as_owner("DELETE FROM jobs_job")
    as_owner(HELD_UP, [state, seconds])
    served = open_lock(folder / "serve.lock")
    assert try_lock(served)

    with psycopg.connect(**address) as connection:
        findings = check_tasks(connection, folder)

    os.close(served)
    as_owner("DELETE FROM jobs_job")
    assert wrong(findings) == [("tasks", says, True)][: bool(says)]
