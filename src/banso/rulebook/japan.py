"""Days and hours as they are counted in Japan, where every deadline and period ends."""

from datetime import date, datetime, time, timedelta, timezone

# Japan has had no summer time since 1951, so a fixed offset needs no time-zone database.
JAPAN = timezone(timedelta(hours=9), "JST")


def day_in_japan(instant: datetime) -> date:
    """Name the day that it is in Japan at an instant.

    >>> from datetime import UTC
    >>> day_in_japan(datetime(2027, 3, 31, 15, 0, tzinfo=UTC))
    datetime.date(2027, 4, 1)
    """
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs its time zone: {instant}")
    return instant.astimezone(JAPAN).date()


def noon_in_japan(day: date) -> datetime:
    """Name the instant of noon on a day, which is a call's closing unless it says otherwise (K1).

    >>> noon_in_japan(date(2027, 5, 31)).isoformat()
    '2027-05-31T12:00:00+09:00'
    """
    return datetime.combine(day, time(12), tzinfo=JAPAN)
