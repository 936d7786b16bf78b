from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from banso.ledger.rights import refuse_to_web

TABLES = "ledger_entry, ledger_detail, ledger_request"


class Migration(migrations.Migration):
    """The web role adds to the ledger; it never changes, deletes or empties it."""

    dependencies: ClassVar = [("ledger", "0001_record_acts")]

    operations: ClassVar = [
        refuse_to_web("UPDATE, DELETE, TRUNCATE", TABLES),
    ]
