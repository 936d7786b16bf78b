"""Who gives which office, who stands in for whom, and when two records become one."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from banso.rulebook.verdicts import Clause, Verdict

APPOINTING = Clause("O1")
DEPUTIES = Clause("O2")
ONE_RECORD = Clause("O3")

PEOPLE_FOR_AN_OFFICE: Final = 2
LONGEST_DEPUTY: Final = timedelta(days=366)

_AGENCY = frozenset({"funding-agency"})
# The kinds of bodies for which each role is held; the operator's is held for none.
HELD_FOR: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "agency-officer": _AGENCY,
        "program-director": _AGENCY,
        "program-officer": _AGENCY,
        "reviewer": _AGENCY,
        "institution-officer": frozenset({"institution", "company", "funding-agency", "other"}),
        "ministry-officer": frozenset({"ministry"}),
        "auditor": frozenset({"ministry", "funding-agency", "other"}),
        "operator": frozenset(),
    }
)
# Which roles the officers of a body give for it; the operator gives all of them.
GIVEN_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "agency-officer": frozenset(
            {"agency-officer", "program-director", "program-officer", "reviewer"}
        ),
        "ministry-officer": frozenset({"ministry-officer"}),
        "institution-officer": frozenset({"institution-officer"}),
    }
)
# Whoever holds one of these decides over others, or reads what others may not.
TAKES_TWO: Final = frozenset(
    {"agency-officer", "ministry-officer", "institution-officer", "auditor", "operator"}
)
# A deputy acts in these; PD, PO and reviewers judge for themselves.
MAY_BE_DEPUTISED: Final = frozenset({"agency-officer", "ministry-officer", "institution-officer"})
# What nobody does for another, by the names of the acts.
DONE_BY_ONESELF: Final = frozenset(
    {
        "councils.accept_invitation",
        "councils.decline_invitation",
        "councils.leave_council",
        "councils.consent_to_represent",
        "councils.answer_item",
        "protected.accept_offer",
        "protected.decline_offer",
        "protected.open_item",
        "results.answer_withholding",
        "results.request_withholding",
        "results.take_back_request",
        "review.pledge_secrecy",
        "review.declare_conflict",
        "review.submit_assessment",
        "people.appoint",
        "people.propose_appointment",
        "people.confirm_appointment",
        "people.name_deputy",
        "people.confirm_factor_reset",
        "people.confirm_invitation",
        "people.confirm_merging",
    }
)


def may_propose_appointment(
    *, role: str, body_kinds: AbstractSet[str], person: object, proposed_by: object
) -> Verdict:
    """Propose a role for a body of its kind, never for oneself."""
    kinds = HELD_FOR.get(role, frozenset())
    if (kinds or body_kinds) and not kinds & body_kinds:
        return APPOINTING.refuse("role-not-of-this-body")
    if person == proposed_by:
        return APPOINTING.refuse("appointed-by-oneself")
    return APPOINTING.allow()


def may_appoint(
    *,
    role: str,
    body_kinds: AbstractSet[str],
    person: object,
    decided_by: AbstractSet[object],
    is_at_console: bool = False,
) -> Verdict:
    """Give a role for a body of its kind, never to oneself; power over others takes two people.

    The operator at the console acts alone, since a new installation has nobody else.
    """
    for decider in decided_by:
        verdict = may_propose_appointment(
            role=role, body_kinds=body_kinds, person=person, proposed_by=decider
        )
        if verdict.is_refusal:
            return verdict
    if role in TAKES_TWO and not is_at_console and len(decided_by) < PEOPLE_FOR_AN_OFFICE:
        return APPOINTING.refuse("appointment-needs-two-people")
    return APPOINTING.allow()


def may_name_deputy(
    *,
    person: object,
    deputy: object,
    offices: AbstractSet[str],
    is_of_the_body: bool,
    from_on: date,
    until_on: date,
) -> Verdict:
    """Let a colleague stand in for an office of one body, for a year at most."""
    if person == deputy:
        return DEPUTIES.refuse("deputy-for-oneself")
    if not offices & MAY_BE_DEPUTISED:
        return DEPUTIES.refuse("no-office-to-deputise")
    if not is_of_the_body:
        return DEPUTIES.refuse("deputy-of-another-body")
    if until_on - from_on > LONGEST_DEPUTY:
        return DEPUTIES.refuse("deputy-for-too-long")
    return DEPUTIES.allow()


def may_act_for_another(*, act: str) -> Verdict:
    """Keep to each person what is theirs: joining, leaving, answers, consents, declarations."""
    if act in DONE_BY_ONESELF:
        return DEPUTIES.refuse("not-done-for-another")
    return DEPUTIES.allow()


def may_keep_number(*, is_taken: bool) -> Verdict:
    """Let a number of a person or a body stand on one record alone."""
    if is_taken:
        return ONE_RECORD.refuse("number-of-another-record")
    return ONE_RECORD.allow()


def may_import(*, faults: int, taken: int) -> Verdict:
    """Take every row of a table or none, and only where there is something to take."""
    if faults:
        return ONE_RECORD.refuse("rows-to-put-right", faults=faults)
    if not taken:
        return ONE_RECORD.refuse("no-row-changes-anything")
    return ONE_RECORD.allow()


def may_merge(
    *,
    kept: object,
    gone: object,
    is_merged_already: bool,
    decided_by: AbstractSet[object] | None = None,
    shared_places: tuple[str, ...] = (),
) -> Verdict:
    """Make one record of two that are of one person or body; one proposes, another confirms.

    Where both stand in the same place (one team, one council), nobody can say which of the two
    counts, so that is settled there first. Before somebody confirms, `decided_by` is not asked.
    """
    if kept == gone:
        return ONE_RECORD.refuse("merged-into-itself")
    if is_merged_already:
        return ONE_RECORD.refuse("record-merged-already")
    if decided_by is not None and len(decided_by) < PEOPLE_FOR_AN_OFFICE:
        return ONE_RECORD.refuse("merging-needs-two-people")
    if shared_places:
        return ONE_RECORD.refuse("both-records-in-one-place", places=", ".join(shared_places))
    return ONE_RECORD.allow()
