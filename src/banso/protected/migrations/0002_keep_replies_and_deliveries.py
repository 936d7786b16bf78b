from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from banso.ledger.rights import refuse_to_web

TABLES = "protected_itemversion, protected_reply, protected_delivery"


class Migration(migrations.Migration):
    """What was sealed, answered and delivered stays as it is; the web role only adds to it."""

    dependencies: ClassVar = [("protected", "0001_record_protected_items")]

    operations: ClassVar = [
        refuse_to_web("UPDATE, DELETE, TRUNCATE", TABLES),
        # Locking a row asks for the right to change it, so an offer keeps that one.
        refuse_to_web("DELETE, TRUNCATE", "protected_offer"),
    ]
