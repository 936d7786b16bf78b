import io
import re
from argparse import Namespace

import pytest
from django.test import Client
from tests.people.entering.letters import WHO
from tests.people.factories import AccountFactory, OrganisationFactory

from banso.ledger.models import Entry
from banso.people.models import Account, Appointment, Invitation, Person
from banso.site.console.content import create_officer, register_person

PASSWORD = "海とともに歩む研究の日々"
WORDS = {
    "email": "officer@example.jp",
    "family_name": "山田",
    "given_name": "",
    "organisation": "見本機構",
    "role": "agency-officer",
    "language": "ja",
}
LINK = re.compile(r"https?://[^/]+(/\S+)")


@pytest.fixture(autouse=True)
def _agency(db):
    OrganisationFactory(kind="funding-agency", name_ja="見本機構", short_name="NEDO")


@pytest.fixture
def _typed(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


@pytest.mark.usefixtures("_typed")
def test_a_person_is_registered_with_role_and_password(capsys):
    status = register_person.run(Namespace(**WORDS))

    account = Account.objects.get()
    assert (status, capsys.readouterr().out.strip()) == (0, str(account.person_id))
    assert account.check_password(PASSWORD)
    assert Appointment.objects.get().role == "agency-officer"


@pytest.mark.usefixtures("_typed")
@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        pytest.param({"email": "notanemail"}, 2, "notanemail", id="no-address"),
        pytest.param({"email": "a b@example.jp"}, 2, "空白", id="a-blank-inside"),
        pytest.param({"family_name": " \u200b"}, 2, "--family-name", id="empty-name"),
        pytest.param({"family_name": "山" * 101}, 2, "--family-name", id="long-name"),
        pytest.param({"role": "king"}, 2, "agency-officer", id="unknown-role"),
        pytest.param({"organisation": "何処"}, 1, "何処", id="unknown-body"),
        pytest.param({"email": "TAKEN@example.jp "}, 1, "既にあります", id="duplicate"),
    ],
)
def test_what_cannot_be_taken_is_one_sentence_and_nothing_is_made(capsys, words, status, said):
    AccountFactory(email="taken@example.jp")
    before = Person.objects.count()

    found = register_person.run(Namespace(**WORDS | words))

    told = capsys.readouterr()
    assert (found, told.out) == (status, "")
    assert told.err.startswith("banso: ")
    assert said in told.err
    assert told.err.count("\n") == 1
    assert (Person.objects.count(), Entry.objects.count()) == (before, 0)


@pytest.mark.parametrize("name", ["見本機構", "NEDO", "ＮＥＤＯ", "nedo", " NEDO "])
def test_a_body_is_found_in_whatever_width_it_is_typed(name, capsys):
    assert create_officer.run(Namespace(**WORDS | {"organisation": name})) == 0


def test_the_first_officer_comes_in_by_the_printed_link_and_is_appointed(capsys, mailoutbox):
    create_officer.run(Namespace(**WORDS))
    path = LINK.search(capsys.readouterr().out)[1]

    Client().post(path, WHO)

    invitation = Invitation.objects.get()
    assert (invitation.appointment.role, invitation.person.family_name) == (
        "agency-officer",
        "髙﨑",
    )
    assert mailoutbox[0].to == ["officer@example.jp"]
    assert path in mailoutbox[0].body


def test_an_officer_without_a_role_is_none(capsys):
    status = create_officer.run(Namespace(**WORDS | {"role": ""}))

    assert (status, "--role" in capsys.readouterr().err) == (2, True)
    assert not Invitation.objects.exists()
