"""A table is taken whole in one command and one entry, or not at all."""

import json
import re
import time
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.people.factories import AffiliationFactory, PersonFactory
from tests.people.registry.conftest import NOON
from tests.people.registry.tables import book_of, csv_of, row

from banso.ledger.models import Detail, Entry
from banso.people.models import Affiliation, Organisation, Person, UploadedTable
from banso.people.queries.records.history import history_of


@pytest.fixture
def desk(client_for, clock, officer):
    clock.set(NOON)
    return client_for(officer.person_id)


def upload(browser, content, kind="persons", name="人.csv"):
    return browser.post(
        reverse("registry:upload", args=[kind]), {"file": SimpleUploadedFile(name, content)}
    )


def shown(browser, content, kind="persons"):
    response = upload(browser, content, kind)
    assert response.status_code == HTTPStatus.SEE_OTHER, response.text
    return response["Location"], browser.get(response["Location"]).text


def count():
    return (Person.objects.count(), Affiliation.objects.count())


def test_new_changed_and_unchanged_rows_are_shown_and_taken_in_one_entry(
    desk, university, researcher
):
    same = PersonFactory(family_name="同じ", given_name="人", erad_number="11111111")
    AffiliationFactory(person=same, organisation=university)
    content = csv_of(
        row("新山", "渚", erad="22222222", unit="工学部"),
        row("髙橋", "二郎", record=str(researcher.pk)),
        row("同じ", "人", erad="11111111"),
    )

    address, text = shown(desk, content)
    before = count()
    assert all(words in text for words in ("新規", "変更あり", "変更なし", "名：一郎 → 二郎"))
    assert not Person.objects.filter(family_name="新山").exists()
    desk.post(address)

    researcher.refresh_from_db()
    new = Person.objects.get(family_name="新山")
    assert count() == (before[0] + 1, before[1] + 1)
    assert (researcher.given_name, new.affiliations.get().unit, new.kept_by) == (
        "二郎",
        "工学部",
        university,
    )
    assert Entry.objects.filter(act="people.import_persons").count() == 1
    details = json.loads(Detail.objects.get(entry__act="people.import_persons").text)["details"]
    assert details["rows"] == [[2, "new", str(new.pk)], [3, "changed", str(researcher.pk)]]
    assert [one.after for one in history_of(researcher)[0].changed] == ["二郎"]
    assert list(Person.objects.matching("しんやま" if new.family_name_kana else "新山")) == [new]
    assert UploadedTable.objects.get().rows == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param([row("")], "姓がありません", id="no-name"),
        pytest.param([row(erad="123")], "8桁", id="number"),
        pytest.param([row(orcid="0000-0002-1825-0098")], "検査数字", id="check-digit"),
        pytest.param([row(kana="高橋")], "カナで入力", id="kana"),
        pytest.param([row(from_on="2027-02-30")], "2027-02-30", id="day"),
        pytest.param([row(from_on="")], "開始日がありません", id="no-day"),
        pytest.param([row(body="別の学院")], "別の学院", id="another-body"),
        pytest.param([row(record="何か")], "何か", id="unknown-record"),
        pytest.param([row(), row()], "2行目", id="name-twice"),
        pytest.param(
            [row("甲", erad="12345678"), row("乙", erad="12345678")], "2行目", id="number-twice"
        ),
        pytest.param([row("髙橋", "一郎")], "すでに", id="somebody-of-the-name"),
    ],
)
def test_one_wrong_row_keeps_the_whole_table_out(desk, researcher, rows, said):
    address, text = shown(
        desk,
        csv_of(row("良い", "行", erad="99999999"), *rows) if len(rows) == 1 else csv_of(*rows),
    )
    before = count()

    refused = desk.post(address)

    assert said in text
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "O3" in refused.text
    assert count() == before
    assert not Entry.objects.filter(act="people.import_persons").exists()


def test_two_people_of_one_name_are_entered_when_it_is_said(desk, researcher):
    address, _text = shown(desk, csv_of(row("髙橋", "一郎", record="new")))

    desk.post(address)

    assert Person.objects.filter(family_name="髙橋", given_name="一郎").count() == 2


def test_a_person_of_another_body_gets_a_place_and_no_correction(desk, university, stranger):
    stranger.erad_number = "33333333"
    stranger.save()

    _address, wrong = shown(desk, csv_of(row("余所", "変名", erad="33333333")))
    address, right = shown(desk, csv_of(row("余所", "花子", erad="33333333", unit="工学部")))
    desk.post(address)

    assert "別の機関が管理" in wrong
    assert "変更あり" in right
    stranger.refresh_from_db()
    assert (stranger.given_name, stranger.affiliations.get(organisation=university).unit) == (
        "花子",
        "工学部",
    )


def test_several_files_are_offered_to_scripts_alone(desk):
    page = desk.get(reverse("registry:upload", args=["persons"])).text
    [field] = re.findall(r'<input type="file"[^>]*>', page)

    assert "data-takes-several" in field
    assert " multiple" not in field
    assert re.search(r'<p [^>]*id="id_file_several" hidden>', page)


