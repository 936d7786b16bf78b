from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

SECOND = timedelta(seconds=1)
OPENS = datetime(2027, 4, 1, 1, 0, tzinfo=UTC)
CLOSES = datetime(2027, 5, 31, 3, 0, tzinfo=UTC)
INSTANTS = st.datetimes(timezones=st.just(UTC))
