"""The one row by which public pages know whether the public record changed."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_record_the_program")]

    operations = [
        migrations.RunSQL(
            "INSERT INTO catalogue_publicversion (id, version) VALUES (1, 0)",
            "DELETE FROM catalogue_publicversion",
        )
    ]
