"""One list of the apps: what is settled app by app elsewhere agrees with it."""

import tomllib
from pathlib import Path

from django.conf import settings

from banso.site.surface import routed

PROJECT = Path(settings.PACKAGE).parents[1] / "pyproject.toml"
CONTRACTS = {
    contract["name"]: contract
    for contract in tomllib.loads(PROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
}
# What Django does not know as apps: plain Python, and what puts the project together.
NO_APPS = {"engines", "rulebook", "site"}


def test_every_folder_is_an_app_in_the_one_list():
    folders = {file.parent.name for file in Path(settings.PACKAGE).glob("*/__init__.py")}

    assert folders - NO_APPS == set(settings.APPS)


def test_the_list_is_in_the_order_in_which_apps_may_import():
    layers = CONTRACTS["Apps import only from their right"]["layers"]
    names = [name.strip(" ()") for layer in reversed(layers) for name in layer.split("|")]

    assert [name for name in names if name in settings.APPS] == list(settings.APPS)


def test_no_two_apps_route_the_same_address():
    routes = [str(pattern.pattern) for _name, pattern in routed()]

    assert sorted(routes) == sorted(set(routes))
