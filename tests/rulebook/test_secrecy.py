import inspect
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from banso.rulebook.secrecy import (
    Card,
    accepted_count_shown,
    end_of_all,
    foreign_regime,
    is_foreign_regime,
    may_attend,
    may_deliver,
    may_offer,
    may_reply,
    owes_silence,
)

MICROSECOND = timedelta(microseconds=1)
RECEIVED = datetime(2027, 4, 1, 0, 0, tzinfo=UTC)
ENDS_ON = date(2028, 4, 1)
# Midnight in Japan at the beginning of that day.
ENDED = datetime(2028, 3, 31, 15, 0, tzinfo=UTC)
LAST_YEAR = 9990
INSTANTS = st.datetimes(timezones=st.just(UTC))
WHOLE = {
    "title": "海域の利用予定",
    "origin": "所管する省の計画",
    "scope": "表の二列",
    "has_period": True,
    "recipients": frozenset({"lead", "officer", "engineer"}),
}
OFFERED = {
    "provider_is_member": True,
    "card": Card(**WHOLE),
    "origin_in_own_project": False,
    "marking": None,
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, ("S1", ""), id="a-members-whole-card"),
        pytest.param({"marking": ""}, ("S1", ""), id="no-marking"),
        pytest.param({"marking": "取扱注意"}, ("S1", ""), id="a-marking-of-no-other-regime"),
        pytest.param(
            {"marking": "特定秘密"}, ("S8", "marked-under-another-regime"), id="another-regime"
        ),
        pytest.param(
            {"origin_in_own_project": True}, ("S7", "origin-in-own-project"), id="own-result"
        ),
        pytest.param(
            {"provider_is_member": False}, ("S1", "provider-not-a-member"), id="an-outsider"
        ),
        pytest.param(
            {"recipients_are_members": False},
            ("S1", "recipient-not-a-member"),
            id="to-an-outsider",
        ),
    ],
)
def test_an_item_is_offered_by_a_member_with_a_whole_card(facts, expected):
    verdict = may_offer(**OFFERED | facts)

    assert (verdict.clause.id, verdict.reason) == expected


@pytest.mark.parametrize(
    ("part", "empty"),
    [
        ("title", ""),
        ("origin", " "),
        ("scope", "\u3000"),
        ("has_period", False),
        ("recipients", frozenset()),
    ],
)
def test_each_part_of_the_card_is_fixed_before_the_offer(part, empty):
    verdict = may_offer(**OFFERED | {"card": Card(**WHOLE | {part: empty})})

    assert (verdict.clause.id, verdict.reason) == ("S1", "card-not-complete")
    assert verdict.facts == {"missing": (part.removeprefix("has_"),)}


@given(is_member=st.booleans(), marking=st.none() | st.just("極秘"), others=st.booleans())
def test_a_projects_own_result_never_becomes_a_protected_item(is_member, marking, others):
    verdict = may_offer(
        provider_is_member=is_member,
        card=Card(**WHOLE),
        origin_in_own_project=True,
        marking=marking,
        recipients_are_members=others,
    )

    assert verdict.reason == "origin-in-own-project"


@pytest.mark.parametrize(
    ("marking", "regime"),
    [
        pytest.param("特定秘密", "specially-designated-secret", id="secret"),
        pytest.param("【特 定 秘 密】", "specially-designated-secret", id="spaced"),
        pytest.param("特\u200b定秘密", "specially-designated-secret", id="zero-width-space"),
        pytest.param("特定祕密", "specially-designated-secret", id="old-form"),
        pytest.param("取扱注意・特定秘密", "specially-designated-secret", id="among-others"),
        pytest.param(
            "ＳＰＥＣＩＡＬＬＹ Designated Secrets", "specially-designated-secret", id="wide"
        ),
        pytest.param("重要経済安保情報", "critical-economic-security-information", id="economic"),
        pytest.param(
            "Critical Economic-Security\nInformation",
            "critical-economic-security-information",
            id="english",
        ),
        pytest.param("守秘義務対象情報", "", id="our-own-regime"),
        pytest.param("特定秘密保護法の解説", "", id="the-law-itself"),
        pytest.param("特定秘密の保護に関する法律", "", id="the-laws-whole-name"),
        pytest.param("重要経済安保情報保護活用法", "", id="the-other-law"),
        pytest.param(
            "特定秘密保護法による特定秘密", "specially-designated-secret", id="law-and-marking"
        ),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_markings_of_two_other_regimes_are_known(marking, regime):
    assert foreign_regime(marking) == regime
    assert is_foreign_regime(marking) is bool(regime)


@given(before=st.text(), after=st.text(alphabet="ab 。、"))
def test_no_surrounding_hides_a_marking(before, after):
    assert is_foreign_regime(f"{before} 重要経済安保情報 {after}")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({}, "", id="accepts"),
        pytest.param({"reply": "decline"}, "", id="declines"),
        pytest.param({"previous": "decline"}, "", id="a-decline-becomes-an-acceptance"),
        pytest.param({"previous": "accept", "reply": "decline"}, "", id="an-acceptance-withdrawn"),
        pytest.param({"previous": "accept"}, "already-replied-so", id="the-same-again"),
        pytest.param({"for_self": False}, "reply-for-another", id="for-another"),
        pytest.param({"is_recipient": False}, "not-a-recipient", id="not-asked"),
        pytest.param({"is_offer_open": False}, "offer-has-closed", id="closed"),
        pytest.param(
            {"is_offer_open": False, "previous": "decline"}, "offer-has-closed", id="too-late"
        ),
    ],
)
def test_each_recipient_replies_while_the_offer_stands(facts, reason):
    asked = {"is_recipient": True, "for_self": True, "is_offer_open": True, "reply": "accept"}

    verdict = may_reply(**asked | facts)

    assert (verdict.clause.id, verdict.reason) == ("S2", reason)


