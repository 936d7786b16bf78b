import os
import subprocess
import sys

import pytest

LOOK = """
import django; django.setup()
from django.urls import Resolver404, resolve
for address in ("/demo/", "/en/demo/", "/demo/step-in/"):
    try:
        print(address, resolve(address).view_name)
    except Resolver404:
        print(address, "-")
"""


def addresses(demo):
    environ = {
        **os.environ,
        "BANSO_DEMO": demo,
        "BANSO_SECRET_KEY": "only-for-tests",
        "DJANGO_SETTINGS_MODULE": "banso.site.settings",
    }
    words = [sys.executable, "-c", LOOK]
    return subprocess.check_output(words, env=environ, text=True).splitlines()


@pytest.mark.assurance("A-20")
@pytest.mark.parametrize("demo", ["", "0", "true"])
def test_outside_demo_mode_no_address_steps_into_a_role(demo):
    assert addresses(demo) == ["/demo/ -", "/en/demo/ -", "/demo/step-in/ -"]


def test_in_demo_mode_one_page_offers_the_roles():
    assert addresses("1")[0] == "/demo/ rehearsal:roles"
