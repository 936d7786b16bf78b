"""Entries from before the tree."""

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Every entry that was recorded before the tree waits for its place like a new one."""

    dependencies: ClassVar = [("ledger", "0004_let_the_sequencer_alone_sign")]

    operations: ClassVar = [
        migrations.RunSQL(
            "INSERT INTO ledger_pending (entry_id) SELECT number FROM ledger_entry "
            "ON CONFLICT DO NOTHING",
            "DELETE FROM ledger_pending",
        )
    ]
