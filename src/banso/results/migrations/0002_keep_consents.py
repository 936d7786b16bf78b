from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """Every answer to a request to withhold stays on record; the web role only adds to it."""

    dependencies: ClassVar = [("results", "0001_record_results")]

    operations: ClassVar = [
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON results_consent FROM banso_web",
            "GRANT UPDATE, DELETE ON results_consent TO banso_web",
        ),
    ]
