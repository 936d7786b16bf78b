"""A person reads, corrects and takes away their own record, and sees who opened it (A-81)."""

import hashlib
import io
import json
import zipfile
from http import HTTPStatus

import pytest
from django.urls import reverse
from tests.people.registry.conftest import NOON

from banso.people.commands.persons.open_record import open_record
from banso.people.models import Person

TYPED = {
    "family_name": "髙\ufa19橋",
    "given_name": "一郎",
    "family_name_kana": "タカハシ",
    "language": "en",
}


@pytest.fixture
def own(client_for, clock, researcher):
    clock.set(NOON)
    return client_for(researcher)


@pytest.mark.assurance("A-81")
@pytest.mark.parametrize("language", ["", "/en"])
def test_ones_own_page_shows_what_is_kept_and_who_opened_it(own, officer, researcher, language):
    open_record(actor=officer, person_id=researcher.pk, at=NOON)

    text = own.get(f"{language}{reverse('record:own')}").text

    shown = (
        "見本大学" if not language else "Sample University",
        "タカハシ",
        "担当" if not language else "MIHON",
    )
    assert all(words in text for words in shown)


def test_nobody_else_is_on_ones_own_page(own, officer, stranger):
    open_record(actor=officer, person_id=officer.person_id, at=NOON)

    text = own.get(reverse("record:own")).text

    assert "余所" not in text
    assert "開いた人はいません" in text


def test_a_person_corrects_names_exactly_and_the_language_of_mail(own, researcher):
    response = own.post(reverse("record:correct"), TYPED)

    researcher.refresh_from_db()
    assert response["Location"] == reverse("record:own")
    assert (researcher.family_name, researcher.language) == ("髙\ufa19橋", "en")


def test_what_is_not_right_comes_back_with_what_was_typed(own, researcher):
    response = own.post(reverse("record:correct"), {**TYPED, "orcid": "0000-0002-1825-0098"})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "検査数字が合いません" in response.text
    assert "髙\ufa19橋" in response.text
    assert Person.objects.get(pk=researcher.pk).family_name == "髙橋"


def test_the_whole_record_is_taken_away_and_its_entries_can_be_checked(own, officer, researcher):
    open_record(actor=officer, person_id=researcher.pk, at=NOON)
    own.post(reverse("record:correct"), TYPED)

    file = own.get(reverse("record:take_away"))

    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        record = json.loads(archive.read("record.json"))
        entries = json.loads(archive.read("entries.json"))
        readme = archive.read("README.txt").decode()
    [entry] = entries
    bound = hashlib.sha256(bytes.fromhex(entry["salt"]) + entry["text"].encode()).hexdigest()
    assert (record["family_name"], record["affiliations"][0]["organisation"]) == (
        "髙\ufa19橋",
        "見本大学",
    )
    assert [one["by"] for one in record["opened_by"]] == ["担当 者"]
    assert (entry["act"], entry["commitment"]) == ("people.correct_person", bound)
    assert "entries.json" in readme


def test_a_visitor_takes_nothing_away(client, db):
    assert client.get(reverse("record:take_away")).status_code == HTTPStatus.FOUND
