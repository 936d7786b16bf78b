"""The supervisor's own decisions, in this process."""

import os
import subprocess
import sys

import pytest

from banso.site.database.embedded import supervisor
from banso.site.database.embedded.supervisor import (
    Patience,
    Supervisor,
    forget_reused_pid,
    open_log,
)


@pytest.fixture
def home(tmp_path):
    (tmp_path / "cluster").mkdir()
    return tmp_path


def test_each_crash_in_a_row_is_waited_for_longer():
    patience = Patience()

    assert [patience.after(1) for _ in range(8)] == [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 5.0, 5.0]


def test_a_healthy_minute_forgives_earlier_crashes():
    patience = Patience()
    for _ in range(6):
        patience.after(1)

    assert [patience.after(60), patience.after(59.9)] == [0.1, 0.2]


def test_a_server_without_users_is_stopped_at_once(home):
    Supervisor(home, ["/bin/sleep", "60"]).run()

    assert not (home / "server.log").exists()


def test_a_server_that_ends_is_started_again_and_both_are_logged(home, monkeypatch):
    monkeypatch.setattr(supervisor, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(supervisor, "WAITS", (0.0,))
    script = f"echo started; [ $(wc -l < {home}/server.log) -lt 4 ] || kill -TERM {os.getpid()}"
    running = Supervisor(home, ["/bin/sh", "-c", f"{script}; exit 3"])
    user = os.open(home / "users.lock", os.O_RDWR)
    supervisor.try_lock(user)
    previous = supervisor.signal.signal(supervisor.signal.SIGTERM, running.stop_soon)

    running.run()

    supervisor.signal.signal(supervisor.signal.SIGTERM, previous)
    os.close(user)
    lines = (home / "server.log").read_text().splitlines()
    assert lines.count("started") >= 3
    assert any("supervisor: the server ended (3) after" in line for line in lines)


def test_a_program_that_is_gone_is_tried_again_later(home, monkeypatch):
    monkeypatch.setattr(supervisor, "LOOK_EVERY", 0.01)
    running = Supervisor(home, [str(home / "no-such-program")])
    looks = iter([False, False, True])
    monkeypatch.setattr(Supervisor, "_is_last_user_gone", lambda _self: next(looks))

    running.run()

    assert "the server could not be started" in (home / "server.log").read_text()


def test_a_server_that_does_not_stop_is_ended(home, monkeypatch):
    monkeypatch.setattr(supervisor, "STOP_WITHIN", 0.2)
    running = Supervisor(home, ["/bin/sh", "-c", "trap '' INT QUIT; while :; do sleep 1; done"])
    looks = iter([False, True])
    monkeypatch.setattr(Supervisor, "_is_last_user_gone", lambda _self: next(looks))

    running.run()

    said = (home / "server.log").read_text()
    assert "did not stop at SIGINT" in said
    assert "did not stop at SIGQUIT" in said


def test_a_large_log_is_set_aside(home, monkeypatch):
    monkeypatch.setattr(supervisor, "LARGEST_LOG", 10)
    (home / "server.log").write_text("a long story\n")

    with open_log(home / "server.log") as log:
        log.write("short\n")

    assert (home / "server.log").read_text() == "short\n"
    assert (home / "server.log.1").read_text() == "a long story\n"


@pytest.mark.parametrize(
    ("where", "is_kept"),
    [pytest.param("cluster", True, id="ours"), pytest.param("", False, id="a-stranger")],
)
def test_a_pid_file_is_kept_only_for_a_server_of_this_cluster(home, where, is_kept):
    with subprocess.Popen(["/bin/sleep", "60"], cwd=home / where) as process:
        file = home / "cluster/postmaster.pid"
        file.write_text(f"{process.pid}\n")

        forget_reused_pid(home / "cluster")

        assert file.exists() is is_kept
        process.kill()


@pytest.mark.parametrize("content", ["", "not a number\n", "999999999\n"])
def test_a_pid_file_that_names_nobody_is_left_to_postgresql(home, content):
    file = home / "cluster/postmaster.pid"
    file.write_text(content)

    forget_reused_pid(home / "cluster")

    assert file.read_text() == content


def test_the_supervisor_imports_the_standard_library_only():
    look = f"import runpy, sys; runpy.run_path({supervisor.__file__!r}); print(*sys.modules)"
    imported = subprocess.check_output([sys.executable, "-I", "-S", "-c", look], text=True).split()

    assert not {name.partition(".")[0] for name in imported} & {"banso", "django", "psycopg"}
