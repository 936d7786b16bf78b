from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from banso.ledger.rights import refuse_to_web


class Migration(migrations.Migration):
    """Receipts are numbered in order, and the web role never changes one."""

    dependencies: ClassVar = [("proposals", "0001_record_proposals")]

    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE SEQUENCE proposals_receipt_number", "DROP SEQUENCE proposals_receipt_number"
        ),
        refuse_to_web("UPDATE, DELETE, TRUNCATE", "proposals_receipt"),
    ]
