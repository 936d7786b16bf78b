"""Who directs a project, and on what ground and how its team may change."""

from collections.abc import Set as AbstractSet
from datetime import datetime

from banso.rulebook.councils import FREEDOM, FREEDOMS
from banso.rulebook.verdicts import Clause, Verdict
from banso.rulebook.writing import is_written

DIRECTION = Clause("G1")
TEAM_CHANGE = Clause("G2")
LEAK_MEASURES = Clause("G4")

DIED = "died"
TEAM_CHANGE_GROUNDS = frozenset(
    {
        "own-request",
        "moved",
        "left-post",
        "retired",
        "illness-or-leave",
        DIED,
        "changed-plan",
        "added-expertise",
        "integrity-breach",
    }
)
COUNCIL_GROUNDS = FREEDOMS


def may_request_team_change(*, ground: str) -> Verdict:
    """Take a request whose ground is on the list; using a council's freedom never is one."""
    if ground in COUNCIL_GROUNDS:
        return FREEDOM.refuse("ground-is-a-council-freedom")
    if ground not in TEAM_CHANGE_GROUNDS:
        return TEAM_CHANGE.refuse("ground-not-on-list")
    return TEAM_CHANGE.allow()


def may_end_request(*, seen_by_person_at: datetime | None, is_applied: bool) -> Verdict:
    """Let the person concerned end a request that rests on a freedom, before others read it.

    No ground is asked for: whoever had to argue it would have to tell what they did.
    """
    if seen_by_person_at is not None or is_applied:
        return FREEDOM.refuse("request-is-passed-on")
    return FREEDOM.allow()


def may_change_team(
    *, ground: str, seen_by_person_at: datetime | None, has_ended: bool = False
) -> Verdict:
    """Change a team only after the person concerned has seen the request, unless they died.

    A request that the person ended looks like one that they have not seen.
    """
    request = may_request_team_change(ground=ground)
    if request.is_refusal:
        return request
    if has_ended or (seen_by_person_at is None and ground != DIED):
        return TEAM_CHANGE.refuse("not-seen-by-the-person")
    return TEAM_CHANGE.allow()


def missing_measures(
    *,
    core_technologies: AbstractSet[str],
    measures: str,
    states_there_is_none: bool,
    yearly_amount_yen: int,
    mandatory_from_yen: int,
) -> Verdict:
    """Ask for core technology with its measures, or for the statement that there is none.

    Below the yearly amount, which is a setting, a proposal may say nothing at all, but what it
    names needs measures at any amount.
    """
    if core_technologies and states_there_is_none:
        return LEAK_MEASURES.refuse("core-technology-named-and-denied")
    if core_technologies and not is_written(measures):
        return LEAK_MEASURES.refuse("no-measures-against-leaks")
    is_silent = not core_technologies and not states_there_is_none
    if is_silent and yearly_amount_yen >= mandatory_from_yen:
        return LEAK_MEASURES.refuse(
            "core-technology-not-stated", mandatory_from_yen=mandatory_from_yen
        )
    return LEAK_MEASURES.allow()
