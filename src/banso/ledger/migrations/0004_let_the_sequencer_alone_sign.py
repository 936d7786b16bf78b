"""The rights of the tree."""

from typing import ClassVar

from django.db import migrations

from banso.ledger.rights import allow_to_sequencer, refuse_to_web

SIGNED = "ledger_leaf, ledger_subtree, ledger_checkpoint, ledger_logkey"


class Migration(migrations.Migration):
    """The web role reads the tree and adds what waits; the sequencer reads no act and no text."""

    dependencies: ClassVar = [("ledger", "0003_grow_the_tree")]

    operations: ClassVar = [
        refuse_to_web("INSERT, UPDATE, DELETE, TRUNCATE", f"{SIGNED}, ledger_erasure"),
        refuse_to_web(
            "UPDATE, DELETE, TRUNCATE", "ledger_pending, ledger_witness, ledger_cosignature"
        ),
        allow_to_sequencer("SELECT, INSERT", SIGNED),
        allow_to_sequencer("SELECT, DELETE", "ledger_pending"),
        allow_to_sequencer("SELECT (number, commitment)", "ledger_entry"),
        allow_to_sequencer("SELECT", "django_migrations"),
    ]
