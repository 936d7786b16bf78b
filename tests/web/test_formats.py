"""What a reader of each language sees for days, instants, amounts and names."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from banso.web.formats import (
    FILTERS,
    JAPAN,
    date_text,
    fiscal_year_of,
    fiscal_year_text,
    instant_text,
    japanese_era_year,
    person_name,
    receipt_instant_text,
    size_text,
    time_left,
    yen_number,
    yen_text,
)

NOON = datetime(2026, 12, 10, 3, 0, 0, tzinfo=UTC)


@pytest.mark.convention("J1")
@pytest.mark.parametrize(
    ("day", "year"),
    [
        pytest.param(date(1872, 12, 31), "", id="before-the-gregorian-calendar"),
        pytest.param(date(1873, 1, 1), "明治6年", id="first-gregorian-day"),
        pytest.param(date(1912, 7, 29), "明治45年", id="last-day-of-meiji"),
        pytest.param(date(1912, 7, 30), "大正元年", id="first-day-of-taisho"),
        pytest.param(date(1926, 12, 24), "大正15年", id="last-day-of-taisho"),
        pytest.param(date(1926, 12, 25), "昭和元年", id="first-day-of-showa"),
        pytest.param(date(1989, 1, 7), "昭和64年", id="last-day-of-showa"),
        pytest.param(date(1989, 1, 8), "平成元年", id="first-day-of-heisei"),
        pytest.param(date(2019, 4, 30), "平成31年", id="last-day-of-heisei"),
        pytest.param(date(2019, 5, 1), "令和元年", id="first-day-of-reiwa"),
        pytest.param(date(2026, 4, 1), "令和8年", id="reiwa"),
    ],
)
def test_a_year_is_named_in_the_era_of_its_day(day, year):
    assert japanese_era_year(day) == year


@pytest.mark.convention("J1")
@pytest.mark.parametrize(
    ("value", "japanese", "english"),
    [
        pytest.param(date(2026, 4, 1), "2026年4月1日（令和8年）", "1 April 2026", id="day"),
        pytest.param(date(1850, 4, 1), "1850年4月1日", "1 April 1850", id="day-without-era"),
        pytest.param(
            datetime(2026, 3, 31, 15, 0, tzinfo=UTC),
            "2026年4月1日（令和8年）",
            "1 April 2026",
            id="instant-is-its-day-in-japan",
        ),
        pytest.param(None, "", "", id="nothing"),
    ],
)
def test_a_date_is_written_in_the_readers_form(value, japanese, english):
    assert (date_text(value, "ja"), date_text(value, "en")) == (japanese, english)


@pytest.mark.convention("J2")
@pytest.mark.parametrize(
    ("day", "year"),
    [
        pytest.param(date(2026, 3, 31), 2025, id="last-day"),
        pytest.param(date(2026, 4, 1), 2026, id="first-day"),
        pytest.param(date(2027, 3, 31), 2026, id="last-day-of-the-next"),
        pytest.param(date(2027, 4, 1), 2027, id="first-day-of-the-next"),
    ],
)
def test_a_fiscal_year_begins_on_the_first_of_april(day, year):
    assert fiscal_year_of(day) == year


@pytest.mark.convention("J2")
@pytest.mark.parametrize(
    ("year", "japanese"),
    [
        pytest.param(2026, "2026年度（令和8年度）", id="reiwa"),
        pytest.param(2019, "2019年度（令和元年度）", id="named-by-the-cabinet"),
        pytest.param(2018, "2018年度（平成30年度）", id="heisei"),
        pytest.param(1989, "1989年度（平成元年度）", id="first-of-heisei"),
        pytest.param(1988, "1988年度（昭和63年度）", id="era-of-its-first-day"),
        pytest.param(1870, "1870年度", id="before-the-gregorian-calendar"),
    ],
)
def test_a_fiscal_year_is_shown_in_both_calendars(year, japanese):
    assert (fiscal_year_text(year, "ja"), fiscal_year_text(year, "en")) == (japanese, f"FY{year}")


@pytest.mark.convention("P8")
@pytest.mark.parametrize(
    ("instant", "japanese", "english"),
    [
        pytest.param(
            NOON,
            "2026年12月10日（木）正午 JST",
            "10 December 2026, 12:00 JST",
            id="noon",
        ),
        pytest.param(
            NOON + timedelta(minutes=1),
            "2026年12月10日（木）12:01 JST",
            "10 December 2026, 12:01 JST",
            id="after-noon",
        ),
        pytest.param(
            NOON + timedelta(hours=12),
            "2026年12月11日（金）00:00 JST",
            "11 December 2026, 00:00 JST",
            id="midnight-is-never-24",
        ),
        pytest.param(None, "", "", id="nothing"),
    ],
)
def test_an_instant_is_written_in_japans_time(instant, japanese, english):
    assert (instant_text(instant, "ja"), instant_text(instant, "en")) == (japanese, english)


@pytest.mark.convention("P4")
def test_a_receipt_shows_the_second_even_at_noon():
    shown = [receipt_instant_text(NOON, language) for language in ("ja", "en")]

    assert shown == ["2026年12月10日（木）12:00:00 JST", "10 December 2026, 12:00:00 JST"]
    assert receipt_instant_text(None, "ja") == ""


@pytest.mark.convention("J4")
@pytest.mark.parametrize(
    ("amount", "unit", "japanese", "english"),
    [
        pytest.param(1_234, "yen", "1,234円", "1,234 yen", id="yen"),
        pytest.param(1_499, "thousand-yen", "1千円", "1 thousand yen", id="rounded-down"),
        pytest.param(1_500, "thousand-yen", "2千円", "2 thousand yen", id="half-rounds-up"),
        pytest.param(-1_500, "thousand-yen", "−2千円", "−2 thousand yen", id="half-from-zero"),
        pytest.param(-400, "thousand-yen", "0千円", "0 thousand yen", id="no-minus-zero"),
        pytest.param(
            500_000_000_000,
            "hundred-million-yen",
            "5,000億円",
            "500.0 billion yen",
            id="funds",
        ),
        pytest.param(None, "yen", "", "", id="nothing"),
    ],
)
def test_whole_yen_are_shown_in_the_units_of_the_view(amount, unit, japanese, english):
    assert (yen_text(amount, unit), yen_text(amount, unit, "en")) == (japanese, english)


def test_an_amount_in_a_column_leaves_its_unit_to_the_head():
    assert yen_number(1_234_000_000, "million-yen") == "1,234"
    assert yen_number(14_760_000_000, "hundred-million-yen", "en") == "14.8"


def test_a_size_is_shown_as_the_programs_page_prints_it():
    assert (size_text(1234), size_text(0), size_text(None)) == ("1,234 KB", "0 KB", "")


@pytest.mark.convention("J6")
@pytest.mark.parametrize(
    ("family", "given", "language", "name"),
    [
        pytest.param("山田", "花子", "ja", "山田 花子", id="japanese"),
        pytest.param("Yamada", "Hanako", "en", "Hanako YAMADA", id="english"),
        pytest.param("", "Suharto", "en", "Suharto", id="one-word"),
        pytest.param("𠮷田", "", "ja", "𠮷田", id="rare-character-is-kept"),
    ],
)
def test_a_name_follows_the_order_of_its_language(family, given, language, name):
    assert person_name(family, given, language) == name


@pytest.mark.convention("P8")
@pytest.mark.parametrize(
    ("left", "japanese", "english"),
    [
        pytest.param(
            timedelta(days=3, hours=4, minutes=59),
            "あと3日4時間",
            "3 days 4 hours left",
            id="days",
        ),
        pytest.param(timedelta(days=1), "あと1日", "1 day left", id="one-day"),
        pytest.param(
            timedelta(hours=1, minutes=1), "あと1時間1分", "1 hour 1 minute left", id="hours"
        ),
        pytest.param(timedelta(minutes=59), "あと59分", "59 minutes left", id="minutes"),
        pytest.param(
            timedelta(seconds=59), "あと1分未満", "less than a minute left", id="seconds"
        ),
        pytest.param(timedelta(), "締め切りました", "Closed", id="at-closing"),
    ],
)
def test_the_time_left_is_never_rounded_up(left, japanese, english):
    shown = [time_left(NOON, NOON - left, language) for language in ("ja", "en")]

    assert shown == [japanese, english]


@pytest.mark.parametrize(
    ("name", "arguments", "japanese", "english"),
    [
        pytest.param(
            "date", (date(2026, 4, 1),), "2026年4月1日（令和8年）", "1 April 2026", id="date"
        ),
        pytest.param(
            "instant",
            (NOON,),
            "2026年12月10日（木）正午 JST",
            "10 December 2026, 12:00 JST",
            id="instant",
        ),
        pytest.param(
            "receipt_instant",
            (NOON,),
            "2026年12月10日（木）12:00:00 JST",
            "10 December 2026, 12:00:00 JST",
            id="receipt-instant",
        ),
        pytest.param("yen", (5, "yen"), "5円", "5 yen", id="yen"),
        pytest.param("kilobytes", (5,), "5 KB", "5 KB", id="kilobytes"),
        pytest.param("fiscal_year", (2026,), "2026年度（令和8年度）", "FY2026", id="fiscal-year"),
        pytest.param("grouped", (-12345,), "−12,345", "−12,345", id="grouped"),
    ],
)
def test_a_filter_speaks_the_readers_language(name, arguments, japanese, english):
    with override("ja"):
        in_japanese = FILTERS[name](*arguments)
    with override("en"):
        in_english = FILTERS[name](*arguments)

    assert (in_japanese, in_english) == (japanese, english)


def test_an_amount_can_be_shown_bare_in_a_template():
    assert FILTERS["yen"](1_500_000, "million-yen", bare=True) == "2"


def test_nothing_to_group_is_shown_as_nothing():
    assert FILTERS["grouped"](None) == ""


def test_instants_are_understood_from_any_zone():
    assert instant_text(NOON, "en") == instant_text(NOON.astimezone(JAPAN), "en")
