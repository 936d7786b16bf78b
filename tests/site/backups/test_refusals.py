"""What is refused in a sentence, and leaves nothing half done."""

import json
import os
import shutil
import subprocess

import pytest
from tests.site.backups.conftest import banso

from banso.site.database import acquire

pytestmark = [
    pytest.mark.assurance("A-101"),
    pytest.mark.enable_socket,
    pytest.mark.xdist_group("servers"),
]
MOUNT, UMOUNT = "/usr/bin/mount", "/usr/bin/umount"
ROOT_ONLY = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.fixture
def copy(site, tmp_path):
    """A copy of the backups that a test may spoil."""
    return shutil.copytree(site.folder, tmp_path / "copy")


def refused(site, folder, *words):
    target = site.root / "refused"
    told = site.restore_into(target, *words, folder=folder)
    left = [one.name for one in target.iterdir()] if target.exists() else []
    assert (told.status, left, told.document) == (1, [], {})
    assert "Traceback" not in told.said
    return told.said


def only_backup(folder):
    [backup] = folder.glob("*Z")
    return backup


@pytest.mark.parametrize(
    "place", ["files", "base"], ids=["in-a-stored-file", "in-the-base-of-the-database"]
)
def test_a_flipped_byte_is_found(site, copy, place):
    folder = copy / "files" if place == "files" else only_backup(copy) / "base" / "base"
    flip(
        max(
            (one for one in folder.rglob("*") if one.is_file()), key=lambda one: one.stat().st_size
        )
    )

    assert "its bytes changed" in refused(site, copy)


def test_a_flipped_byte_in_the_streamed_log_is_found(site, copy):
    segments = sorted(one for one in copy.glob("wal/*/0*"))
    for segment in segments:
        content = bytearray(segment.read_bytes())
        content[64:4096] = bytes(4032)
        segment.write_bytes(content)

    assert "nothing was restored" in refused(site, copy).lower()


def test_a_missing_file_is_found(site, copy):
    manifest = json.loads((only_backup(copy) / "manifest.json").read_text())
    (copy / "files" / next(iter(manifest["files"]))).unlink()

    assert "is missing from the backup" in refused(site, copy)


def test_a_backup_that_was_cut_short_is_none(site, copy):
    (only_backup(copy) / "manifest.json").unlink()

    assert "holds no whole backup" in refused(site, copy)


def test_a_backup_of_another_major_version_is_refused(site, copy):
    path = only_backup(copy) / "manifest.json"
    manifest = json.loads(path.read_text())
    manifest["database"]["version"] = 17
    del manifest["manifest_sha256"]  # as releases of before wrote it
    path.write_text(json.dumps(manifest))

    assert "PostgreSQL 17" in refused(site, copy)


@pytest.mark.parametrize("instant", ["2020-01-01T00:00:00+09:00", "2099-01-01T00:00:00+09:00"])
def test_an_instant_that_the_backup_does_not_lead_to_is_refused(site, instant):
    assert "cannot be reached" in refused(site, site.folder, f"--to={instant}")


def test_an_instant_without_a_time_zone_is_a_matter_of_usage(site, tmp_path):
    told = site.restore_into(tmp_path / "new", "--to=2027-01-01T00:00:00")

    assert (told.status, (tmp_path / "new").exists()) == (2, False)
    assert "time zone" in told.said


def test_a_folder_that_is_not_empty_is_left_alone(site, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    told = site.restore_into(tmp_path)

    assert (told.status, [one.name for one in tmp_path.iterdir()]) == (1, ["notes.txt"])
    assert "is not empty: it holds notes.txt" in told.said


def test_a_backup_inside_the_data_folder_is_refused(site):
    with acquire(site.root / "data"):
        told = banso(site.environ, "backup", str(site.root / "data/backups"))

    assert told.returncode == 1
    assert "lie in one another" in told.stderr
    assert not (site.root / "data/backups").exists()


def test_a_damaged_stored_file_is_named_and_kept_out(site, tmp_path):
    stored = site.root / "data/files" / site.late_file
    whole = stored.read_bytes()
    stored.write_bytes(whole[:-1] + b"?")
    with acquire(site.root / "data"):
        told = banso(site.environ, "backup", str(tmp_path / "dir"), "--json")
    stored.write_bytes(whole)

    assert (told.returncode, json.loads(told.stdout)["damaged"]) == (1, [site.late_file])
    assert site.late_file in told.stderr
    assert not (tmp_path / "dir/files" / site.late_file).exists()


def test_a_stored_file_that_is_missing_is_named_and_keeps_no_site_from_coming_back(site, tmp_path):
    stored = site.root / "data/files" / site.late_file
    aside = stored.replace(tmp_path / "aside")
    folder = tmp_path / "dir"
    with acquire(site.root / "data"):
        told = banso(site.environ, "backup", str(folder), "--json")
    aside.replace(stored)

    assert (told.returncode, json.loads(told.stdout)["damaged"]) == (1, [site.late_file])
    assert "--without-lost-files" in refused(site, folder)
    restored = site.restore_into(tmp_path / "new", "--without-lost-files", folder=folder)
    assert (restored.status, restored.document["lost_files"]) == (0, [site.late_file])
    assert f"{site.late_file} is lost" in restored.said


def test_a_file_that_was_cut_short_in_the_backup_is_brought_again_by_the_next(
    site, copy, tmp_path
):
    path = copy / "files" / site.late_file
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    with acquire(site.root / "data"):
        told = banso(site.environ, "backup", str(copy), "--json")

    assert (told.returncode, path.read_bytes()) == (0, whole)


def test_a_stored_file_that_changed_in_the_backup_is_left_out_where_that_is_asked_for(
    site, copy, tmp_path
):
    path = copy / "files" / site.late_file
    path.write_bytes(path.read_bytes()[:-1] + b"?")

    assert "--without-lost-files" in refused(site, copy)
    restored = site.restore_into(tmp_path / "new", "--without-lost-files", folder=copy)

    assert (restored.status, restored.document["lost_files"]) == (0, [site.late_file])
    assert not (tmp_path / "new/files" / site.late_file).exists()


@ROOT_ONLY
def test_a_full_disk_leaves_nothing_that_looks_like_a_backup(site, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        [MOUNT, "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"not run: no small disk can be mounted here: {mounted.stderr.decode()}")
    try:
        with acquire(site.root / "data"):
            told = banso(site.environ, "backup", str(disk / "dir"))
        left = [one.name for one in (disk / "dir").iterdir() if not one.name.startswith(".")]
    finally:
        subprocess.run([UMOUNT, disk], check=True)

    assert told.returncode == 1
    assert "is full" in told.stderr
    assert sorted(left) == ["files", "wal"]


@ROOT_ONLY
def test_a_full_disk_stops_a_restore_and_takes_it_back(site):
    disk = site.root / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        [MOUNT, "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"not run: no small disk can be mounted here: {mounted.stderr.decode()}")
    disk.chmod(0o755)
    try:
        told = site.restore_into(disk / "new")
        left = [one.name for one in (disk / "new").iterdir()]
    finally:
        subprocess.run([UMOUNT, disk], check=True)

    assert (told.status, left) == (1, [])
    assert "Traceback" not in told.said
