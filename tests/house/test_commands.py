"""Every command is recorded, is allowed to somebody who is named, and stands in a file alone."""

import ast
import importlib
import inspect
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.translation import override

import banso
from banso.ledger.record import COMMANDS
from banso.people.permissions import Permission

APPS = [config.name.split(".")[1] for config in apps.get_app_configs() if "banso." in config.name]
FILES = sorted(
    path
    for app in APPS
    for path in Path(importlib.import_module(f"banso.{app}").__file__).parent.glob(
        "commands/**/*.py"
    )
    if path.name != "__init__.py"
)


def module_of(path):
    inside = path.relative_to(Path(banso.__file__).parent).with_suffix("")
    return ".".join(("banso", *inside.parts))


def act_of(path):
    return f"{module_of(path).split('.')[1]}.{path.stem}"


def permissions():
    found = {}
    for app in APPS:
        if importlib.util.find_spec(f"banso.{app}.permissions"):
            module = importlib.import_module(f"banso.{app}.permissions")
            for name, value in vars(module).items():
                if isinstance(value, Permission) and value.name.startswith(f"{app}."):
                    found[value.name] = (name, value)
    return found


@pytest.mark.parametrize("path", FILES, ids=act_of)
def test_a_file_of_commands_has_one_public_function_which_is_a_command_of_its_name(path):
    functions = [
        node
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]

    assert [function.name for function in functions] == [path.stem]
    importlib.import_module(module_of(path))
    assert act_of(path) in COMMANDS


def test_nothing_else_is_a_command():
    for path in FILES:
        importlib.import_module(module_of(path))

    assert {act for act in COMMANDS if act.split(".")[0] in APPS} == {
        act_of(path) for path in FILES
    }


def test_each_command_has_the_permission_of_its_name_and_no_permission_is_left_over():
    assert {name: constant for name, (constant, _) in permissions().items()} == {
        act_of(path): path.stem.upper() for path in FILES
    }


@pytest.mark.parametrize("name", sorted(permissions()))
def test_each_permission_says_in_both_languages_who_holds_it(name):
    _, permission = permissions()[name]

    with override("en"):
        english = str(permission.who)
    with override("ja"):
        japanese = str(permission.who)

    assert english.endswith(".")
    assert japanese.endswith("。")


@pytest.mark.parametrize("path", FILES, ids=act_of)
def test_a_command_takes_only_named_facts_and_gets_its_instant(path):
    module = importlib.import_module(module_of(path))
    parameters = inspect.signature(getattr(module, path.stem).__wrapped__).parameters

    assert "actor" in parameters
    assert {one.kind for one in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert parameters.get("at", parameters["actor"]).default is inspect.Parameter.empty
