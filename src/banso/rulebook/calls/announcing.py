"""What a call is when it is announced, and when another may follow it."""

from typing import Final

from banso.rulebook.verdicts import Clause, Verdict

CALL_SHAPE = Clause("K9")

PROJECT_TYPE: Final = "project"  # プロジェクト型
INDIVIDUAL_TYPE: Final = "individual-research"  # 個別研究型
CALL_TYPES = frozenset({PROJECT_TYPE, INDIVIDUAL_TYPE})


def may_announce(*, round_number: int, call_type: str, slots: int) -> Verdict:
    """Announce a call that has its round, one of the two types, and something to win."""
    if round_number < 1:
        return CALL_SHAPE.refuse("call-has-no-round")
    if call_type not in CALL_TYPES:
        return CALL_SHAPE.refuse("call-has-no-type")
    if slots < 1:
        return CALL_SHAPE.refuse("call-has-no-slot")
    return CALL_SHAPE.allow()


def may_call_again(*, slots: int, filled: int) -> Verdict:
    """Hold a second call only while a slot is unfilled."""
    if filled >= slots:
        return CALL_SHAPE.refuse("no-unfilled-slot", slots=slots)
    return CALL_SHAPE.allow()
