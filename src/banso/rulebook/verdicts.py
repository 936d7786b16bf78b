"""What a rule answers: allowed, or refused with its reason and clause."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from banso.rulebook.clauses import ClauseRecord, clause_record, in_force

_REASON = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class UnknownClauseError(LookupError):
    """Code cites a rule that `clauses.toml` does not have."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A rule of the program, by the ID that never changes.

    >>> Clause("K1").refuse("call-has-closed").reason
    'call-has-closed'
    """

    id: str

    def __post_init__(self) -> None:
        _require_record(self.id)

    @property
    def record(self) -> ClauseRecord:
        """Everything that the program says about this rule, in both languages."""
        return _require_record(self.id)

    def is_in_force(self, on: date) -> bool:
        """Whether a refusal of that day may cite this rule."""
        return in_force(self.id, on)

    def allow(self) -> "Verdict":
        """Answer that nothing in this rule is against the act."""
        return Verdict(clause=self)

    def refuse(self, reason: str, /, **facts: object) -> "Verdict":
        """Answer that this rule refuses, with the facts that its sentence shows."""
        if not reason:
            raise ValueError(f"a refusal by {self.id} needs a reason")
        return Verdict(clause=self, reason=reason, facts=facts)

    def __str__(self) -> str:
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A rule's answer; it always names its clause, so no refusal is without one."""

    clause: Clause
    reason: str = ""
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not isinstance(self.clause, Clause):
            raise TypeError(f"a verdict needs its clause, not {self.clause!r}")
        if self.reason and not self.clause.record.refuses:
            raise ValueError(f"{self.clause} is never the ground of a refusal: {self.reason}")
        if self.reason and not _REASON.fullmatch(self.reason):
            raise ValueError(f"a reason is a kebab-case fact, not {self.reason!r}")
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))

    @property
    def is_refusal(self) -> bool:
        """Whether the act must not happen."""
        return bool(self.reason)


def first_refusal(verdict: Verdict, /, *others: Verdict) -> Verdict:
    """Pick the first verdict that refuses, else the last one that allows."""
    verdicts = (verdict, *others)
    return next((each for each in verdicts if each.is_refusal), verdicts[-1])


class Refused(Exception):  # noqa: N818 - a refusal is an answer we foresee, not an error
    """The act did not happen, for a reason that the person is told."""


class NotPermitted(Refused):
    """The person may read the thing but is not among those who may do this to it."""

    def __init__(self, permission: str, who: str = "") -> None:
        super().__init__(permission)
        self.permission = permission
        self.who = who


class RuleRefused(Refused):
    """A rule of the program refused the act."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(f"{verdict.reason} ({verdict.clause})")
        self.verdict = verdict


def enforce(*verdicts: Verdict) -> None:
    """Stop the act at the first verdict that refuses it."""
    for verdict in verdicts:
        if verdict.is_refusal:
            raise RuleRefused(verdict)


def _require_record(clause_id: str) -> ClauseRecord:
    record = clause_record(clause_id)
    if record is None:
        raise UnknownClauseError(clause_id)
    return record
