from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """A membership ends with a date and is never deleted, so that consents stay provable."""

    dependencies: ClassVar = [("councils", "0001_record_councils")]

    operations: ClassVar = [
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON councils_membership FROM banso_web",
            "GRANT DELETE ON councils_membership TO banso_web",
        ),
    ]
