from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from banso.ledger.rights import refuse_to_web


class Migration(migrations.Migration):
    """A membership ends with a date and is never deleted, so that consents stay provable."""

    dependencies: ClassVar = [("councils", "0001_record_councils")]

    operations: ClassVar = [
        refuse_to_web("DELETE, TRUNCATE", "councils_membership"),
    ]
