import hashlib

import psycopg
import pytest
from tests.ledger.signing.trees import SEQUENCER, commitments, role_address, web_address

from banso.ledger.models import Leaf

TREE = ("ledger_leaf", "ledger_subtree", "ledger_checkpoint", "ledger_logkey")


@pytest.mark.assurance("A-79")
@pytest.mark.parametrize("table", TREE)
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO {} DEFAULT VALUES",
        "UPDATE {0} SET {1} = NULL",
        "DELETE FROM {}",
        "TRUNCATE {}",
    ],
)
def test_the_web_role_reads_the_tree_and_writes_none_of_it(transactional_db, table, statement):
    column = {"ledger_logkey": "added_at", "ledger_checkpoint": "note"}.get(table, "hash")
    with psycopg.connect(**web_address()) as web:
        web.execute(f"TABLE {table}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            web.execute(statement.format(table, column))


@pytest.mark.assurance("A-79")
@pytest.mark.parametrize(
    "statement",
    [
        "SELECT actor_id FROM ledger_entry",
        "SELECT text FROM ledger_detail",
        "SELECT * FROM people_person",
        "UPDATE ledger_leaf SET hash = NULL",
        "DELETE FROM ledger_leaf",
        "DELETE FROM ledger_checkpoint",
        "INSERT INTO ledger_entry DEFAULT VALUES",
    ],
)
def test_the_sequencer_reads_no_act_and_changes_nothing_that_was_signed(
    transactional_db, statement
):
    with (
        psycopg.connect(**role_address(SEQUENCER)) as sequencer,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        sequencer.execute(statement)


def test_the_leaf_is_the_hash_of_the_commitment(sequence, act):
    act()
    sequence()

    [commitment] = commitments()
    assert bytes(Leaf.objects.get().hash) == hashlib.sha256(b"\0" + commitment).digest()
