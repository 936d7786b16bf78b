"""Telling a network file system from a disk of this machine."""

from pathlib import Path

import pytest

from banso.site.database import DatabaseUnfit, acquire, places
from banso.site.database.filesystems import network_type

MOUNTS = """\
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
36 22 0:32 / /srv rw,relatime - nfs4 store:/srv rw,hard
37 36 254:1 / /srv/local rw - xfs /dev/vdb rw
38 22 0:33 / /mnt/with\\040space rw master:2 - cifs //store/x rw
39 22 0:34 / /twice rw - nfs store:/twice rw
40 39 254:2 / /twice rw - ext4 /dev/vdc rw
"""


@pytest.mark.assurance("A-100")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/var/lib/banso", ""),
        ("/srv/banso/data", "nfs4"),
        ("/srvbanso", ""),
        ("/srv/local/banso", ""),
        ("/mnt/with space/banso", "cifs"),
        ("/twice/banso", ""),
    ],
)
def test_the_nearest_mount_decides(path, expected):
    assert network_type(Path(path), MOUNTS) == expected


@pytest.mark.assurance("A-100")
def test_a_data_folder_on_a_network_file_system_is_refused(data, tmp_path, monkeypatch):
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"36 22 0:32 / {data} rw - nfs4 store:/srv rw\n")
    monkeypatch.setattr(places, "MOUNTS", mounts)

    with pytest.raises(DatabaseUnfit, match=r"network file system \(nfs4\)"):
        acquire(data / "banso-data")

    assert list(data.iterdir()) == []
