from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0001_record_judgements"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["-sent_at", "id"], name="letters_latest"),
        ),
    ]
