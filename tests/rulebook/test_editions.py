from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banso.rulebook.editions import (
    MISSING,
    as_printed_and_corrected,
    may_correct,
    may_replace,
    shown,
)

DRAWN_UP = date(2022, 12, 27)
REVISED = date(2023, 3, 10)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="dated-and-changed"),
        pytest.param({"previous_dated": REVISED}, "", id="on-the-same-day"),
        pytest.param({"previous_dated": None}, "", id="after-one-of-unknown-date"),
        pytest.param({"new_dated": None}, "edition-not-dated", id="not-dated"),
        pytest.param(
            {"previous_dated": date(2023, 3, 11)}, "dated-before-the-previous", id="before-it"
        ),
        pytest.param({"has_content_changed": False}, "nothing-changed", id="unchanged"),
    ],
)
def test_an_edition_that_follows_is_dated_and_changed(facts, reason):
    revised = {"previous_dated": DRAWN_UP, "new_dated": REVISED, "has_content_changed": True}

    verdict = may_replace(**revised | facts)

    assert (verdict.clause.id, verdict.reason) == ("E1", reason)


@given(dates=st.lists(st.dates(), min_size=2, max_size=2), changed=st.booleans())
def test_editions_stand_in_the_order_of_their_dates(dates, changed):
    previous, new = dates

    verdict = may_replace(previous_dated=previous, new_dated=new, has_content_changed=changed)

    assert verdict.is_refusal or previous <= new


@pytest.mark.parametrize(("keeps", "reason"), [(True, ""), (False, "printed-text-not-kept")])
def test_a_correction_stands_beside_the_printed_text(keeps, reason):
    verdict = may_correct(keeps_printed=keeps)

    assert (verdict.clause.id, verdict.reason) == ("E2", reason)


@pytest.mark.parametrize("value", [None, "", " ", "\u3000\n"])
def test_what_is_missing_is_shown_as_missing(value):
    assert shown(value) is MISSING


@pytest.mark.parametrize("value", [0, False, "0", "海洋", date(2023, 3, 10), ()])
def test_what_is_there_is_shown_as_it_is(value):
    assert shown(value) is value


@pytest.mark.parametrize(
    ("printed", "corrected", "texts"),
    [
        pytest.param("A V", "AUV", ("A V", "AUV"), id="corrected"),
        pytest.param("AUV", "AUV", ("AUV",), id="nothing-to-correct"),
        pytest.param("AUV", None, ("AUV",), id="no-correction"),
    ],
)
def test_printed_and_corrected_text_stand_side_by_side(printed, corrected, texts):
    assert as_printed_and_corrected(printed=printed, corrected=corrected) == texts


@given(printed=st.text(), corrected=st.none() | st.text())
def test_the_printed_text_is_never_lost(printed, corrected):
    assert as_printed_and_corrected(printed=printed, corrected=corrected)[0] == printed
