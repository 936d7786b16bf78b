"""The registry's pages: who gets them, what they show, and that refusals lose nothing typed."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from tests.people.factories import (
    AffiliationFactory,
    AppointmentFactory,
    OrganisationFactory,
    PersonFactory,
)
from tests.people.registry.conftest import DAY, FIRST, NOON, officer_of

from banso.ledger.models import Entry
from banso.people.models import Affiliation, Person

LISTS = ("persons", "bodies", "affiliations", "appointments")


@pytest.fixture
def desk(client_for, clock, officer):
    clock.set(NOON)
    return client_for(officer.person_id)


@pytest.mark.parametrize("name", ["desk", *LISTS, "enter_person", "register_body", "appoint"])
def test_whoever_keeps_no_registry_finds_nothing(client_for, clock, researcher, name):
    clock.set(NOON)

    assert (
        client_for(researcher).get(reverse(f"registry:{name}")).status_code == HTTPStatus.NOT_FOUND
    )


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("name", ["desk", *LISTS, "enter_person", "appoint"])
def test_each_page_says_who_can_see_it(desk, name, language):
    response = desk.get(f"{language}{reverse(f'registry:{name}')}")

    assert response.status_code == HTTPStatus.OK
    said = "Officers of the body" if language else "記録を管理する機関の担当者"
    assert said in response.text


@pytest.mark.parametrize("words", ["高橋", "たかはし", "タカハシ", "Takahashi"])
def test_the_list_finds_a_person_however_the_name_is_written(desk, researcher, words):
    listed = desk.get(reverse("registry:persons"), {"q": words})

    assert "髙橋 一郎" in listed.text
    assert "担当 者" not in listed.text.partition("<tbody>")[2]


def test_two_people_of_one_name_are_told_apart(desk, university):
    for number in ("11111111", ""):
        person = PersonFactory(family_name="同姓", given_name="同名", erad_number=number)
        AffiliationFactory(person=person, organisation=university)

    listed = desk.get(reverse("registry:persons"), {"q": "同姓"}).text
    offered = desk.post(
        reverse("registry:appoint"), {"person_words": "同姓", "search": "person"}
    ).text

    numbers = [person.number for person in Person.objects.filter(family_name="同姓")]
    assert all(number in listed and f"番号 {number}" in offered for number in numbers)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_many_questions_for_one_as_for_a_hundred(
    desk, django_assert_max_num_queries, university, name
):
    address, asked = reverse(f"registry:{name}"), []
    for more in (1, 9, 90):
        for _ in range(more):
            person = PersonFactory()
            AffiliationFactory(person=person, organisation=university)
            AppointmentFactory(person=person, organisation=university)
            OrganisationFactory()
        with django_assert_max_num_queries(40) as queries:
            desk.get(address)
        asked.append(len(queries))

    assert asked[2] <= asked[1] + 1
    assert asked[1] == asked[0]


def test_a_person_is_entered_from_a_form(desk, university):
    typed = {
        "family_name": "﨑\ufa19山",
        "given_name": "渚",
        "family_name_kana": "ｻｷﾔﾏ",
        "erad_number": "１２３４５６７８",
        "organisation": str(university.pk),
        "unit": "工学部",
        **FIRST,
    }

    response = desk.post(reverse("registry:enter_person"), typed)

    person = Person.objects.get(family_name="﨑\ufa19山")
    assert response["Location"] == reverse("registry:person", args=[person.pk])
    assert (person.erad_number, person.affiliations.get().unit) == ("12345678", "工学部")


def test_somebody_of_the_same_name_is_shown_before_a_second_record_is_made(
    desk, university, stranger
):
    typed = {
        "family_name": "余所",
        "given_name": "花子",
        "organisation": str(university.pk),
        **FIRST,
    }
    before = Person.objects.count()

    asked = desk.post(reverse("registry:enter_person"), typed)

    assert asked.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "別の学院" in asked.text
    assert reverse("registry:affiliate", args=[stranger.pk]) in asked.text
    assert Person.objects.count() == before
    desk.post(reverse("registry:enter_person"), {**typed, "is_another": "on"})
    assert Person.objects.filter(family_name="余所").count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"family_name": ""}, "「姓」を入力してください"),
        ({"family_name": "\u200b"}, "「姓」を入力してください"),
        ({"family_name_kana": "高橋"}, "カナで入力してください"),
        ({"family_name_en": "たかはし"}, "ローマ字で入力してください"),
        ({"erad_number": "123"}, "8桁の数字"),
        ({"orcid": "0000-0002-1825-0098"}, "検査数字が合いません"),
        ({"from_on_day": "31"}, "日付"),
        ({"organisation": ""}, "「機関」を選"),
    ],
)
def test_what_is_not_right_comes_back_with_everything_typed(desk, university, typed, said):
    sent = {
        "family_name": "見本山",
        "unit": "深海研究室",
        "organisation": str(university.pk),
        **FIRST,
        **typed,
    }
    before = Person.objects.count()

    response = desk.post(reverse("registry:enter_person"), sent)

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in response.text
    assert "深海研究室" in response.text
    assert (Person.objects.count(), Entry.objects.exists()) == (before, False)


def test_a_number_of_another_record_is_told_at_its_field_with_the_rule(desk, university):
    PersonFactory(family_name="別人", erad_number="12345678")

    response = desk.post(
        reverse("registry:enter_person"),
        {
            "family_name": "見本山",
            "erad_number": "12345678",
            "organisation": str(university.pk),
            "is_another": "on",
            **FIRST,
        },
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "この番号は別の記録に登録されています" in response.text
    assert "O3" in response.text


def test_opening_a_record_is_recorded_unless_it_is_ones_own(desk, officer, researcher):
    opened = desk.get(reverse("registry:person", args=[researcher.pk]))
    desk.get(reverse("registry:person", args=[officer.person_id]))

    assert "髙橋 一郎" in opened.text
    assert list(Entry.objects.values_list("act", "subject_id")) == [
        ("people.open_record", str(researcher.pk))
    ]


def test_a_record_elsewhere_is_as_absent_as_none(desk, stranger):
    for name in ("person", "correct_person"):
        response = desk.get(reverse(f"registry:{name}", args=[stranger.pk]))
        assert response.status_code == HTTPStatus.NOT_FOUND

    assert not Entry.objects.exists()


def test_a_correction_shows_in_the_history(desk, researcher):
    form = {"family_name": "髙橋", "given_name": "二郎", "family_name_kana": "タカハシ"}

    desk.post(reverse("registry:correct_person", args=[researcher.pk]), form)

    text = desk.get(reverse("registry:person", args=[researcher.pk])).text
    assert "名：一郎 → 二郎" in text


def test_a_last_day_before_the_first_comes_back(desk, researcher):
    place = Affiliation.objects.get(person=researcher)
    day = {"last_on_year": "2020", "last_on_month": "1", "last_on_day": "1"}

    response = desk.post(reverse("registry:end_affiliation", args=[place.pk]), day)

    assert "開始日以降の日付を入力してください" in response.text
    place.refresh_from_db()
    assert place.until_on is None


def test_a_place_is_added_to_a_record_from_elsewhere_and_corrected(desk, university, stranger):
    form = {"organisation": str(university.pk), "unit": "工学部", **FIRST}

    desk.post(reverse("registry:affiliate", args=[stranger.pk]), form)
    place = Affiliation.objects.get(person=stranger, organisation=university)
    page = reverse("registry:correct_affiliation", args=[place.pk])
    last = {"last_on_year": "2028", "last_on_month": "3", "last_on_day": "31"}
    desk.post(page, {"unit": "理学部", **FIRST, **last})

    place.refresh_from_db()
    assert (place.unit, place.from_on, place.until_on.isoformat()) == ("理学部", DAY, "2028-04-01")
    assert 'value="31"' in desk.get(page).text


def test_an_affiliation_ends_on_its_last_day(desk, researcher):
    place = Affiliation.objects.get(person=researcher)
    day = {"last_on_year": "R9", "last_on_month": "3", "last_on_day": "31"}

    desk.post(reverse("registry:end_affiliation", args=[place.pk]), day)

    place.refresh_from_db()
    assert place.until_on == DAY


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_list_is_taken_away_as_it_is_shown(desk, researcher, stranger, form):
    file = desk.get(reverse("registry:persons"), {"format": form, "q": "髙橋"})

    assert file.status_code == HTTPStatus.OK
    if form != "xlsx":
        assert "髙橋 一郎" in file.content.decode("utf-8-sig")
        assert "余所" not in file.content.decode("utf-8-sig")


def test_a_ministry_keeps_a_desk_of_its_own(client_for, clock):
    clock.set(NOON)
    ministry = OrganisationFactory(kind="ministry", name_ja="見本省")
    actor = officer_of(ministry, "ministry-officer")

    assert "見本省" in client_for(actor.person_id).get(reverse("registry:enter_person")).text
