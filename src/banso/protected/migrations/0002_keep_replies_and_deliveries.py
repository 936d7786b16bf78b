from __future__ import annotations

from typing import ClassVar

from django.db import migrations

TABLES = "protected_itemversion, protected_reply, protected_delivery"


class Migration(migrations.Migration):
    """What was sealed, answered and delivered stays as it is; the web role only adds to it."""

    dependencies: ClassVar = [("protected", "0001_record_protected_items")]

    operations: ClassVar = [
        migrations.RunSQL(
            [
                f"REVOKE UPDATE, DELETE, TRUNCATE ON {TABLES} FROM banso_web",
                # Locking a row asks for the right to change it, so an offer keeps that one.
                "REVOKE DELETE, TRUNCATE ON protected_offer FROM banso_web",
            ],
            [
                f"GRANT UPDATE, DELETE ON {TABLES} TO banso_web",
                "GRANT DELETE ON protected_offer TO banso_web",
            ],
        ),
    ]
