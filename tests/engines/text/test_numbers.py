from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.engines.text.numbers import Code, Number, codes, numbers


def found_in(text):
    return [(str(number.value), number.unit) for number in numbers(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "長さ３㎞、5 キロメートル、2 kilometres",
            [("3", "km"), ("5", "km"), ("2", "km")],
            id="one-unit",
        ),
        pytest.param(
            "三億二千万円と3億2,000万円", [("320000000", "JPY")] * 2, id="kanji-and-mixed"
        ),
        pytest.param("二〇二四年、令和六年", [("2024", "year"), ("6", "year")], id="years"),
        pytest.param("1万5千人、2.5万台", [("15000", "people"), ("25000", "台")], id="myriads"),
        pytest.param(
            "−12.5 ℃、▲3.5%、+4 V", [("-12.5", "°C"), ("-3.5", "%"), ("4", "V")], id="signs"
        ),
        pytest.param(
            "10〜20 ℃、3-5 km/h、2±0.1 mm",
            [("10", "°C"), ("20", "°C"), ("3", "km/h"), ("5", "km/h"), ("2", "mm"), ("0.1", "mm")],
            id="ranges",
        ),
        pytest.param("1.2×10³ Pa, 1.5e-3 V", [("1200", "Pa"), ("0.0015", "V")], id="powers"),
        pytest.param("$5 million, ¥1,200", [("5000000", "USD"), ("1200", "JPY")], id="currency"),
        pytest.param(
            "15 μm 5um 40㎡ 7 m^2 9.8m/s",
            [("15", "μm"), ("5", "μm"), ("40", "m2"), ("7", "m2"), ("9.8", "m/s")],
            id="symbols",
        ),
        pytest.param("100 Meters, 12 GHZ", [("100", "m"), ("12", "GHz")], id="capitals"),
        pytest.param("一般に十分な一部の三菱、一度", [], id="words-written-with-numerals"),
        pytest.param(
            "3トンネル、5トン、2機関と2機",
            [("3", ""), ("5", "t"), ("2", ""), ("2", "機")],
            id="longer-words",
        ),
        pytest.param("版3.2.1、AB-1234、COVID-19", [], id="versions-and-codes"),
        pytest.param("全長は\n3.50\nメートル", [("3.5", "m")], id="over-lines"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_quantities_are_read_by_value_and_unit(text, found):
    assert found_in(text) == found


@pytest.mark.parametrize(
    "text",
    ["北緯35度41分22.2秒", "35°41′22.2″N", "35.6895° N", "N35.6895°", "３５°４１'２２.２\"Ｎ"],
)
def test_coordinates_are_degrees(text):
    assert found_in(text) == [("35.6895", "deg")]


def test_south_and_west_are_negative():
    assert found_in("南緯10度30分、西経20度") == [("-10.5", "deg"), ("-20", "deg")]


def test_an_angle_is_no_coordinate():
    assert found_in("45°の角度") == [("45", "deg")]


def test_a_number_has_its_place_in_the_original():
    text = "約３\n㎞先"

    assert numbers(text) == [Number(Decimal(3), "km", 1, 4)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("型番AB-\n1234/XQ7を", [Code("AB-1234/XQ7", 2, 14)], id="divided"),
        pytest.param("ＡＢ－１２３４", [Code("AB-1234", 0, 7)], id="full-width"),
        pytest.param("ab-1234", [Code("AB-1234", 0, 7)], id="small-letters"),
        pytest.param("MIL-STD-810G", [Code("MIL-STD-810G", 0, 12)], id="standard"),
        pytest.param("JPMJKP24U4", [Code("JPMJKP24U4", 0, 10)], id="grant"),
        pytest.param("74HC595", [Code("74HC595", 0, 7)], id="digits-first"),
        pytest.param("Fig.3, CO2, 12GHz, THE, 2024-03-05, Wi-Fi6", [], id="no-codes"),
    ],
)
def test_codes_are_found(text, found):
    assert codes(text) == found


@given(
    value=st.integers(0, 10**15), unit=st.sampled_from(["km", "キロメートル", "㎞", "kilometers"])
)
def test_every_whole_number_is_read_with_and_without_commas(value, unit):
    assert found_in(f"{value} {unit}、{value:,}{unit}") == [(str(value), "km")] * 2


@given(
    text=st.text(
        st.sampled_from("0123456789.,-+〇一二十百千万億兆×^eE kmN°'度分ABz\n"), max_size=60
    )
)
def test_any_text_is_read_without_fault_and_in_order(text):
    places = [place for number in numbers(text) for place in (number.start, number.end)]

    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@pytest.mark.parametrize("piece", ["1", "1,", "〇", "千", "1万", "A-", "1.", "35°", "A1"])
def test_endless_data_is_read_in_passing(piece):
    assert len(numbers(piece * 50_000)) + len(codes(piece * 50_000)) <= 100_000
