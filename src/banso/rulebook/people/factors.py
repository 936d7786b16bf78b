"""Who may reset lost second factors: two people, never the person themselves."""

from collections.abc import Set as AbstractSet
from typing import Final

from banso.rulebook.offices import PEOPLE_FOR_AN_OFFICE
from banso.rulebook.verdicts import Clause, Verdict

FACTORS = Clause("O5")

PEOPLE_FOR_A_RESET: Final = PEOPLE_FOR_AN_OFFICE


def may_ask_factor_reset(*, is_own: bool, has_factors: bool, waits_already: bool) -> Verdict:
    """Ask for another person whose factors are lost, once at a time."""
    if is_own:
        return FACTORS.refuse("reset-of-oneself")
    if not has_factors:
        return FACTORS.refuse("nothing-to-reset")
    if waits_already:
        return FACTORS.refuse("reset-waits-already")
    return FACTORS.allow()


def may_confirm_factor_reset(
    *, person: object, decided_by: AbstractSet[object], is_answered: bool
) -> Verdict:
    """Reset once two people who are not the person agree."""
    if is_answered:
        return FACTORS.refuse("reset-already-answered")
    if person in decided_by:
        return FACTORS.refuse("reset-of-oneself")
    if len(decided_by) < PEOPLE_FOR_A_RESET:
        return FACTORS.refuse("reset-needs-two-people")
    return FACTORS.allow()


def may_withdraw_factor_reset(*, is_answered: bool) -> Verdict:
    """Withdraw what nobody has confirmed."""
    if is_answered:
        return FACTORS.refuse("reset-already-answered")
    return FACTORS.allow()
