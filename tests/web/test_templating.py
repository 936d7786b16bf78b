"""What every template can rely on."""

from datetime import UTC, datetime

import pytest
from django.template import engines
from django.utils.translation import override
from jinja2 import FileSystemLoader, UndefinedError

from banso.web import templating


def rendered(source, **values):
    return engines.all()[0].from_string(source).render(values)


@pytest.mark.parametrize("source", ["{{ 2026 | fiscal_year }}", "{{ year | fiscal_year }}"])
def test_one_compiled_template_speaks_to_each_reader_in_their_language(source):
    template = engines.all()[0].from_string(source)

    shown = []
    for language in ("ja", "en", "ja"):
        with override(language):
            shown.append(template.render({"year": 2026}))

    assert shown == ["2026年度（令和8年度）", "FY2026", "2026年度（令和8年度）"]


def test_an_undefined_name_is_an_error():
    with pytest.raises(UndefinedError):
        rendered("{{ nobody }}")


def test_values_are_escaped():
    assert rendered("{{ title }}", title="<b>") == "&lt;b&gt;"


def test_an_address_follows_the_language():
    source = "{{ url('portal:rule', 'K1') }} {{ url('portal:rule', clause_id='K1') }}"

    with override("en"):
        assert rendered(source) == "/en/rules/K1/ /en/rules/K1/"


def test_texts_are_translated_and_trimmed():
    source = "{% trans %}\n  Submit the\n  proposal\n{% endtrans %}|{{ _('Submit') }}"

    with override("ja"):
        assert rendered(source) == "提案を提出する|提出"


def test_the_unit_of_a_column_is_named_in_its_head():
    with override("ja"):
        assert rendered("{{ yen_unit('million-yen') }}") == "百万円"


def test_an_instant_is_shown_by_a_filter():
    at = datetime(2026, 12, 10, 3, 0, tzinfo=UTC)

    with override("en"):
        assert rendered("{{ at | instant }}", at=at) == "10 December 2026, 12:00 JST"


def test_an_address_is_found_once_for_each_language():
    found = []
    for language in ("ja", "en", "ja", "en"):
        with override(language):
            found.append(templating.url("web:gallery"))

    assert found == ["/gallery/", "/en/gallery/", "/gallery/", "/en/gallery/"]


def test_a_files_address_follows_how_files_are_kept(settings, tmp_path):
    plain = templating.static("web/tokens.css")
    storage = tmp_path / "static"
    storage.mkdir()
    (storage / "staticfiles.json").write_text(
        '{"version": "1.1", "hash": "", "paths": {"web/tokens.css": "web/tokens.abc.css"}}'
    )
    settings.STATIC_ROOT = storage
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }

    assert (plain, templating.static("web/tokens.css")) == (
        "/static/web/tokens.css",
        "/static/web/tokens.abc.css",
    )


def kept(folder):
    return sorted(folder.rglob("*.cache"))


def written(folder, text):
    (folder / "page.html").write_text(text)
    built = templating.environment(kept_in=folder / "kept", loader=FileSystemLoader(folder))
    return built.get_template("page.html").render()


def test_a_template_is_compiled_once_for_every_process_and_again_when_it_changes(tmp_path):
    assert written(tmp_path, "one") == "one"
    [file] = kept(tmp_path)
    before = file.stat().st_mtime_ns

    assert written(tmp_path, "one") == "one"
    assert file.stat().st_mtime_ns == before
    assert written(tmp_path, "another") == "another"


def test_a_kept_template_that_is_broken_is_compiled_again(tmp_path):
    written(tmp_path, "one")
    [file] = kept(tmp_path)
    file.write_bytes(b"broken")

    assert written(tmp_path, "one") == "one"


def test_where_nothing_can_be_kept_pages_are_answered_all_the_same(tmp_path):
    (tmp_path / "kept").write_text("no folder")

    assert written(tmp_path, "one") == "one"


def test_what_is_kept_is_its_owners_alone(tmp_path):
    written(tmp_path, "one")

    [file] = kept(tmp_path)
    assert file.parent.stat().st_mode & 0o077 == 0
