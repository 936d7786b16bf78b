from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0003_bound_withholdings"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="agreeditem",
            index=models.Index(fields=["-agreed_at", "-number", "id"], name="agreed_items_latest"),
        ),
    ]
