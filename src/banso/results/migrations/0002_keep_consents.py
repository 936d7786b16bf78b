from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from banso.ledger.rights import refuse_to_web


class Migration(migrations.Migration):
    """Every answer to a request to withhold stays on record; the web role only adds to it."""

    dependencies: ClassVar = [("results", "0001_record_results")]

    operations: ClassVar = [
        refuse_to_web("UPDATE, DELETE, TRUNCATE", "results_consent"),
    ]
