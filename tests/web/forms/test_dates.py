"""How people type dates and times, and how the form fields take them."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from banso.web.date_fields import JapaneseDateField, JapaneseInstantField
from banso.web.eras import FIRST_CONVERTIBLE_DAY, parse_japanese_date
from banso.web.formats import JAPAN, date_text

APRIL = date(2026, 4, 1)


@pytest.mark.convention("J1")
@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("2026/4/1", APRIL, id="slashes"),
        pytest.param("2026-04-01", APRIL, id="iso"),
        pytest.param("2026.4.1", APRIL, id="dots"),
        pytest.param("2026年4月1日", APRIL, id="japanese"),
        pytest.param("2026年4月1日（令和8年）", APRIL, id="as-we-show-it"),
        pytest.param("2026年4月1日（水）", APRIL, id="with-the-weekday"),
        pytest.param("1 April 2026", APRIL, id="english"),
        pytest.param("1 Apr 2026", APRIL, id="short-english"),
        pytest.param("R8.4.1", APRIL, id="era-letter"),
        pytest.param("r8/4/1", APRIL, id="small-era-letter"),
        pytest.param("令和8年4月1日", APRIL, id="era"),
        pytest.param("令和８年４月１日", APRIL, id="full-width-digits"),
        pytest.param("Ｒ８．４．１", APRIL, id="full-width-throughout"),
        pytest.param("㋿8年4月1日", APRIL, id="era-in-one-character"),
        pytest.param(" 令和 8年 4月 1日 ", APRIL, id="spaces"),
        pytest.param("令和元年5月1日", date(2019, 5, 1), id="first-year"),
        pytest.param("R元.5.1", date(2019, 5, 1), id="first-year-by-letter"),
        pytest.param("平成32年4月1日", date(2020, 4, 1), id="era-counted-on"),
        pytest.param("H31.4.30", date(2019, 4, 30), id="heisei"),
        pytest.param("昭和64年1月7日", date(1989, 1, 7), id="showa"),
        pytest.param("T15.12.24", date(1926, 12, 24), id="taisho"),
        pytest.param("明治45年7月29日", date(1912, 7, 29), id="meiji"),
    ],
)
def test_a_date_is_read_as_people_type_it(text, day):
    assert parse_japanese_date(text) == day


@pytest.mark.convention("J1")
@pytest.mark.parametrize(
    "text",
    [
        "",
        "26/4/1",
        "2026/4",
        "2026/13/1",
        "2026/2/29",
        "令和0年1月1日",
        "慶応3年1月1日",
        "1 Foo 2026",
    ],
)
def test_what_is_no_date_is_not_guessed(text):
    with pytest.raises(ValueError, match=r"."):
        parse_japanese_date(text)


@pytest.mark.convention("J1")
@given(day=st.dates(min_value=FIRST_CONVERTIBLE_DAY), language=st.sampled_from(["ja", "en"]))
def test_what_we_show_can_be_typed_back(day, language):
    assert parse_japanese_date(date_text(day, language)) == day


class Plan(forms.Form):
    starts_on = JapaneseDateField(label="First day")
    closes_at = JapaneseInstantField(label="Deadline", required=False)


def plan(**boxes):
    sent = QueryDict(mutable=True)
    sent.update(boxes)
    return Plan(sent)


@pytest.mark.convention("D9")
@pytest.mark.parametrize(
    "boxes",
    [
        pytest.param(
            {"starts_on_year": "2026", "starts_on_month": "4", "starts_on_day": "1"}, id="boxes"
        ),
        pytest.param(
            {"starts_on_year": "R8", "starts_on_month": "４", "starts_on_day": " 1 "}, id="era-box"
        ),
        pytest.param({"starts_on_year": "令和8年4月1日"}, id="pasted-into-the-first-box"),
        pytest.param({"starts_on": "2026/4/1"}, id="one-value"),
    ],
)
def test_a_date_field_takes_boxes_or_one_text(boxes):
    form = plan(**boxes)

    assert form.is_valid()
    assert form.cleaned_data == {"starts_on": APRIL, "closes_at": None}


@pytest.mark.convention("D9")
def test_a_date_that_does_not_exist_is_named_and_kept():
    form = plan(starts_on_year="2026", starts_on_month="2", starts_on_day="30")

    assert form["starts_on"].errors.as_data()[0].code == "not-a-date"
    assert form["starts_on"].value() == ["2026", "2", "30"]


def test_a_date_field_left_empty_is_asked_for():
    form = plan(starts_on_year=" ", starts_on_month="", starts_on_day="")

    assert form["starts_on"].errors.as_data()[0].code == "required"


@pytest.mark.convention("J3")
@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        pytest.param("", 12, 0, id="noon-by-default"),
        pytest.param("正午", 12, 0, id="noon"),
        pytest.param("9:05", 9, 5, id="clock"),
        pytest.param("１４：３０", 14, 30, id="full-width"),
        pytest.param("14時30分", 14, 30, id="japanese"),
        pytest.param("14時", 14, 0, id="hour-alone"),
    ],
)
def test_a_deadline_is_read_in_japans_time(text, hour, minute):
    form = plan(starts_on="2026/4/1", closes_at_year="2026/4/1", closes_at_time=text)

    assert form.is_valid()
    assert form.cleaned_data["closes_at"] == datetime(2026, 4, 1, hour, minute, tzinfo=JAPAN)


@pytest.mark.convention("J3")
@pytest.mark.parametrize("text", ["24:00", "12:60", "noon"])
def test_there_is_no_twenty_four_o_clock(text):
    form = plan(starts_on="2026/4/1", closes_at_year="2026/4/1", closes_at_time=text)

    assert form["closes_at"].errors.as_data()[0].code == "not-a-time"


@pytest.mark.convention("J3")
@pytest.mark.parametrize(
    ("initial", "boxes"),
    [
        pytest.param(None, ["", "", "", "12:00"], id="empty-begins-at-noon"),
        pytest.param(APRIL, ["2026", "4", "1", "12:00"], id="day-begins-at-noon"),
        pytest.param(
            datetime(2026, 3, 31, 20, 30, tzinfo=UTC), ["2026", "4", "1", "05:30"], id="instant"
        ),
    ],
)
def test_an_instant_is_spread_over_its_boxes(initial, boxes):
    assert JapaneseInstantField().widget.decompress(initial) == boxes


def test_an_instant_that_starts_as_a_day_is_its_noon():
    field = JapaneseInstantField()

    assert field.to_python(APRIL) == datetime(2026, 4, 1, 12, 0, tzinfo=JAPAN)
    assert field.to_python(datetime(2026, 4, 1, 9, 0, tzinfo=JAPAN)).hour == 9


def test_an_unchanged_date_is_not_a_change():
    field = JapaneseDateField()

    assert not field.has_changed(APRIL, ["R8", "4", "1"])
    assert field.has_changed(APRIL, ["R8", "4", "2"])


def test_a_field_that_was_not_sent_is_told_from_an_empty_one():
    widget = JapaneseDateField().widget

    assert widget.value_omitted_from_data({}, {}, "starts_on")
    assert not widget.value_omitted_from_data({"starts_on_year": ""}, {}, "starts_on")
