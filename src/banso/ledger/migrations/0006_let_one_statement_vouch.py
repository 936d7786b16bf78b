"""One constraint less on every act."""

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Entry and details are written by one statement, so nothing has to look for the entry."""

    dependencies: ClassVar = [("ledger", "0005_let_earlier_entries_wait")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="detail",
            name="entry",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                primary_key=True,
                related_name="detail",
                serialize=False,
                to="ledger.entry",
            ),
        )
    ]
