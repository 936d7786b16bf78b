"""Starting, sharing and losing the embedded server."""

import os
import signal
import stat
import subprocess
import sys
import time

import psycopg
import pytest
from psycopg import pq
from tests.waiting import until

from banso.site.database import (
    DatabaseUnavailable,
    DatabaseUnfit,
    acquire,
    places,
    status,
    superuser_address,
    wait_until_stopped,
)
from banso.site.database.embedded import creation, joining, supervisor

PATIENCE = 30.0


def answer(cluster, query="SELECT 1"):
    with psycopg.connect(**superuser_address(cluster.places)) as connection:
        return connection.execute(query).fetchone()[0]


def wait_for(is_so):
    until(is_so, "the server is as it has to be", within=PATIENCE)


def test_the_first_start_makes_a_cluster_and_the_next_finds_it_again(data):
    with (
        acquire(data) as cluster,
        psycopg.connect(**superuser_address(cluster.places)) as connection,
    ):
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    assert wait_until_stopped(data, PATIENCE)

    with acquire(data) as cluster:
        assert answer(cluster, "SELECT number FROM kept") == 7


@pytest.mark.assurance("A-100")
def test_six_processes_at_once_share_one_server(start_user):
    users = [start_user() for _ in range(6)]

    servers = {user.stdout.readline() for user in users}

    assert len(servers) == 1
    assert int(servers.pop()) > 0


def test_the_server_stops_cleanly_when_its_last_user_is_killed(data, start_user):
    users = [start_user(), start_user()]
    for user in users:
        user.stdout.readline()

    for user in users:
        user.kill()

    assert wait_until_stopped(data, PATIENCE)
    assert (data / "database/server.log").read_text().endswith("database system is shut down\n")


def test_the_server_stays_while_one_user_is_left(data, start_user):
    user = start_user()
    user.stdout.readline()
    with acquire(data):
        pass

    assert not wait_until_stopped(data, within=1)
    assert status(data).accepts_connections


@pytest.mark.assurance("A-97")
def test_a_killed_supervisor_takes_the_server_down_cleanly_and_the_next_user_starts_it(data):
    with acquire(data):
        killed = status(data)
        os.kill(killed.supervisor_pid, signal.SIGKILL)
        wait_for(lambda: status(data).supervisor_pid is None)

        with acquire(data) as cluster:
            assert answer(cluster) == 1
            assert status(data).server_pid != killed.server_pid
    assert "interrupted" not in (data / "database/server.log").read_text()


@pytest.mark.assurance("A-97")
def test_a_guarded_server_comes_back_by_itself_when_its_supervisor_is_killed(data):
    with acquire(data) as cluster:
        cluster.guard()
        killed = status(data)

        os.kill(killed.supervisor_pid, signal.SIGKILL)

        wait_for(lambda: status(data).server_pid not in {None, killed.server_pid})
        wait_for(lambda: status(data).accepts_connections)
        assert answer(cluster) == 1


@pytest.mark.assurance("A-97")
def test_a_server_that_does_not_end_with_its_supervisor_is_ended_by_the_next(data):
    with acquire(data) as cluster:
        cluster.guard()
        before = status(data)
        os.kill(before.server_pid, signal.SIGSTOP)  # it is told to end, and does not

        os.kill(before.supervisor_pid, signal.SIGKILL)

        wait_for(lambda: status(data).server_pid not in {None, before.server_pid})
        wait_for(lambda: status(data).accepts_connections)
        assert answer(cluster) == 1
        log = (cluster.places.home / "server.log").read_text()
    told = [line.rpartition("(")[2] for line in log.splitlines() if "is told to end" in line]
    assert told == ["SIGINT)", "SIGQUIT)", "SIGKILL)"]


def test_a_killed_server_accepts_again_by_itself(data):
    with acquire(data) as cluster:
        killed = status(data).server_pid
        os.kill(killed, signal.SIGKILL)

        wait_for(lambda: status(data).server_pid != killed)
        wait_for(lambda: status(data).accepts_connections)
        assert answer(cluster) == 1


def test_a_supervisor_told_to_stop_does_so_although_there_are_users(data):
    with acquire(data):
        os.kill(status(data).supervisor_pid, signal.SIGTERM)

        assert wait_until_stopped(data, PATIENCE)


