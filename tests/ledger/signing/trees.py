from django.conf import settings
from django.db import connection
from pymerkle import InmemoryTree

from banso.ledger.clock import read_clock
from banso.ledger.models import Entry, Leaf
from banso.ledger.signing.keys import Keyring

SEQUENCER = settings.DATABASE_ROLES["sequencer"]


def commitments():
    """List the commitments of all entries, in the order in which they were numbered."""
    return [
        bytes(one) for one in Entry.objects.order_by("number").values_list("commitment", flat=True)
    ]


def placed():
    """List the commitments that have a place, in the order of the tree."""
    rows = Leaf.objects.order_by("index").values_list("entry__commitment", flat=True)
    return [bytes(one) for one in rows]


def pymerkle_root(leaves):
    """Compute the root by another's code."""
    tree = InmemoryTree(algorithm="sha256")
    for leaf in leaves:
        tree.append_entry(leaf)
    return tree.get_root()


def keyring(tmp_path):
    return Keyring.open(tmp_path / "ledger-keys", settings.LEDGER_ORIGIN, at=read_clock())


def role_address(role):
    facts = connection.settings_dict
    return {"host": facts["HOST"], "port": facts["PORT"], "user": role, "dbname": facts["NAME"]}


def web_address():
    return role_address(settings.DATABASE_ROLES["web"])
