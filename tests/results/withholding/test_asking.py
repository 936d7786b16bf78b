import datetime

import pytest
from tests.people.factories import PersonFactory
from tests.results.factories import ENDS_ON, GRAVE, NOW, REVIEW_ON, SUMMARY, ResultFactory

from banso.councils.models import BylawsEdition
from banso.ledger.models import Entry
from banso.people.models import Appointment
from banso.results.models import Result, Withholding
from banso.rulebook.verdicts import NotPermitted, RuleRefused

TODAY = NOW.date()


def test_a_request_binds_its_exact_text_and_the_roll_of_the_day(world, ask):
    asked = ask()

    assert asked.state == "open"
    assert asked.text_sha256 == asked.text_version()
    assert asked.roll == sorted(str(seat.pk) for seat in world.seats.values())
    assert (asked.ministry, asked.requested_by) == (world.ministry, world.official)
    [entry] = Entry.objects.values_list("actor_id", "act", "clause", "subject_id", "is_sealed")
    assert entry == (
        world.official.pk,
        "results.request_withholding",
        "R6",
        str(asked.pk),
        False,
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"part": "第三節"},
        {"reason": "別の理由"},
        {"ends_on": ENDS_ON + datetime.timedelta(days=1)},
        {"review_on": REVIEW_ON + datetime.timedelta(days=1)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_another_text_is_another_version(ask, changed):
    asked = ask()
    version = asked.text_version()

    for name, value in changed.items():
        setattr(asked, name, value)

    assert asked.text_version() != version


@pytest.mark.parametrize(
    ("facts", "clause", "reason"),
    [
        pytest.param(
            {"clear_diversion": "明らかです。"},
            "R6",
            "diversion-or-effect-not-stated",
            id="unclear",
        ),
        pytest.param(
            {"grave_effect": GRAVE[:9] + " \u200b" * 20},
            "R6",
            "diversion-or-effect-not-stated",
            id="nine-letters-and-nothing-visible",
        ),
        pytest.param({"ends_on": TODAY}, "R7", "no-end-after-the-start", id="no-period"),
        pytest.param({"review_on": TODAY}, "R7", "no-review-in-the-period", id="review-at-once"),
        pytest.param(
            {"review_on": ENDS_ON + datetime.timedelta(days=1)},
            "R7",
            "no-review-in-the-period",
            id="review-after-the-end",
        ),
        pytest.param(
            {"ends_on": datetime.date(2999, 12, 31)}, "R7", "ends-too-late", id="for-ever"
        ),
        pytest.param(
            {"ends_on": ENDS_ON + datetime.timedelta(days=1)},
            "R7",
            "ends-too-late",
            id="a-day-more",
        ),
        pytest.param(
            {"review_on": REVIEW_ON + datetime.timedelta(days=1)},
            "R7",
            "reviewed-too-late",
            id="review-a-day-later",
        ),
        pytest.param({"part": " \n"}, "R7", "not-a-quotation", id="no-part"),
        pytest.param({"part": SUMMARY}, "R7", "whole-of-the-result", id="the-whole-summary"),
    ],
)
def test_a_request_outside_the_limits_is_refused_and_changes_nothing(ask, facts, clause, reason):
    with pytest.raises(RuleRefused) as refused:
        ask(**facts)

    verdict = refused.value.verdict
    assert (verdict.clause.id, verdict.reason) == (clause, reason)
    assert not Withholding.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("maturity", "has_foreseen_concern", "reason"),
    [
        pytest.param("low", False, "low-maturity-and-no-concern", id="low-and-none"),
        pytest.param("", False, "maturity-or-concern-not-recorded", id="maturity-unknown"),
        pytest.param("low", None, "maturity-or-concern-not-recorded", id="concern-unknown"),
        pytest.param("middle", False, "", id="middle-and-none"),
        pytest.param("low", True, "", id="low-but-foreseen"),
    ],
)
def test_maturity_and_concern_come_from_the_concept(
    world, ask, maturity, has_foreseen_concern, reason
):
    world.concept.maturity = maturity
    world.concept.has_foreseen_concern = has_foreseen_concern
    world.concept.save()

    if not reason:
        assert ask().state == "open"
        return
    with pytest.raises(RuleRefused, match=reason):
        ask()
    assert not Withholding.objects.exists()


