import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from tests.people.factories import AccountFactory, AffiliationFactory, PersonFactory

from banso.people.models import Account
from banso.rehearsal.queries import account_of_role, playable_roles, refusal_to_demonstrate
from banso.site.console.parent import PORT_TAKEN, REFUSED
from banso.site.console.serving import web

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


@pytest.fixture
def sample_applicant(db):
    return AccountFactory(
        email="today-applicant@sample.example", person=PersonFactory(is_sample=True)
    )


def test_a_sample_person_is_stepped_into(sample_applicant):
    assert account_of_role("applicant") == sample_applicant
    assert refusal_to_demonstrate() == ""


def test_nobody_steps_in_once_somebody_is_no_sample(sample_applicant):
    AffiliationFactory(person=sample_applicant.person)
    assert [playable.role.code for playable in playable_roles()] == ["applicant"]

    PersonFactory(is_sample=False)

    assert playable_roles() == []
    with pytest.raises(Account.DoesNotExist):
        account_of_role("applicant")


def test_a_person_who_is_no_sample_is_not_behind_a_role_whatever_the_address(db):
    AccountFactory(email="today-applicant@sample.example", person=PersonFactory(is_sample=False))

    with pytest.raises(Account.DoesNotExist):
        account_of_role("applicant")


@pytest.mark.enable_socket
@pytest.mark.parametrize("is_demo", [True, False])
def test_the_demo_does_not_start_beside_people_who_are_no_samples(
    db, settings, monkeypatch, capsys, is_demo
):
    PersonFactory(is_sample=False)
    settings.IS_DEMO = is_demo
    begun = []
    monkeypatch.setattr(web, "collect_static_files", lambda: begun.append("static"))
    no_socket, _other_end = os.pipe()

    status = web.run(SimpleNamespace(socket=no_socket))

    said = capsys.readouterr().err
    if is_demo:
        assert (status, begun, said.count("\n")) == (REFUSED, [], 1)
        assert "holds people who are no samples, so nothing is served" in said
    else:
        assert (status, begun) == (PORT_TAKEN, ["static"])
