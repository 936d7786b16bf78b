"""Who may review a proposal, what they may learn of it and when, and how it is decided."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from banso.rulebook.verdicts import Clause, Verdict
from banso.rulebook.writing import is_written

CONFLICT = Clause("V1")
SILENCE_ABOUT_IT = Clause("V2")
PLEDGE = Clause("V3")
SECURITY = Clause("V4")
DECISION = Clause("V6")
OUTCOME = Clause("K8")

# The criteria of V5 for a call that names none: 研究成果活用の実現可能性, 実施内容の妥当性.
DEFAULT_CRITERIA = ("feasibility-of-use", "soundness-of-the-work")

# V4 forbids nationality and race; the others are other names for the same two.
NEVER_EXAMINED = frozenset(
    {"nationality", "former-nationality", "national-origin", "race", "ethnicity", "ancestry"}
)


class Tie(StrEnum):
    """What ties a person to a proposal so that they may not judge it (V1)."""

    KIN = "kin"
    SAME_LABORATORY = "same-laboratory"
    SAME_DEPARTMENT = "same-department"
    SAME_COMPANY = "same-company"
    CO_RESEARCHER = "co-researcher"
    JOINT_AUTHOR = "joint-author"
    COMPETITOR = "competitor"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """A laboratory, department or company, with the tie that sharing it makes."""

    tie: Tie
    id: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration:
    """Joint research or a joint paper with one person; no date means that it is not known."""

    tie: Tie
    with_person: object
    last_on: date | None = None


def found_conflict(
    *,
    person_organisations: AbstractSet[object],
    proposal_organisations: AbstractSet[object],
    declared: AbstractSet[str],
    collaborations: Iterable[Collaboration] = (),
    team: AbstractSet[object] = frozenset(),
    joint_authors_since: date | None = None,
    is_on_team: bool = False,
) -> frozenset[Tie]:
    """Collect every tie that is declared or known, of a reviewer, PD, PO or officer alike.

    An organisation given by its bare ID counts as a company. The call's years limit joint papers
    only; a paper without a date counts.
    """
    shared = person_organisations & proposal_organisations
    known = {place.tie if isinstance(place, Workplace) else Tie.SAME_COMPANY for place in shared}
    if is_on_team:
        known.add(Tie.CO_RESEARCHER)
    worked_together = {
        collaboration.tie
        for collaboration in collaborations
        if collaboration.with_person in team and _still_counts(collaboration, joint_authors_since)
    }
    return frozenset(known | worked_together | {Tie(tie) for tie in declared})


def may_assign(*, has_conflict: bool, has_unresolved_suggestion: bool = False) -> Verdict:
    """Assign nobody who has a conflict, and nobody about whom a suggested one is unresolved."""
    if has_conflict:
        return CONFLICT.refuse("has-conflict")
    if has_unresolved_suggestion:
        return CONFLICT.refuse("conflict-not-resolved")
    return CONFLICT.allow()


def may_learn(*, is_conflicted: bool) -> Verdict:
    """Tell a conflicted person nothing beyond what is public, counts and means included."""
    if is_conflicted:
        return SILENCE_ABOUT_IT.refuse("has-conflict")
    return SILENCE_ABOUT_IT.allow()


def may_open_content(
    *, pledged_at: datetime | None, declared_at: datetime | None, has_conflict: bool
) -> Verdict:
    """Open a proposal after the pledge and the declaration for that very proposal."""
    learning = may_learn(is_conflicted=has_conflict)
    if learning.is_refusal:
        return learning
    if pledged_at is None:
        return PLEDGE.refuse("not-pledged")
    if declared_at is None:
        return PLEDGE.refuse("not-declared")
    return PLEDGE.allow()


def may_examine_security(*, is_about_to_be_adopted: bool, merit_submitted: bool) -> Verdict:
    """Look at security only after merit, and only where adoption is about to follow."""
    if not merit_submitted:
        return SECURITY.refuse("merit-not-judged-yet")
    if not is_about_to_be_adopted:
        return SECURITY.refuse("not-about-to-be-adopted")
    return SECURITY.allow()


def may_adopt(*, is_adoption: bool, is_examined: bool) -> Verdict:
    """Adopt only what was examined for security and leak measures; other outcomes need nothing."""
    if is_adoption and not is_examined:
        return SECURITY.refuse("security-not-examined")
    return SECURITY.allow()


def may_examine_on(*, grounds: AbstractSet[str]) -> Verdict:
    """Examine security on what a person does, never on nationality or race."""
    if grounds & NEVER_EXAMINED:
        return SECURITY.refuse("ground-is-nationality-or-race")
    return SECURITY.allow()


def has_outcome(*, reasons: str) -> Verdict:
    """Finish no decision without the reasons that its proposer will read."""
    if not is_written(reasons):
        return OUTCOME.refuse("result-has-no-reasons")
    return OUTCOME.allow()


def may_decide(*, recommendation: str | None, decision: str, reason: str) -> Verdict:
    """Decide on the panel's recommendation, and say why, above all when departing from it."""
    if recommendation is None:
        return DECISION.refuse("no-recommendation")
    if decision != recommendation and not is_written(reason):
        return DECISION.refuse("departure-has-no-reason", recommendation=recommendation)
    outcome = has_outcome(reasons=reason)
    return outcome if outcome.is_refusal else DECISION.allow()


def _still_counts(collaboration: Collaboration, joint_authors_since: date | None) -> bool:
    if collaboration.tie != Tie.JOINT_AUTHOR or collaboration.last_on is None:
        return True
    return joint_authors_since is None or collaboration.last_on >= joint_authors_since
