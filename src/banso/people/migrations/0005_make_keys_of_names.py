from typing import Any

from django.db import migrations

from banso.engines.names.keys import key_of, pieces_of, sort_key

AT_ONCE = 500
KEYS = ["search_key", "search_pieces", "sort_key"]


def make_keys(apps: Any, _schema_editor: Any) -> None:  # noqa: ANN401 - as they were then
    """Make the keys of everybody and every body that was there before there were keys."""
    for name, of in (("Person", _of_person), ("Organisation", _of_body)):
        rows = apps.get_model("people", name).objects.filter(search_pieces=None).order_by("pk")
        while some := list(rows[:AT_ONCE]):
            for row in some:
                row.search_key, row.sort_key = of(row)
                row.search_pieces = pieces_of(row.search_key)
            rows.model.objects.bulk_update(some, KEYS)


def _of_person(row: Any) -> tuple[str, str]:  # noqa: ANN401 - a person as they were then
    written = (row.family_name, row.given_name)
    kana = (row.family_name_kana, row.given_name_kana)
    roman = (row.family_name_en, row.given_name_en)
    joined = ("".join(part) for part in (written, kana, roman))
    return key_of(*written, *kana, *roman, *joined), sort_key(kana, roman, written)


def _of_body(row: Any) -> tuple[str, str]:  # noqa: ANN401 - a body as it was then
    return key_of(row.name_ja, row.short_name, row.name_en), sort_key([], [], [row.name_ja])


class Migration(migrations.Migration):
    dependencies = [("people", "0004_keep_the_registry")]

    operations = [
        # Backwards the columns go with the migration before this one.
        migrations.RunPython(make_keys, migrations.RunPython.noop, elidable=True)
    ]
