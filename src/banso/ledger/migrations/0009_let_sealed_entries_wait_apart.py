"""The sequencer gives sealed entries places of their own, so it has to know which they are."""

from typing import ClassVar

from django.db import migrations

from banso.ledger.rights import allow_to_sequencer


class Migration(migrations.Migration):
    """Gives a right only."""

    dependencies: ClassVar = [("ledger", "0008_open_what_stands_for_nothing")]

    operations: ClassVar = [allow_to_sequencer("SELECT (is_sealed)", "ledger_entry")]
