from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.results.limits import (
    REMOVED,
    SHORTEST_COPY,
    Span,
    is_under_review,
    last_day_to_answer,
    may_withhold_part,
    months_after,
    next_review_on,
    terms_where_silent,
    visible_length,
    withholding_period,
    without_part,
    yearly_figures,
)

DAY = timedelta(days=1)
STARTS = date(2027, 4, 1)
REVIEW = date(2028, 4, 1)
ENDS = date(2029, 4, 1)
SILENT = terms_where_silent(STARTS)
SUMMARY = "abcdefghijklmnopqrst"
COPY = "第一節 ガラスを九百度で三時間焼きます。" + "の" * SHORTEST_COPY


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="a-quotation"),
        pytest.param({"part": "abcdefghij"}, "", id="one-half"),
        pytest.param({"part": "abcdefghijk"}, "more-than-a-part", id="more-than-one-half"),
        pytest.param({"part": SUMMARY[1:]}, "more-than-a-part", id="all-but-a-letter"),
        pytest.param({"part": SUMMARY}, "whole-of-the-result", id="the-whole"),
        pytest.param({"part": " ａ ｂ\nｃ\u200b"}, "", id="in-other-widths-and-lines"),
        pytest.param({"part": "ABC"}, "not-a-quotation", id="in-capitals"),
        pytest.param({"part": "all pages"}, "not-a-quotation", id="a-description"),
        pytest.param({"part": "\u3164\u2800 "}, "not-a-quotation", id="invisible"),
        pytest.param({"titles": ("a cdeft", "xcdefy")}, "title-asked", id="in-the-title"),
        pytest.param({"titles": ("",)}, "", id="an-empty-title"),
        pytest.param({"part": "九百度で三時間", "copy": COPY}, "", id="of-the-manuscript"),
        pytest.param({"part": "九百度で三時間"}, "not-a-quotation", id="without-a-copy"),
        pytest.param(
            {"part": "九百度", "copy": "九百度" + "の" * (SHORTEST_COPY - 3)}, "", id="a-page"
        ),
        pytest.param(
            {"part": "九百度", "copy": "九百度" + "の" * (SHORTEST_COPY - 4)},
            "copy-too-short",
            id="less-than-a-page",
        ),
        pytest.param(
            {"part": COPY[: len(COPY) // 2 + 2], "copy": COPY}, "more-than-a-part", id="too-much"
        ),
        pytest.param(
            {"part": SUMMARY, "copy": SUMMARY + "の" * 900}, "whole-of-the-result", id="padded"
        ),
        pytest.param(
            {"part": SUMMARY[:15], "copy": SUMMARY + "の" * 900},
            "more-than-a-part",
            id="padded-too",
        ),
        pytest.param(
            {"part": "の" * 9 + SUMMARY + "の", "copy": "の" * 9 + SUMMARY + "の" * 900},
            "whole-of-the-result",
            id="around-the-whole",
        ),
    ],
)
def test_a_part_is_an_exact_quotation_of_less_than_the_whole(facts, reason):
    asked = {"part": "cdef", "titles": ("A title",), "summary": SUMMARY}

    verdict = may_withhold_part(**asked | facts)

    assert (verdict.clause.id, verdict.reason) == ("R7", reason)


@given(part=st.text(max_size=40), summary=st.text(max_size=40))
def test_whatever_is_taken_leaves_at_least_as_much_as_it_covers(part, summary):
    if not may_withhold_part(part=part, titles=(), summary=summary).is_refusal:
        assert 0 < 2 * visible_length(part) <= visible_length(summary)
        assert REMOVED in without_part(summary, part)


@pytest.mark.parametrize(
    ("text", "part", "left"),
    [
        ("甲は九百度です。", "九百度", "甲は［…］です。"),
        ("甲は九\n百 度です。", "九百度", "甲は［…］です。"),
        ("九百度、また九百度", "九百度", "［…］、また［…］"),
        ("ガラスとｶﾞﾗｽ", "ガラス", "［…］と［…］"),
        ("甲", "乙", "甲"),
        ("甲", " ", "甲"),
    ],
)
def test_a_withheld_part_is_left_out_wherever_it_stands(text, part, left):
    assert without_part(text, part) == left


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="two-years-and-one"),
        pytest.param({"ends_on": None}, "no-end-after-the-start", id="without-end"),
        pytest.param({"ends_on": STARTS}, "no-end-after-the-start", id="ends-as-it-starts"),
        pytest.param({"review_on": None}, "no-review-in-the-period", id="without-review"),
        pytest.param({"review_on": STARTS}, "no-review-in-the-period", id="review-at-the-start"),
        pytest.param({"review_on": STARTS + DAY}, "", id="review-on-the-next-day"),
        pytest.param({"ends_on": REVIEW}, "", id="review-at-the-end"),
        pytest.param({"ends_on": REVIEW - DAY}, "no-review-in-the-period", id="review-after-it"),
        pytest.param({"ends_on": ENDS + DAY}, "ends-too-late", id="a-day-too-long"),
        pytest.param({"ends_on": date(2999, 12, 31)}, "ends-too-late", id="for-ever"),
        pytest.param({"review_on": REVIEW + DAY}, "reviewed-too-late", id="reviewed-too-late"),
    ],
)
def test_a_withholding_has_an_end_and_a_review_within_the_longest_terms(facts, reason):
    limited = {"starts_on": STARTS, "ends_on": ENDS, "review_on": REVIEW, "terms": SILENT}

    verdict = withholding_period(**limited | facts)

    assert (verdict.clause.id, verdict.reason) == ("R7", reason)


