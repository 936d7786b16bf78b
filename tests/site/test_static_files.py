"""Files of pages are collected once, and again when one of them changes."""

import pytest
from django.contrib.staticfiles.finders import get_finder

from banso.site.console.serving import static_files


@pytest.fixture
def collected(settings, monkeypatch, tmp_path):
    settings.DATA, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    runs = []
    monkeypatch.setattr(static_files, "call_command", lambda name, **_: runs.append(name))
    return runs


def test_a_second_start_collects_nothing(collected):
    static_files.collect_static_files()
    static_files.collect_static_files()

    assert collected == ["collectstatic"]


def test_a_changed_file_is_collected_again(collected, settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "page.css").write_text("a {}")
    settings.STATICFILES_DIRS = [source]
    get_finder.cache_clear()
    static_files.collect_static_files()

    (source / "page.css").write_text("b {color: red}")
    static_files.collect_static_files()

    assert collected == ["collectstatic", "collectstatic"]
