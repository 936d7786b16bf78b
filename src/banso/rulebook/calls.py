"""When a call opens, what it receives from whom, and what everybody is told in the end."""

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final

from banso.rulebook.projects import DIRECTION
from banso.rulebook.verdicts import Clause, Verdict
from banso.rulebook.writing import is_written

SUBMISSION = Clause("K1")
COMPLETENESS = Clause("K2")
APPROVED_VERSION = Clause("K3")
EXTENSION = Clause("K4")
WITHDRAWAL = Clause("K5")
ELIGIBILITY = Clause("K6")
OUTCOME = Clause("K8")
CALL_SHAPE = Clause("K9")

PROJECT_TYPE: Final = "project"  # プロジェクト型
INDIVIDUAL_TYPE: Final = "individual-research"  # 個別研究型
CALL_TYPES = frozenset({PROJECT_TYPE, INDIVIDUAL_TYPE})

PEOPLE_FOR_AN_EXTENSION = 2


def may_open(*, has_director: bool, announced_at: datetime | None, at: datetime) -> Verdict:
    """Open a call only when its PD or PO is appointed, and never before it was announced."""
    if not has_director:
        return DIRECTION.refuse("no-director-appointed")
    if announced_at is None or announced_at > at:
        return SUBMISSION.refuse("call-not-announced")
    return DIRECTION.allow()


def may_receive(
    *,
    opens_at: datetime,
    closes_at: datetime,
    submitted_at: datetime | None,
    at: datetime,
    closed_until: datetime | None = None,
) -> Verdict:
    """Receive each proposal once, from the opening instant up to, not at, closing.

    A submission that was withdrawn counts as not submitted: it may be sent again (K5). While the
    clock is in doubt, closings after `closed_until` are paused: nobody is late by such a clock.
    """
    if submitted_at is not None:
        return SUBMISSION.refuse("already-submitted", submitted_at=submitted_at)
    if at < opens_at:
        return SUBMISSION.refuse("call-not-open-yet", opens_at=opens_at)
    if at >= closes_at > (closed_until or at):
        return SUBMISSION.refuse("closing-is-paused", closes_at=closes_at)
    if at >= closes_at:
        return SUBMISSION.refuse("call-has-closed", closes_at=closes_at)
    return SUBMISSION.allow()


def missing_parts(
    *, required: AbstractSet[str], present: AbstractSet[str], unverified: AbstractSet[str]
) -> Verdict:
    """Name every part that is missing and every file whose hash is not verified, at once.

    A file that nobody required keeps the receipt back too until its hash is verified.
    """
    defects = {
        "missing": tuple(sorted(required - present)),
        "unverified": tuple(sorted(unverified)),
    }
    if defects["missing"]:
        return COMPLETENESS.refuse("required-parts-missing", **defects)
    if defects["unverified"]:
        return COMPLETENESS.refuse("files-not-verified", **defects)
    return COMPLETENESS.allow()


def may_submit_version(*, approved_version: str | None, current_version: str) -> Verdict:
    """Submit only the very version that the institution approved; an edit voids the approval."""
    if approved_version is None:
        return APPROVED_VERSION.refuse("not-approved-by-institution")
    if approved_version != current_version:
        return APPROVED_VERSION.refuse("edited-since-approval")
    return APPROVED_VERSION.allow()


def may_extend(
    *,
    reason: str,
    decided_by: AbstractSet[object],
    closes_at: datetime,
    extended_to: datetime,
) -> Verdict:
    """Extend a call by two people with a reason; an extension for some cannot be expressed.

    It may follow the closing, because an outage shows itself at the deadline.
    """
    if not is_written(reason):
        return EXTENSION.refuse("extension-has-no-reason")
    if len(decided_by) < PEOPLE_FOR_AN_EXTENSION:
        return EXTENSION.refuse("extension-needs-two-people")
    if extended_to <= closes_at:
        return EXTENSION.refuse("extension-not-after-closing", closes_at=closes_at)
    return EXTENSION.allow()


def may_withdraw(
    *,
    submitted_at: datetime | None,
    closes_at: datetime,
    at: datetime,
    closed_until: datetime | None = None,
) -> Verdict:
    """Let a submission be taken back until closing, so that it can be sent again."""
    if submitted_at is None:
        return WITHDRAWAL.refuse("not-submitted")
    if at >= closes_at > (closed_until or at):
        return WITHDRAWAL.refuse("closing-is-paused", closes_at=closes_at)
    if at >= closes_at:
        return WITHDRAWAL.refuse("call-has-closed", closes_at=closes_at)
    return WITHDRAWAL.allow()


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


def has_outcome(*, reasons: str) -> Verdict:
    """Finish no decision without the reasons that its proposer will read."""
    if not is_written(reasons):
        return OUTCOME.refuse("result-has-no-reasons")
    return OUTCOME.allow()


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
