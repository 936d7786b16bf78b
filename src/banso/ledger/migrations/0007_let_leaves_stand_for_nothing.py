"""Leaves that stand for nothing, so that the tree's size tells nothing of a single act."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Only widens what a leaf may be; going back needs a tree without such leaves."""

    dependencies: ClassVar = [
        ("ledger", "0006_let_one_statement_vouch"),
    ]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="leaf",
            name="entry",
            field=models.OneToOneField(
                help_text="Nothing for a leaf that only fills a place.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="leaf",
                to="ledger.entry",
            ),
        ),
    ]
