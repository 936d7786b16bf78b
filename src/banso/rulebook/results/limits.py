"""The smallest part, for a limited time: what a request to withhold may cover (R7)."""

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from banso.rulebook.verdicts import Clause, Verdict

LIMITS = Clause("R7")

MONTHS_OF_A_YEAR: Final = 12
FIRST_MONTH_OF_A_FISCAL_YEAR: Final = 4
# At most one half of the text that contains it, and a copy of a page at least to compare with.
LARGEST_SHARE_PERCENT: Final = 50
SHORTEST_COPY: Final = 400
SHORTEST_STATEMENT: Final = 20
REMOVED: Final = "［…］"
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The longest terms of a council: to the end, to the review, and to answer a request."""

    end_months: int
    review_months: int
    answer_days: int


# From which day these hold where a council's bylaws are silent.
SILENT_BYLAWS = ((date(2022, 6, 17), Terms(end_months=24, review_months=12, answer_days=30)),)


def terms_where_silent(on: date) -> Terms:
    """Pick the terms of a day for what the bylaws leave open."""
    return next(terms for since, terms in reversed(SILENT_BYLAWS) if since <= on)


def visible_length(text: str) -> int:
    r"""Count what can be seen, so that blanks are no statement.

    >>> visible_length("a\u200b \u3164b")
    2
    """
    return len(_spelling(text))


def may_withhold_part(
    *, part: str, titles: Collection[str], summary: str, copy: str = ""
) -> Verdict:
    """Take an exact quotation of less than the whole, judged by length alone.

    What a team registered comes first; the requester's copy of the manuscript counts only for
    words that are not in it. Spaces, widths and line breaks make no difference.
    """
    quoted, text, pasted = _spelling(part), _spelling(summary), _spelling(copy)
    wholes = [spelled for title in titles if (spelled := _spelling(title))]
    if not quoted or not (quoted in text or quoted in pasted):
        return LIMITS.refuse("not-a-quotation")
    if any(quoted in title for title in wholes):
        return LIMITS.refuse("title-asked")
    if any(whole in quoted for whole in (*wholes, text) if whole):
        return LIMITS.refuse("whole-of-the-result")
    if quoted not in text and len(pasted) < SHORTEST_COPY:
        return LIMITS.refuse("copy-too-short", fewest=SHORTEST_COPY, length=len(pasted))
    whole_length = len(text if quoted in text else pasted)
    if len(quoted) * 100 > whole_length * LARGEST_SHARE_PERCENT:
        return LIMITS.refuse(
            "more-than-a-part",
            length=len(quoted),
            most=whole_length * LARGEST_SHARE_PERCENT // 100,
        )
    return LIMITS.allow()


def withholding_period(
    *, starts_on: date, ends_on: date | None, review_on: date | None, terms: Terms
) -> Verdict:
    """Ask a withholding for its end and its review date, neither later than the longest term."""
    if ends_on is None or ends_on <= starts_on:
        return LIMITS.refuse("no-end-after-the-start")
    if review_on is None or not starts_on < review_on <= ends_on:
        return LIMITS.refuse("no-review-in-the-period")
    last_end = months_after(starts_on, terms.end_months)
    if ends_on > last_end:
        return LIMITS.refuse("ends-too-late", latest=last_end)
    last_review = months_after(starts_on, terms.review_months)
    if review_on > last_review:
        return LIMITS.refuse("reviewed-too-late", latest=last_review)
    return LIMITS.allow()


def last_day_to_answer(*, starts_on: date, terms: Terms) -> date:
    """Tell the last day on which an answer counts; after it an open request has ended."""
    return starts_on + timedelta(days=terms.answer_days)


def review_opens_on(*, review_on: date, answer_days: int) -> date:
    """Tell from which day a review asks everyone: as long before it as a request can be answered.

    >>> review_opens_on(review_on=date(2028, 4, 1), answer_days=30)
    datetime.date(2028, 3, 2)
    """
    return review_on - timedelta(days=answer_days)


def is_under_review(*, review_on: date, ends_on: date, answer_days: int, on: date) -> bool:
    """Ask anew before the review date, on which a withholding lapses unless all have consented.

    A review on the day of the end asks nobody: the end comes in any case.
    """
    opens_on = review_opens_on(review_on=review_on, answer_days=answer_days)
    return opens_on <= on < review_on < ends_on


def next_review_on(*, review_on: date, ends_on: date, terms: Terms) -> date:
    """Set the review after one that everyone consented at: never past the end."""
    return min(ends_on, months_after(review_on, terms.review_months))


def months_after(day: date, months: int) -> date:
    """Count months; a day that the month does not have is its last one.

    >>> months_after(date(2028, 2, 29), 12)
    datetime.date(2029, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, MONTHS_OF_A_YEAR)
    first = date(day.year + years, month + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The days of one request: asked, in force from the first to before the end, ended."""

    asked_on: date
    in_force_on: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyFigures:
    """What the whole program says of one fiscal year: asked, ended, in force on its last day."""

    fiscal_year: int
    asked: int
    ended: int
    in_force: int


def yearly_figures(spans: Collection[Span], *, on: date) -> list[YearlyFigures]:
    """Count each fiscal year that is over, from the first request on; the latest comes first."""
    if not spans:
        return []
    first = fiscal_year(min(span.asked_on for span in spans))
    return [_figures_of(year, spans) for year in range(fiscal_year(on) - 1, first - 1, -1)]


def fiscal_year(day: date) -> int:
    """Name the year from 1 April on, by which the program counts.

    >>> fiscal_year(date(2028, 3, 31)), fiscal_year(date(2028, 4, 1))
    (2027, 2028)
    """
    return day.year - (day.month < FIRST_MONTH_OF_A_FISCAL_YEAR)


def _figures_of(year: int, spans: Collection[Span]) -> YearlyFigures:
    after = date(year + 1, FIRST_MONTH_OF_A_FISCAL_YEAR, 1)
    ended = [span.ended_on for span in spans if span.ended_on is not None]
    return YearlyFigures(
        fiscal_year=year,
        asked=sum(fiscal_year(span.asked_on) == year for span in spans),
        ended=sum(fiscal_year(day) == year for day in ended),
        in_force=sum(
            span.in_force_on is not None
            and span.in_force_on < after
            and (span.ended_on is None or span.ended_on >= after)
            for span in spans
        ),
    )


def without_part(text: str, part: str) -> str:
    """Leave a withheld part out of a text, wherever it is.

    >>> without_part("Heat it to 900 K, then cool it.", "to 900 K")
    'Heat it ［…］, then cool it.'
    """
    quoted = _spelling(part)
    while quoted:
        units = [(spelled, where) for unit, where in _units(text) for spelled in unit]
        found = "".join(spelled for spelled, _ in units).find(quoted)
        if found < 0:
            break
        begin, end = units[found][1][0], units[found + len(quoted) - 1][1][1]
        text = text[:begin] + REMOVED + text[end:]
    return text


def _spelling(text: str) -> str:
    return "".join(unit for unit, _ in _units(text))


def _units(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    begin = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not _joins(text[end]):
            yield _seen(text[begin:end]), (begin, end)
            begin = end


def _joins(character: str) -> bool:
    return bool(unicodedata.combining(character)) or character in "\uff9e\uff9f"


def _seen(unit: str) -> str:
    return "".join(
        character
        for character in unicodedata.normalize("NFKC", unit)
        if unicodedata.category(character)[0] not in "CZ" and character not in _BLANK
    )