@pytest.mark.parametrize(
    ("recipients", "closed", "shown"),
    [
        pytest.param(1, True, None, id="one-person"),
        pytest.param(2, True, None, id="two-people"),
        pytest.param(3, True, 1, id="three-people"),
        pytest.param(3, False, None, id="still-standing"),
        pytest.param(30, False, None, id="many-and-standing"),
    ],
)
def test_the_provider_sees_one_number_of_three_people_or_more(recipients, closed, shown):
    count = accepted_count_shown(recipients=recipients, closed=closed, accepted=1)

    assert count == shown


def test_the_number_tells_a_decline_from_silence_for_nobody():
    assert "declined" not in inspect.signature(accepted_count_shown).parameters


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param({}, ("S3", ""), id="accepted-and-recorded"),
        pytest.param({"accepted_at": None}, ("S3", "not-accepted"), id="no-reply"),
        pytest.param(
            {"delivery_recorded_at": None}, ("S3", "delivery-not-recorded"), id="no-record"
        ),
        pytest.param({"is_member": False}, ("C4", "no-longer-a-member"), id="left"),
    ],
)
def test_content_follows_acceptance_and_a_recorded_delivery(facts, expected):
    ready = {"accepted_at": RECEIVED, "delivery_recorded_at": RECEIVED, "is_member": True}

    verdict = may_deliver(**ready | facts)

    assert (verdict.clause.id, verdict.reason) == expected


@given(st.data())
def test_nothing_reaches_whoever_lacks_one_of_the_three(data):
    facts = {
        "accepted_at": data.draw(st.none() | INSTANTS),
        "delivery_recorded_at": data.draw(st.none() | INSTANTS),
        "is_member": data.draw(st.booleans()),
    }

    assert may_deliver(**facts).is_refusal != all(facts.values())


@pytest.mark.parametrize(
    ("spoken", "accepted", "reason"),
    [
        pytest.param(set(), set(), "", id="nothing-spoken"),
        pytest.param({"chart"}, {"chart", "table"}, "", id="all-accepted"),
        pytest.param({"chart", "table"}, {"chart"}, "item-not-accepted", id="one-not-accepted"),
        pytest.param({"chart"}, set(), "item-not-accepted", id="none-accepted"),
    ],
)
def test_speech_is_a_delivery_too(spoken, accepted, reason):
    verdict = may_attend(spoken_items=spoken, accepted_items=accepted)

    assert (verdict.clause.id, verdict.reason) == ("S3", reason)


@pytest.mark.parametrize(
    ("facts", "owes"),
    [
        pytest.param({}, True, id="received"),
        pytest.param({"at": RECEIVED}, True, id="from-the-instant-of-receipt"),
        pytest.param({"at": RECEIVED - MICROSECOND}, False, id="before-receipt"),
        pytest.param({"received_at": None}, False, id="never-received"),
        pytest.param({"is_originator": True}, False, id="its-originator"),
        pytest.param({"released_at": ENDED}, False, id="released-this-instant"),
        pytest.param({"released_at": ENDED + MICROSECOND}, True, id="released-later"),
        pytest.param({"period_ends_on": ENDS_ON}, False, id="period-ended-at-midnight-in-japan"),
        pytest.param(
            {"period_ends_on": ENDS_ON, "at": ENDED - MICROSECOND}, True, id="before-midnight"
        ),
        pytest.param({"period_ends_on": date(2028, 4, 2)}, True, id="period-runs-another-day"),
    ],
)
def test_silence_is_owed_for_what_was_received_until_it_is_free(facts, owes):
    received = {
        "received_at": RECEIVED,
        "released_at": None,
        "period_ends_on": None,
        "is_originator": False,
        "at": ENDED,
    }

    assert owes_silence(**received | facts) is owes


@given(
    facts=st.fixed_dictionaries(
        {
            "received_at": INSTANTS,
            "released_at": st.none() | INSTANTS,
            "period_ends_on": st.none() | st.dates(),
            "is_originator": st.booleans(),
        }
    ),
    at=st.datetimes(max_value=datetime(9990, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - Hypothesis adds the time zone
    later=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=300)),
)
def test_who_is_free_once_stays_free(facts, at, later):
    instant = max(at, facts["received_at"])
    assume(instant.year < LAST_YEAR)

    if not owes_silence(**facts, at=instant):
        assert not owes_silence(**facts, at=instant + later)


def test_membership_is_no_fact_of_the_duty():
    assert not [name for name in inspect.signature(owes_silence).parameters if "member" in name]


@pytest.mark.parametrize(
    ("ends", "end"),
    [
        pytest.param([ENDS_ON], ENDS_ON, id="one"),
        pytest.param([ENDS_ON, date(2030, 1, 1)], date(2030, 1, 1), id="the-last-of-all"),
        pytest.param([ENDS_ON, None], None, id="one-without-end"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_something_derived_is_free_when_all_its_parents_are(ends, end):
    assert end_of_all(ends) == end
