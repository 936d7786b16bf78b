"""How editions follow one another, and how missing and corrected text is shown."""

from datetime import date
from enum import Enum
from typing import Final, TypeVar

from banso.rulebook.verdicts import Clause, Verdict
from banso.rulebook.writing import is_written

EDITION = Clause("E1")
AS_IT_IS = Clause("E2")


class Missing(Enum):
    """The value that stands for what a source does not say; it is shown, never left out."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING

_Value = TypeVar("_Value")


def may_replace(
    *, previous_dated: date | None, new_dated: date | None, has_content_changed: bool
) -> Verdict:
    """Let a dated, changed edition follow another; the one before is kept in any case.

    Two editions of one day are possible; one before whose date is missing precedes every date.
    """
    if new_dated is None:
        return EDITION.refuse("edition-not-dated")
    if previous_dated is not None and new_dated < previous_dated:
        return EDITION.refuse("dated-before-the-previous", previous_dated=previous_dated)
    if not has_content_changed:
        return EDITION.refuse("nothing-changed")
    return EDITION.allow()


def may_correct(*, keeps_printed: bool) -> Verdict:
    """Add a correction beside the printed text, never in its place."""
    if not keeps_printed:
        return AS_IT_IS.refuse("printed-text-not-kept")
    return AS_IT_IS.allow()


def shown(value: _Value | None) -> _Value | Missing:
    """Give a value, or the sign that it is missing; zero and False are values.

    >>> shown(0), shown(None), shown("  ")
    (0, <Missing.MISSING: 'missing'>, <Missing.MISSING: 'missing'>)
    """
    if value is None or (isinstance(value, str) and not is_written(value)):
        return MISSING
    return value


def as_printed_and_corrected(*, printed: str, corrected: str | None) -> tuple[str, ...]:
    """Give the printed text, followed by its correction where that differs.

    >>> as_printed_and_corrected(printed="A V", corrected="AUV")
    ('A V', 'AUV')
    """
    if corrected is None or corrected == printed:
        return (printed,)
    return (printed, corrected)
