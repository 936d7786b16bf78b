from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_let_person_end_request")]

    operations = [
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["-starts_on", "code"], name="projects_by_first_day"),
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["amount_yen", "id"], name="projects_by_amount"),
        ),
    ]
