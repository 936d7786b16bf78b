"""A-101: what was backed up under load is put back into an empty folder, and works there."""

import json
import shutil
import subprocess
import sys
import time
import uuid

import pytest
from tests.assurance.killing.test_server_kills import TOKEN, Server, spoken
from tests.journeys.conftest import free_port
from tests.site.backups.conftest import (
    BEFORE,
    CANARY,
    COUNT,
    MEANWHILE,
    PASSWORD,
    PATIENCE,
    PROPOSALS,
    RECEIPTS,
    banso,
    request,
)

from banso.site.backups import BackupFolder, last_backup
from banso.site.backups.retention import keep_newest
from banso.site.database import acquire

pytestmark = [
    pytest.mark.assurance("A-101"),
    pytest.mark.enable_socket,
    pytest.mark.xdist_group("servers"),
]


def sign_in(port, address):
    body = {"csrfmiddlewaretoken": TOKEN, "idempotency_key": str(uuid.uuid4())}
    body |= {"login": address, "password": PASSWORD}
    answer, _ = request(port, "POST", "/accounts/login/", {"csrftoken": TOKEN}, body)
    cookies = answer.headers.get_all("Set-Cookie") or []
    return dict(one.split(";")[0].split("=", 1) for one in cookies)


def verified(receipt, script):
    return subprocess.run(
        [sys.executable, script, receipt], capture_output=True, text=True, check=False
    )


def test_a_restored_site_has_every_row_signs_people_in_and_its_receipts_verify(site, tmp_path):
    restored = site.restore()

    assert restored.status == 0, restored.said
    assert restored.document["unnamed_files"] == []
    keys = {
        f"keys/{one.relative_to(site.root / 'data/keys')}"
        for one in (site.root / "data/keys").rglob("*.key")
        if one.parent.name == "ledger"
    }
    assert set(restored.document["missing_keys"]) == keys
    assert all(name in restored.said for name in keys)
    shutil.copytree(site.root / "data/keys", restored.data / "keys")
    with acquire(restored.data):
        assert json.loads(spoken(restored.environ, COUNT)) == site.counts
        assert json.loads(spoken(restored.environ, RECEIPTS)) == site.receipts
        assert len(site.receipts) == PROPOSALS
        server = Server(restored.environ, free_port())
        [(proposal, address)] = site.addresses.items()
        cookies = sign_in(server.port, address)
        assert "sessionid" in cookies
        script, receipt = tmp_path / "verify.py", tmp_path / "receipt.txt"
        script.write_bytes(request(server.port, "GET", "/ledger/verify.py", {})[1])
        give_up_at = time.monotonic() + PATIENCE
        path = f"/my/receipts/{site.receipts[proposal]}.txt"
        while True:
            answer, text = request(server.port, "GET", path, cookies)
            assert answer.status == 200, text
            receipt.write_bytes(text)
            told = verified(receipt, script)
            if told.returncode == 0 or time.monotonic() > give_up_at:
                break
            time.sleep(1)
        server.kill()
    assert told.returncode == 0, told.stdout


def test_a_file_stored_after_the_base_came_with_the_log(site):
    restored = site.restore()

    assert restored.status == 0, restored.said
    assert (restored.data / "files" / site.late_file).is_file()


def test_an_act_before_the_instant_is_there_and_one_after_it_is_not(site):
    restored = site.restore(f"--to={site.between.isoformat()}")

    assert restored.status == 0, restored.said
    with acquire(restored.data):
        assert set(json.loads(spoken(restored.environ, RECEIPTS))) == site.before
    assert len(site.before) == BEFORE + MEANWHILE


@pytest.mark.assurance("A-82")
def test_a_backup_holds_no_key_and_no_sealed_text(site):
    words = [CANARY.encode(), CANARY.encode("utf-16-le")]
    secrets = [one.read_bytes().strip() for one in (site.root / "data/keys").rglob("*.key")]
    secrets.append((site.root / "data/secret-key").read_bytes().strip())
    assert len(secrets) >= 3

    found = [
        (one, word)
        for one in site.folder.rglob("*")
        if one.is_file()
        for word in (*words, *secrets)
        if word in one.read_bytes()
    ]

    assert found == []


def test_the_data_folder_remembers_its_newest_backup_and_how_far_the_log_came(site):
    assert site.last is not None
    assert site.last.folder == site.backup
    assert site.last.reaches > site.between > site.last.completed_at


def test_there_is_no_last_backup_before_the_first(tmp_path):
    assert last_backup(tmp_path) is None


def test_a_second_backup_shares_the_files_and_only_the_newest_are_kept(site, tmp_path):
    folder = tmp_path / "second"
    with acquire(site.root / "data"):
        first, second = (
            banso(site.environ, "backup", str(folder), "--json", "--keep=1") for _ in range(2)
        )

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    document = json.loads(second.stdout)
    assert document["removed"] == [json.loads(first.stdout)["folder"]]
    assert [str(one) for one in folder.glob("*Z")] == [document["folder"]]
    restored = site.root / "restored-second"
    site.targets.append(restored)
    assert site.restore_into(restored, folder=folder).status == 0


def test_the_log_before_the_oldest_backup_that_is_kept_goes_and_the_rest_stays(site, tmp_path):
    copy = BackupFolder(shutil.copytree(site.folder, tmp_path / "copy"))
    [stretch] = copy.logs.iterdir()
    spare = stretch / "000000010000000000000001"
    spare.touch()
    before = {one.name for one in stretch.iterdir()}

    removed = keep_newest(copy, 1)

    assert removed == []
    assert {one.name for one in stretch.iterdir()} == before - {spare.name}
