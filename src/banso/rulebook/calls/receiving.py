"""When a proposal is received, whole and approved, and until when it is taken back."""

from collections.abc import Set as AbstractSet
from datetime import datetime

from banso.rulebook.verdicts import Clause, Verdict

SUBMISSION = Clause("K1")
COMPLETENESS = Clause("K2")
APPROVED_VERSION = Clause("K3")
WITHDRAWAL = Clause("K5")


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
    *,
    required: AbstractSet[str],
    present: AbstractSet[str],
    unverified: AbstractSet[str],
    at_fault: AbstractSet[str] = frozenset(),
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
    if at_fault:
        return COMPLETENESS.refuse("files-at-fault", at_fault=tuple(sorted(at_fault)))
    return COMPLETENESS.allow()


def may_submit_version(*, approved_version: str | None, current_version: str) -> Verdict:
    """Submit only the very version that the institution approved; an edit voids the approval."""
    if approved_version is None:
        return APPROVED_VERSION.refuse("not-approved-by-institution")
    if approved_version != current_version:
        return APPROVED_VERSION.refuse("edited-since-approval")
    return APPROVED_VERSION.allow()


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
