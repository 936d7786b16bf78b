"""What shows of a leaf that it never stood for an entry, so that none can be passed off as one."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds only; a leaf that stands for nothing and was placed before has nothing to show it."""

    dependencies: ClassVar = [("ledger", "0007_let_leaves_stand_for_nothing")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="leaf",
            name="filler",
            field=models.BinaryField(
                help_text="What shows that a leaf never stood for an entry; no page gives it out.",
                max_length=32,
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="leaf",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("entry__isnull", True), ("filler__isnull", True), _connector="OR"
                ),
                name="a_leaf_is_an_entrys_or_a_filler",
            ),
        ),
    ]
