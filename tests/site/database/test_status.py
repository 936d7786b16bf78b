"""What `banso doctor` will tell."""

from pathlib import Path

import pytest

from banso.site.database import acquire, status, wait_until_stopped
from banso.site.database.places import places_of

PATIENCE = 30.0


def test_a_running_server_tells_where_and_as_whom_it_runs(data):
    with acquire(data) as cluster:
        found = status(data)

        assert found.cluster_folder == cluster.cluster_folder == data / "database/cluster"
        assert found.socket_folder == cluster.socket_folder == data / "database/socket"
        assert found.runs_as == cluster.cluster_folder.owner()
        assert (found.cluster_version, found.program_version) == ("18", "18")
        assert Path(f"/proc/{found.supervisor_pid}").exists()
        assert Path(f"/proc/{found.server_pid}").exists()
        assert found.accepts_connections


def test_a_stopped_server_has_no_processes(data):
    with acquire(data):
        pass
    wait_until_stopped(data, PATIENCE)

    found = status(data)

    assert (found.supervisor_pid, found.server_pid) == (None, None)
    assert not found.accepts_connections


def test_looking_makes_nothing(data):
    found = status(data)

    assert found.cluster_version == ""
    assert list(data.iterdir()) == []
    assert not found.is_elsewhere


@pytest.mark.parametrize("name", ["database", "database/cluster"])
def test_the_place_is_below_the_data_folder(data, name):
    assert (data / name) in {places_of(data, {}).home, places_of(data, {}).cluster}
