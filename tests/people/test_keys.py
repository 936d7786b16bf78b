"""People and bodies are found and sorted by keys; their names stay as they were given."""

import pytest
from tests.people.factories import OrganisationFactory, PersonFactory

from banso.people.models import Organisation, Person

TAKAHASHI = {
    "family_name": "髙橋",
    "given_name": "一郎",
    "family_name_kana": "タカハシ",
    "given_name_kana": "イチロウ",
    "family_name_en": "Takahashi",
    "given_name_en": "Ichiro",
}


@pytest.mark.convention("J5")
@pytest.mark.parametrize(
    "words",
    [
        "髙橋",
        "高橋",
        "タカハシ",
        "ﾀｶﾊｼ",
        "たかはし",
        "Takahashi",
        "TAKAHASI",
        "takaha",
        "高橋一郎",
        "一郎 高橋",
        "たかはしいちろう",
        "Ichirō",
        "橋一",
        "12345678",
        "0000-0002-1825-0097",
        "0000000218250097",
        "１２３４５６７８",
    ],
)
def test_one_person_is_found_however_the_name_is_written(db, words):
    PersonFactory(
        family_name="高梨", given_name="一", family_name_en="Takanashi", given_name_en="Hajime"
    )
    sought = PersonFactory(**TAKAHASHI, erad_number="12345678", orcid="0000-0002-1825-0097")

    assert list(Person.objects.matching(words)) == [sought]
    assert sought.family_name == "髙橋"


@pytest.mark.parametrize("words", ["鈴木", "高橋 鈴木", "・", "ーー", "%", "_"])
def test_nobody_is_found_by_what_no_name_has(db, words):
    PersonFactory(**TAKAHASHI)

    assert list(Person.objects.matching(words)) == []


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("山﨑", "山崎"),
        ("渡邊", "渡辺"),
        ("斎藤", "齋藤"),
        ("𠮷田", "吉田"),
        ("鎌ヶ谷", "鎌ケ谷"),
        ("神", "神"),
    ],
)
def test_variants_of_kanji_find_each_other(db, written, sought):
    person = PersonFactory(family_name=written)

    assert list(Person.objects.matching(sought)) == [person]
    assert Person.objects.values_list("family_name", flat=True).get() == written


def test_a_key_follows_the_name_also_where_one_field_is_saved(db):
    person = PersonFactory(**TAKAHASHI)

    person.family_name = "佐藤"
    person.save(update_fields=["family_name"])

    assert list(Person.objects.matching("佐藤")) == [person]


@pytest.mark.convention("J11")
def test_people_are_sorted_by_kana_then_by_letters_then_as_written(db):
    names = [
        ("ハシモト", ""),
        ("バショウ", ""),
        ("", "Hasegawa"),
        ("カトウ", ""),
        ("ガトウ", ""),
        ("がどう", ""),
        ("", "Smith"),
    ]
    for kana, roman in names:
        PersonFactory(
            family_name="橋",
            given_name="",
            family_name_kana=kana,
            family_name_en=roman,
            given_name_en="",
        )

    found = Person.objects.order_by("sort_key", "pk")

    assert [one.family_name_kana or one.family_name_en for one in found] == [
        "カトウ",
        "ガトウ",
        "がどう",
        "ハシモト",
        "バショウ",
        "Hasegawa",
        "Smith",
    ]


@pytest.mark.parametrize("words", ["見本大學", "みほん", "SU", "(株)", "9012345678901"])
def test_a_body_is_found_by_any_of_its_names_and_numbers(db, words):
    body = OrganisationFactory(
        name_ja="㈱見本大学",
        name_kana="ミホンダイガク",
        short_name="SU",
        corporate_number="9012345678901",
    )
    OrganisationFactory(name_ja="別の研究所", name_en="Other Institute")

    assert list(Organisation.objects.matching(words)) == [body]
