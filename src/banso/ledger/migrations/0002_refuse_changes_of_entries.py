from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = "ledger_entry, ledger_detail, ledger_request"


class Migration(migrations.Migration):
    """The web role adds to the ledger; it never changes, deletes or empties it."""

    dependencies: ClassVar = [("ledger", "0001_record_acts")]

    operations: ClassVar = [
        migrations.RunSQL(
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {TABLES} FROM banso_web",
            f"GRANT UPDATE, DELETE ON {TABLES} TO banso_web",
        )
    ]
