from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.japan import JAPAN, day_in_japan, noon_in_japan


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        pytest.param(
            datetime(2027, 3, 31, 14, 59, 59, tzinfo=UTC), date(2027, 3, 31), id="before"
        ),
        pytest.param(datetime(2027, 3, 31, 15, 0, tzinfo=UTC), date(2027, 4, 1), id="midnight"),
    ],
)
def test_a_day_in_japan_begins_nine_hours_early(instant, day):
    assert day_in_japan(instant) == day


def test_an_instant_without_time_zone_is_no_instant():
    with pytest.raises(ValueError, match="time zone"):
        day_in_japan(datetime(2027, 4, 1))  # noqa: DTZ001 - this is what is refused


@given(day=st.dates())
def test_noon_lies_in_its_day(day):
    noon = noon_in_japan(day)

    assert (noon.date(), noon.hour, noon.utcoffset()) == (day, 12, timedelta(hours=9))
    assert noon.tzinfo is JAPAN
