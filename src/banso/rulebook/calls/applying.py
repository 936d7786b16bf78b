"""Who may apply to a call."""

from collections.abc import Set as AbstractSet

from banso.rulebook.verdicts import Clause, Verdict

ELIGIBILITY = Clause("K6")


def may_apply(
    *,
    has_japanese_legal_personality: bool,
    has_base_in_japan: bool,
    lives_in_japan: bool,
    unmet_terms: AbstractSet[str] = frozenset(),
) -> Verdict:
    """Check where the proposer's body is and lives; nationality is no fact of this rule."""
    if not has_japanese_legal_personality:
        return ELIGIBILITY.refuse("no-japanese-legal-personality")
    if not has_base_in_japan:
        return ELIGIBILITY.refuse("no-base-in-japan")
    if not lives_in_japan:
        return ELIGIBILITY.refuse("not-living-in-japan")
    if unmet_terms:
        return ELIGIBILITY.refuse("terms-of-call-not-met", unmet=tuple(sorted(unmet_terms)))
    return ELIGIBILITY.allow()