def test_where_the_bylaws_are_silent_there_are_thirty_days_to_answer():
    assert last_day_to_answer(starts_on=STARTS, terms=SILENT) == date(2027, 5, 1)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 12, 1), 1, date(2028, 1, 1)),
        (date(2027, 11, 30), 13, date(2028, 12, 30)),
    ],
)
def test_months_end_with_the_month(day, months, then):
    assert months_after(day, months) == then


def test_the_terms_where_bylaws_are_silent_hold_from_their_first_day():
    assert terms_where_silent(date(2022, 6, 17)) == SILENT


@pytest.mark.parametrize(
    ("facts", "is_asked"),
    [
        pytest.param({"on": REVIEW - 31 * DAY}, False, id="a-day-before-the-review-opens"),
        pytest.param({"on": REVIEW - 30 * DAY}, True, id="first-day"),
        pytest.param({"on": REVIEW - DAY}, True, id="last-day"),
        pytest.param({"on": REVIEW}, False, id="on-the-review-date-it-is-decided"),
        pytest.param({"answer_days": 10}, True, id="shorter-time-to-answer"),
        pytest.param(
            {"answer_days": 10, "on": REVIEW - 11 * DAY}, False, id="shorter-time-not-yet"
        ),
        pytest.param({"ends_on": REVIEW}, False, id="the-end-comes-in-any-case"),
        pytest.param({"ends_on": REVIEW + DAY}, True, id="for-one-day-more"),
    ],
)
def test_a_review_asks_everyone_before_its_date(facts, is_asked):
    review = {"review_on": REVIEW, "ends_on": ENDS, "answer_days": 30, "on": REVIEW - 5 * DAY}

    assert is_under_review(**review | facts) is is_asked


@pytest.mark.parametrize(
    ("review_on", "ends_on", "following"),
    [
        pytest.param(REVIEW, ENDS, ENDS, id="the-end-is-a-year-later"),
        pytest.param(REVIEW, ENDS + 900 * DAY, date(2029, 4, 1), id="a-longer-term-by-bylaws"),
        pytest.param(REVIEW, REVIEW + DAY, REVIEW + DAY, id="never-past-the-end"),
    ],
)
def test_after_a_review_comes_another_one_or_the_end(review_on, ends_on, following):
    assert next_review_on(review_on=review_on, ends_on=ends_on, terms=SILENT) == following


@given(
    review_on=st.dates(date(2026, 1, 1), date(2031, 1, 1)),
    ends_on=st.dates(date(2026, 1, 1), date(2041, 1, 1)),
    answer_days=st.integers(1, 400),
    on=st.dates(date(2026, 1, 1), date(2041, 1, 1)),
)
def test_whoever_is_asked_at_a_review_could_still_lose_the_withholding(
    review_on, ends_on, answer_days, on
):
    if is_under_review(review_on=review_on, ends_on=ends_on, answer_days=answer_days, on=on):
        following = next_review_on(review_on=review_on, ends_on=ends_on, terms=SILENT)
        assert on < review_on < following <= ends_on


SPANS = (
    Span(asked_on=date(2027, 4, 1), ended_on=date(2027, 4, 30)),
    Span(asked_on=date(2028, 3, 31), in_force_on=date(2028, 3, 31), ended_on=date(2029, 3, 31)),
    Span(asked_on=date(2028, 4, 1), in_force_on=date(2028, 4, 1)),
)


@pytest.mark.parametrize(
    ("on", "figures"),
    [
        pytest.param(date(2028, 3, 31), [], id="the-first-year-is-not-over"),
        pytest.param(date(2028, 4, 1), [(2027, 2, 1, 1)], id="the-first-day-after-it"),
        pytest.param(
            date(2029, 4, 1), [(2028, 1, 1, 1), (2027, 2, 1, 1)], id="one-ended-on-the-last-day"
        ),
    ],
)
def test_a_fiscal_year_is_counted_once_it_is_over(on, figures):
    counted = yearly_figures(SPANS, on=on)

    assert [(one.fiscal_year, one.asked, one.ended, one.in_force) for one in counted] == figures


def test_where_nobody_asked_there_is_nothing_to_count():
    assert yearly_figures([], on=ENDS) == []


@given(st.lists(st.dates(date(2026, 1, 1), date(2031, 1, 1)), min_size=1))
def test_every_request_is_counted_in_exactly_one_year(days):
    counted = yearly_figures([Span(asked_on=day) for day in days], on=date(2032, 4, 1))

    assert sum(one.asked for one in counted) == len(days)
