"""The tool that keeps the Japanese catalogues loses nothing and hides nothing."""

import gettext
import importlib.util
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[2] / "tools" / "catalogues.py"
MODULE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy
SENTENCE = _("It closes on %(day)s.")
WORD = pgettext_lazy("verb", "Close")
def files(count):
    return ngettext("%(count)s file", "%(count)s files", count)
"""
TEMPLATE = """
{% trans name=person.name %}
  {{ name }} has
  signed in
{% endtrans %}
"""
JAPANESE = {
    "It closes on %(day)s.": "%(day)sに締め切ります。",
    "Close": "閉じる",
    "%(count)s file": ("%(count)s件",),
    "%(name)s has signed in": "%(name)sさんがログインしました",
}


@pytest.fixture
def tool(tmp_path, monkeypatch):
    specification = importlib.util.spec_from_file_location("catalogues_under_test", TOOL)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    monkeypatch.setattr(module, "PACKAGE", tmp_path)
    write(module, "calls", MODULE, TEMPLATE)
    return module


def write(tool, app, module, template=""):
    templates = tool.PACKAGE / app / "templates" / app
    templates.mkdir(parents=True, exist_ok=True)
    (tool.PACKAGE / app / "__init__.py").touch()
    (tool.PACKAGE / app / "messages.py").write_text(module, encoding="utf-8")
    (templates / "page.html").write_text(template, encoding="utf-8")
    tool.strings_in_source.cache_clear()


def translate(tool, app, japanese):
    tool.update([app])
    catalogue = tool.read_catalogue(app)
    for message in tool.messages_of(catalogue):
        message.string = japanese.get(tool.key_of(message)[1], message.string)
    tool.write_catalogue(app, catalogue)


def test_every_text_of_modules_and_templates_is_found(tool):
    tool.update(["calls"])

    keys = {tool.key_of(message) for message in tool.messages_of(tool.read_catalogue("calls"))}
    assert keys == {
        ("", "It closes on %(day)s."),
        ("verb", "Close"),
        ("", "%(count)s file"),
        ("", "%(name)s has signed in"),
    }


def test_updating_keeps_what_was_translated_byte_for_byte(tool):
    translate(tool, "calls", JAPANESE)
    before = tool.catalogue_path("calls").read_bytes()

    tool.update(["calls"])

    assert tool.catalogue_path("calls").read_bytes() == before
    assert list(tool.problems()) == []


def test_what_is_built_is_what_django_reads(tool):
    translate(tool, "calls", JAPANESE)

    tool.build()

    with tool.catalogue_path("calls").with_suffix(".mo").open("rb") as file:
        built = gettext.GNUTranslations(file)
    assert built.gettext("It closes on %(day)s.") == "%(day)sに締め切ります。"
    assert built.pgettext("verb", "Close") == "閉じる"
    assert built.ngettext("%(count)s file", "%(count)s files", 2) == "%(count)s件"


def test_each_fault_is_named(tool):
    translate(tool, "calls", {**JAPANESE, "It closes on %(day)s.": "まもなく", "Close": ""})
    write(tool, "review", 'X = _("Open")')
    translate(tool, "review", {"Open": "公開"})
    write(tool, "results", 'X = _("Open")\nY = _("Old")')
    translate(tool, "results", {"Open": "募集中", "Old": "旧"})
    write(tool, "results", 'X = _("Open")\nY = _("New")')

    assert sorted(tool.problems()) == [
        "calls: not translated: 'Close'",
        "calls: placeholder 'day' is not on both sides: 'It closes on %(day)s.'",
        "results: missing: 'New'",
        "results: obsolete: 'Old'",
        "translated differently: 'Open': results: 募集中; review: 公開",
    ]
    assert tool.check() == 1


def test_checking_a_whole_catalogue_finds_nothing(tool):
    translate(tool, "calls", JAPANESE)

    assert tool.check() == 0