@pytest.mark.assurance("A-100")
def test_a_second_supervisor_refuses_the_folder(data):
    with acquire(data) as cluster:
        second = subprocess.run(
            [sys.executable, supervisor.__file__, cluster.places.home, "false"],
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

        assert second.returncode == 1
        assert second.stderr.startswith("Another supervisor already runs the database in")


@pytest.mark.assurance("A-100")
@pytest.mark.parametrize("version", ["17", "19", ""])
def test_a_cluster_of_another_version_is_refused_and_nothing_is_started(data, version):
    cluster = data / "database/cluster"
    cluster.mkdir(parents=True)
    cluster.parent.chmod(0o711)
    (cluster / "PG_VERSION").write_text(f"{version}\n")

    with pytest.raises(DatabaseUnfit, match=rf"PostgreSQL {version or '.unknown.'}, and this"):
        acquire(data)

    assert status(data).supervisor_pid is None
    assert [file.name for file in cluster.iterdir()] == ["PG_VERSION"]


def test_a_pid_that_another_program_has_now_does_not_keep_the_server_down(data):
    with acquire(data) as cluster:
        account = cluster.places.account
    wait_until_stopped(data, PATIENCE)
    changes = {"user": account.uid, "group": account.gid} if account.is_another else {}
    stranger = subprocess.Popen(["/bin/sleep", "60"], cwd="/", **changes)
    (cluster.cluster_folder / "postmaster.pid").write_text(f"{stranger.pid}\n{data}\n")

    with acquire(data) as cluster:
        assert answer(cluster) == 1
        assert stranger.poll() is None

    stranger.kill()
    stranger.wait()


def test_what_a_killed_initdb_left_behind_is_removed(data):
    remainder = data / "database/.cluster-1"
    (remainder / "base").mkdir(parents=True)
    (data / "database").chmod(0o711)

    with acquire(data):
        assert not remainder.exists()


@pytest.mark.parametrize(
    "name", [pytest.param("long-" * 48, id="long"), pytest.param("one, two", id="with-a-comma")]
)
def test_a_path_that_cannot_be_a_sockets_gets_another(data, name):
    with acquire(data / name) as cluster:
        found = cluster.socket_folder.stat()

        assert cluster.socket_folder.parent == places.SHORT_PLACE
        assert stat.S_IMODE(found.st_mode) == 0o700
        assert answer(cluster) == 1
    wait_until_stopped(data / name, PATIENCE)
    cluster.socket_folder.rmdir()


def test_a_folder_may_be_named_as_people_name_them(data):
    with acquire(data / 'the program\'s "own" 申請 100%') as cluster:
        assert answer(cluster) == 1
    wait_until_stopped(cluster.places.home.parent, PATIENCE)


def test_a_socket_folder_that_others_prepared_is_refused(data):
    folder = data / ("long-" * 48)
    trap = joining.places_of(folder, os.environ).socket_folder
    trap.mkdir(mode=0o755)

    with pytest.raises(DatabaseUnfit, match="others could pretend to be the database"):
        acquire(folder)

    trap.rmdir()


def test_a_server_that_repairs_itself_is_waited_for_past_the_limit(data, monkeypatch):
    with acquire(data) as cluster:
        folder = cluster.cluster_folder
    wait_until_stopped(data, PATIENCE)
    repaired = folder / "repaired"
    (folder / "recovery.signal").touch()
    (folder / "postgresql.auto.conf").write_text(
        f"restore_command = 'while [ ! -e {repaired} ]; do sleep 0.05; done; false'\n"
    )
    limit, refused_at, ask = 4, [], joining.ask
    monkeypatch.setattr(joining, "START_WITHIN", limit)

    def ask_until_past_the_limit(places):
        ping = ask(places)
        if ping == pq.Ping.REJECT:
            refused_at.append(time.monotonic())
            if refused_at[-1] - refused_at[0] > limit + 1:
                repaired.touch()
        return ping

    monkeypatch.setattr(joining, "ask", ask_until_past_the_limit)
    with acquire(data) as cluster:
        assert answer(cluster) == 1
    assert refused_at[-1] - refused_at[0] > limit


def test_a_server_that_does_not_start_is_explained_in_its_own_words(data, monkeypatch):
    with acquire(data) as cluster:
        automatic = cluster.cluster_folder / "postgresql.auto.conf"
    wait_until_stopped(data, PATIENCE)
    monkeypatch.setattr(joining, "START_WITHIN", 6)
    automatic.write_text("shared_buffers = '4 elephants'\n")

    with pytest.raises(DatabaseUnavailable, match=r"did not start within .* FATAL: .*errors"):
        acquire(data)

    assert wait_until_stopped(data, PATIENCE)


def test_a_cluster_that_cannot_be_made_leaves_none(data, monkeypatch):
    monkeypatch.setattr(creation, "INITDB", ("--no-such-option",))

    with pytest.raises(DatabaseUnavailable, match="could not be made"):
        acquire(data)

    assert not (data / "database/cluster").exists()


def test_a_supervisor_that_cannot_be_started_is_told(data, monkeypatch):
    monkeypatch.setattr(joining.sys, "executable", "/bin/false")

    with pytest.raises(DatabaseUnavailable, match="The supervisor of the database in"):
        acquire(data)


def test_a_guard_tries_until_the_server_can_be_started(data, monkeypatch, caplog):
    monkeypatch.setattr(joining, "RETRY_EVERY", 0.1)
    with acquire(data) as cluster:
        cluster.guard()
        killed = status(data)
        with monkeypatch.context() as broken:
            broken.setattr(joining.sys, "executable", "/bin/false")
            os.kill(killed.supervisor_pid, signal.SIGKILL)
            wait_for(lambda: "did not start" in caplog.text)

        wait_for(lambda: status(data).accepts_connections and status(data).server_pid)
        assert answer(cluster) == 1
