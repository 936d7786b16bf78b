"""What a check found: good, wrong or unknown, in a sentence, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's report."""

    check: str
    state: Literal["good", "wrong", "unknown"]
    says: str
    mend: str = ""


def judge(check: str, good: str, findings: list[tuple[str, str]]) -> list[Finding]:
    """Say what is good, unless something was found: then each sentence with its remedy."""
    if not findings:
        return [Finding(check, "good", good)]
    return [Finding(check, "wrong", says, mend) for says, mend in findings]
