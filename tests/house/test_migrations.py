from django.core.management import call_command


def test_every_model_has_its_migration(db, capsys):
    call_command("makemigrations", check=True, dry_run=True)

    assert "No changes detected" in capsys.readouterr().out
