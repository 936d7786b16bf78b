import hashlib
import json
import shutil

import pytest
from tests.site.doctor.checks import RECEIPT, found

# The port that the site would have is tried.
pytestmark = pytest.mark.enable_socket


BYTES = b"%PDF-1.7 received"
SHA256 = hashlib.sha256(BYTES).hexdigest()
ENTRY = """
WITH entry AS (INSERT INTO ledger_entry (id, actor_id, act, subject_type, subject_id, clause, at, is_sealed, commitment)
    VALUES (gen_random_uuid(), gen_random_uuid(), 'calls.open_call', 'calls.call', '1', '', now() - interval '2 hours', false, '\\x00')
    RETURNING number)
INSERT INTO ledger_pending (entry_id) SELECT number FROM entry
"""


def test_an_entry_that_waits_is_found(site, as_owner):
    as_owner(ENTRY)

    [says] = [says for check, says in found(*site[:2]) if check == "ledger"]

    assert says.startswith("1 entries wait for the sequencer, the first for 72")
    as_owner("DELETE FROM ledger_pending")
    as_owner("DELETE FROM ledger_entry WHERE commitment = '\\x00'")


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
        "INSERT INTO proposals_proposalfile (id, proposal_id, part, name, sha256, size, attached_at,"
        " faults, scanned_with)"
        " VALUES (gen_random_uuid(), gen_random_uuid(), 'plan', 'a.pdf', %s, %s, now(), '[]', '')",
        [SHA256, len(BYTES)],
    )
    path = folder / "files" / SHA256
    if written is not None:
        path.write_bytes(written)

    findings = [one for one in found(folder, environ, is_deep=is_deep) if one[0] != "rows"]

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
    assert ("files", f"File {SHA256} is missing.") in findings


def test_a_file_store_that_is_gone_is_said(site, as_owner):
    folder, environ, _ = site
    as_owner(RECEIPT, [json.dumps([{"sha256": SHA256, "size": len(BYTES)}])])

    findings = found(folder, environ | {"BANSO_FILES": str(folder / "gone")})

    as_owner("DELETE FROM proposals_receipt")
    [says] = [says for check, says in findings if check == "files"]
    assert says.startswith("The files could not be looked at")
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


@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "UPDATE (act)", "TRUNCATE"])
def test_a_web_role_that_may_rewrite_the_ledger_is_found(site, as_owner, right):
    as_owner(f"GRANT {right} ON ledger_entry TO banso_web")

    [(check, says)] = found(*site[:2])

    as_owner(f"REVOKE {right} ON ledger_entry FROM banso_web")
    assert check == "the web's role"
    assert says.startswith(f"The role banso_web may {right.split()[0]} ledger_entry")


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