def test_what_is_published_cannot_be_asked_for(world, ask):
    world.result.published_at = NOW
    world.result.save()

    with pytest.raises(RuleRefused, match="already-published"):
        ask()

    assert not Withholding.objects.exists()


def test_a_plan_that_is_not_presented_does_not_exist_for_the_ministry(world, ask):
    world.result.is_presented_to_council = False
    world.result.save()

    with pytest.raises(Result.DoesNotExist):
        ask()


def test_a_result_of_another_concept_does_not_exist_for_this_council(ask):
    elsewhere = ResultFactory(is_presented_to_council=True)

    with pytest.raises(Result.DoesNotExist):
        ask(result_id=elsewhere.pk)


def test_a_member_who_serves_no_ministry_does_not_ask(world, ask, actor_of):
    with pytest.raises(NotPermitted, match=r"results\.request_withholding"):
        ask(actor=actor_of(world.researcher))

    assert not Withholding.objects.exists()
    assert not Entry.objects.exists()


def test_a_ministry_officer_outside_the_council_finds_no_council(world, ask, actor_of):
    outsider = PersonFactory()
    Appointment.objects.create(
        person=outsider, role="ministry-officer", organisation=world.ministry, from_on=TODAY
    )

    with pytest.raises(Exception, match="Membership matching query"):
        ask(actor=actor_of(outsider, on=TODAY))


def test_an_official_who_left_finds_no_council(world, ask):
    world.seats["official"].left_at = NOW
    world.seats["official"].save()

    with pytest.raises(Exception, match="Membership matching query"):
        ask()


@pytest.mark.parametrize(
    "whole",
    ["原稿のすべての頁", "原稿の全部", "everything", "All pages", "全文", "the whole paper"],
)
def test_a_description_of_the_whole_is_no_quotation(ask, whole):
    with pytest.raises(RuleRefused, match=r"not-a-quotation \(R7\)"):
        ask(part=whole)

    assert not Withholding.objects.exists()


def test_a_passage_of_the_manuscript_is_compared_with_the_pasted_text(ask):
    manuscript = "第四節 冷却は毎分十度で行います。" + "本文です。" * 100

    asked = ask(part="冷却は毎分十度", copy=manuscript)

    assert (asked.part, asked.copy) == ("冷却は毎分十度", manuscript)
    asked.copy += "。"
    assert asked.text_version() != asked.text_sha256


def test_one_request_for_a_result_stands_at_a_time(ask):
    ask()

    with pytest.raises(RuleRefused, match=r"another-request-stands \(R6\)"):
        ask(part="強さは二倍")

    assert Withholding.objects.count() == 1


def test_the_time_to_answer_is_thirty_days_where_the_bylaws_are_silent(ask):
    assert ask().answer_by_on == TODAY + datetime.timedelta(days=30)


def test_another_request_may_come_after_the_time_to_answer_is_over(ask):
    first = ask()

    second = ask(at=NOW + datetime.timedelta(days=31), part="強さは二倍", ends_on=ENDS_ON)

    assert second.pk != first.pk


def test_the_bylaws_in_force_set_the_longest_terms(world, ask):
    for number, months in ((1, 24), (2, 6)):
        BylawsEdition.objects.create(
            council=world.council,
            number=number,
            text="規約",
            adopted_at=NOW,
            withholding_end_months=months,
            withholding_review_months=3,
            withholding_answer_days=7,
        )
    ends_on, review_on = datetime.date(2028, 12, 1), datetime.date(2028, 9, 1)

    with pytest.raises(RuleRefused, match="ends-too-late"):
        ask(ends_on=ends_on + datetime.timedelta(days=1), review_on=review_on)
    with pytest.raises(RuleRefused, match="reviewed-too-late"):
        ask(ends_on=ends_on, review_on=review_on + datetime.timedelta(days=1))

    asked = ask(ends_on=ends_on, review_on=review_on)
    assert asked.answer_by_on == TODAY + datetime.timedelta(days=7)
