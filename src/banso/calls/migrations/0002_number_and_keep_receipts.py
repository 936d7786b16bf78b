from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Receipts are numbered in order, and the web role never changes one."""

    dependencies: ClassVar = [("calls", "0001_record_calls_and_proposals")]

    operations: ClassVar = [
        migrations.RunSQL(
            "CREATE SEQUENCE calls_receipt_number", "DROP SEQUENCE calls_receipt_number"
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON calls_receipt FROM banso_web",
            "GRANT UPDATE, DELETE ON calls_receipt TO banso_web",
        ),
    ]
