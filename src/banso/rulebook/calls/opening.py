"""When a call opens, and how it is extended."""

from collections.abc import Set as AbstractSet
from datetime import datetime

from banso.rulebook.calls.receiving import SUBMISSION
from banso.rulebook.projects import DIRECTION
from banso.rulebook.verdicts import Clause, Verdict
from banso.rulebook.writing import is_written

EXTENSION = Clause("K4")

PEOPLE_FOR_AN_EXTENSION = 2


def may_open(*, has_director: bool, announced_at: datetime | None, at: datetime) -> Verdict:
    """Open a call only when its PD or PO is appointed, and never before it was announced."""
    if not has_director:
        return DIRECTION.refuse("no-director-appointed")
    if announced_at is None or announced_at > at:
        return SUBMISSION.refuse("call-not-announced")
    return DIRECTION.allow()


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