def test_a_download_goes_round_and_a_change_in_between_is_noticed(desk, researcher):
    page = desk.get(reverse("registry:upload", args=["persons"])).text
    [address] = re.findall(r'href="([^"]*columns=record[^"]*)"', page)
    file = desk.get(address.replace("&amp;", "&"))
    content = file.content.decode("utf-8-sig").replace("一郎", "三郎").encode()

    _address, fresh = shown(desk, content)
    researcher.family_name_en = "Takahashi"
    researcher.save()
    _address, stale = shown(desk, content)

    assert "一郎 → 三郎" in fresh
    assert "ダウンロードの後に" in stale


def test_what_cp932_changes_by_itself_is_no_change(desk, university):
    person = PersonFactory(family_name="山〜川", given_name="葵", erad_number="44444444")
    AffiliationFactory(person=person, organisation=university)

    _address, text = shown(desk, csv_of(row("山～川", "葵", erad="44444444"), encoding="cp932"))

    assert "変更なし" in text
    assert "Shift_JIS (CP932)" in text


def test_an_excel_book_is_taken(desk):
    address, _text = shown(desk, book_of(row("表計算", "葵", erad="55555555")))

    desk.post(address)

    assert Person.objects.get(erad_number="55555555").family_name == "表計算"


@pytest.mark.parametrize("content", [b"", b"\xff\xff", csv_of(), b"\xd0\xcf\x11\xe0"])
def test_a_file_that_cannot_be_read_comes_back_with_a_sentence(desk, content):
    response = upload(desk, content)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "error-summary" in response.text
    assert not UploadedTable.objects.exists()


def test_a_table_is_its_uploaders_alone_and_can_be_dropped(desk, client_for, university):
    from tests.people.registry.conftest import officer_of  # noqa: PLC0415 - beside its one use

    address, _text = shown(desk, csv_of(row("秘密", "葵")))
    colleague = client_for(officer_of(university, "institution-officer").person_id)

    assert colleague.get(address).status_code == HTTPStatus.NOT_FOUND
    desk.post(address, {"act": "drop"})
    assert UploadedTable.objects.get().rows == []
    assert desk.get(address).status_code == HTTPStatus.NOT_FOUND
    assert not Person.objects.filter(family_name="秘密").exists()


def test_the_same_table_is_taken_once(desk):
    address, _text = shown(desk, csv_of(row("一度", "葵", erad="66666666")))

    desk.post(address)
    again = desk.post(address)

    assert again.status_code == HTTPStatus.NOT_FOUND
    assert Person.objects.filter(family_name="一度").count() == 1


def test_bodies_are_taken_by_an_agency_and_not_by_an_institution(
    client_for, clock, agency_officer, desk, university
):
    head = ("record", "name_ja", "kind", "corporate_number")
    content = csv_of(
        ("", "新しい大学", "institution", "4030005012570"),
        ("", "見本大学", "", "2020005008480"),
        head=head,
    )
    browser = client_for(agency_officer.person_id)

    address, text = shown(browser, content, "bodies")
    browser.post(address)

    university.refresh_from_db()
    assert ("新規" in text, "変更あり" in text) == (True, True)
    assert Organisation.objects.get(name_ja="新しい大学").corporate_number == "4030005012570"
    assert university.corporate_number == "2020005008480"
    assert upload(desk, content, "bodies").status_code == HTTPStatus.FORBIDDEN


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("", "新しい大学", "大学", ""), "大学"),
        (("", "新しい大学", "institution", "4030005012571"), "検査数字"),
        (("", "新しい大学", "", ""), "種類がありません"),
        (("", "", "institution", ""), "名称（日本語）がありません"),
    ],
)
def test_a_wrong_row_of_bodies_is_said(client_for, clock, agency_officer, line, said):
    clock.set(NOON)
    head = ("record", "name_ja", "kind", "corporate_number")

    _address, text = shown(client_for(agency_officer.person_id), csv_of(line, head=head), "bodies")

    assert said in text


@pytest.mark.parametrize("kind", ["persons", "bodies"])
def test_the_template_can_be_downloaded(desk, kind):
    file = desk.get(reverse("registry:template", args=[kind]))

    assert file.content.startswith("\ufeffrecord,".encode())


def test_a_thousand_rows_ask_as_many_questions_as_ten(desk, django_assert_max_num_queries):
    asked = []
    for many in (10, 1000):
        content = csv_of(
            *(row(f"姓{many}の{n}", "葵", erad=f"{many:04}{n:04}") for n in range(many))
        )
        began = time.monotonic()
        address, _text = shown(desk, content)
        with django_assert_max_num_queries(60) as queries:
            desk.post(address)
        asked.append(len(queries))
        assert time.monotonic() - began < 60

    assert asked[0] == asked[1]
