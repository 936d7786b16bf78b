"""A-35 (C5): no query of review, or of projects, reaches a membership, a reply or a consent."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

import banso

EVALUATING = ("review", "projects")
# Where membership, replies, consents, consultations and manuscript checks are kept.
PROTECTED = ("councils", "protected", "results")
PACKAGE = Path(banso.__file__).parent
MODULES = sorted(path for app in EVALUATING for path in (PACKAGE / app).rglob("*.py"))
TEMPLATES = sorted(path for app in EVALUATING for path in (PACKAGE / app).rglob("*.html"))
IN_TEMPLATES = re.compile(rf"[\"'](?:{'|'.join(PROTECTED)})[/:]")
pytestmark = pytest.mark.assurance("A-35")


def imported_by(path):
    """Every module of ours that the module imports, at the top or inside a function."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=module, names=names):
                yield from (f"{module}.{name.name}" for name in names)


def reached_from(start):
    """Every module of ours that is loaded because of this one."""
    found, waiting = set(), [start]
    while waiting:
        for name in imported_by(waiting.pop()):
            path = module_path(name)
            if path and path not in found:
                found.add(path)
                waiting.append(path)
    return found


def module_path(name):
    parts = name.split(".")
    if parts[0] != "banso":
        return None
    for end in (len(parts), len(parts) - 1):
        place = PACKAGE.joinpath(*parts[1:end])
        for path in (place.with_suffix(".py"), place / "__init__.py"):
            if path.is_file():
                return path
    return None


def app_of(path):
    return path.relative_to(PACKAGE).parts[0]


def test_the_walk_sees_what_it_guards():
    assert {app_of(path) for path in MODULES} == set(EVALUATING)
    assert len(MODULES) > 20
    assert app_of(module_path("banso.proposals.models.Proposal")) == "proposals"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_reaches_a_council_by_import(path):
    reached = {app_of(found) for found in reached_from(path)}

    assert not reached & set(PROTECTED)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_module_names_a_councils_table(path):
    text = path.read_text(encoding="utf-8")
    tables = {
        model._meta.db_table
        for app in PROTECTED
        for model in apps.get_app_config(app).get_models()
    }

    assert tables
    assert not [table for table in tables if table in text]
    assert "get_model(" not in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_includes_or_links_to_a_council(path):
    assert not IN_TEMPLATES.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "model",
    [model for app in EVALUATING for model in apps.get_app_config(app).get_models()],
    ids=lambda model: model._meta.label_lower,
)
def test_no_column_leads_to_a_council(model):
    targets = {
        field.related_model._meta.app_label
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
    }

    assert not targets & set(PROTECTED)


def backwards():
    """Names by which a person, organisation or project leads to rows of a council."""
    return {
        name
        for app in PROTECTED
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        for relation in [field.remote_field]
        if not relation.hidden and relation.model._meta.app_label not in PROTECTED
        for name in (relation.get_accessor_name(), field.related_query_name())
    }


def test_no_query_of_the_code_leads_over_a_councils_rows():
    words = set()
    for node in (
        node for path in MODULES for node in ast.walk(ast.parse(path.read_text("utf-8")))
    ):
        match node:
            case ast.Constant(value=str(text)):
                words.update(text.split("__"))
            case ast.keyword(arg=str(name)):
                words.update(name.split("__"))
            case ast.Attribute(attr=name):
                words.add(name)

    assert backwards()
    assert not backwards() & words


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_leads_over_a_councils_rows(path):
    followed = set(re.findall(r"\.(\w+)", path.read_text(encoding="utf-8")))

    assert not backwards() & followed
