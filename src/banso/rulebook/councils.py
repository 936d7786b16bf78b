"""What a council may do, who may be in it, and what its members are free to do."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from types import MappingProxyType
from typing import Final

from banso.rulebook.verdicts import Clause, Verdict
from banso.rulebook.writing import is_written

ESTABLISHMENT = Clause("C1")
REPRESENTATION = Clause("C2")
JOINING = Clause("C3")
LEAVING = Clause("C4")
FREEDOM = Clause("C5")
NO_MANAGEMENT = Clause("C6")
AGREED_ITEM = Clause("C7")

# The kinds of council, by the article of the Act.
DESIGNATED_FUND: Final = "63-4"
BY_CONSENT: Final = "62-1"
ORGANISERS_OF_A_FUND_COUNCIL = frozenset({"fund-minister", "prime-minister"})

DIRECTOR_ROLES = frozenset({"program-director", "program-officer"})

# What C5 protects as a ground: using one of these freedoms.
FREEDOMS = frozenset(
    {
        "did-not-join-council",
        "left-council",
        "declined-information",
        "refused-withholding",
        "consulted",
        "checked-manuscript",
    }
)
# The other side of each freedom. Whoever sees that one person joined sees that another did not,
# so these never reach an evaluator either.
USED_OTHERWISE = frozenset(
    {
        "asked-to-join-council",
        "joined-council",
        "asked-to-receive",
        "accepted-information",
        "received-information",
        "consented-to-withholding",
        "took-consent-back",
    }
)
# The four exceptions of C5, each with all that it shows.
ROOM: Final = "room-of-own-council"
CONSULTATION: Final = "consultation-put-to-them"
WITHHOLDING_STATE: Final = "state-of-a-withholding"
YEARLY_FIGURES: Final = "yearly-figures"
EXCEPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "is-member-today": ROOM,
        "accepted-count": ROOM,
        "consulted": CONSULTATION,
        "withholding-ended": WITHHOLDING_STATE,
        "withholding-in-force": WITHHOLDING_STATE,
        "yearly-answer-times": YEARLY_FIGURES,
        "yearly-withholdings": YEARLY_FIGURES,
    }
)

BEYOND_A_COUNCIL = frozenset({"plan", "budget", "team", "score", "approval"})

ANSWERS = frozenset({"adopt", "adopt-in-part", "not-adopt"})


def may_establish(
    *,
    kind: str,
    has_representative: bool,
    representative_consented_at: datetime | None,
    prior_consultation_at: datetime | None,
    organisers: AbstractSet[str] = frozenset(),
    has_other_council: bool = False,
    reason_for_another: str = "",
) -> Verdict:
    """Start a council of one concept only with what its kind needs, recorded beforehand.

    "As a rule a concept has one": a further one is not forbidden but needs its reason.
    """
    if has_other_council and not is_written(reason_for_another):
        return ESTABLISHMENT.refuse("concept-has-a-council")
    if not has_representative:
        return ESTABLISHMENT.refuse("no-representative")
    if kind == DESIGNATED_FUND:
        return _may_organise(organisers)
    if kind != BY_CONSENT:
        raise ValueError(f"no kind of council in the Act: {kind!r}")
    if representative_consented_at is None:
        return ESTABLISHMENT.refuse("no-consent-of-representative")
    if prior_consultation_at is None:
        return ESTABLISHMENT.refuse("no-prior-consultation")
    return ESTABLISHMENT.allow()


def may_represent(*, role: str, leads_adopted_project_of_concept: bool) -> Verdict:
    """Let a PD, a PO or the lead of an adopted project of the concept represent the R&D."""
    if role in DIRECTOR_ROLES or leads_adopted_project_of_concept:
        return REPRESENTATION.allow()
    return REPRESENTATION.refuse("neither-director-nor-lead")


def council_may_agree(*, representative_in_office: bool) -> Verdict:
    """Hold agreed items and withholdings back while nobody represents the R&D."""
    if not representative_in_office:
        return REPRESENTATION.refuse("no-representative-in-office")
    return REPRESENTATION.allow()


def may_join(
    *, invited_at: datetime | None, consents_for_self: bool, already_member: bool
) -> Verdict:
    """Make a member of nobody but the person who was invited and consents here and now."""
    if not consents_for_self:
        return JOINING.refuse("consent-for-another")
    if invited_at is None:
        return JOINING.refuse("not-invited")
    if already_member:
        return JOINING.refuse("already-a-member")
    return JOINING.allow()


def may_leave(*, is_member: bool) -> Verdict:
    """Let every member leave; no other fact is asked for, so none can be held against it."""
    if not is_member:
        return LEAVING.refuse("not-a-member")
    return LEAVING.allow()


def may_reach_evaluation(*, fact: str, exception: str = "") -> Verdict:
    """Keep from reviewers, PD, PO and FA what C5 protects, but for its four exceptions.

    Facts that have nothing to do with a council's freedoms, a score or a report, pass.
    """
    if fact in EXCEPTIONS and exception == EXCEPTIONS[fact]:
        return FREEDOM.allow()
    if fact in FREEDOMS | USED_OTHERWISE | EXCEPTIONS.keys():
        return FREEDOM.refuse("fact-is-protected")
    return FREEDOM.allow()


def may_change_by_council(*, target: str) -> Verdict:
    """Refuse the council every hold on plan, budget, team, score and approval."""
    if target in BEYOND_A_COUNCIL:
        return NO_MANAGEMENT.refuse("council-does-not-manage")
    return NO_MANAGEMENT.allow()


def may_agree(
    *,
    representative_in_office: bool,
    carries_label: bool = False,
    names_project_of_another_concept: bool = False,
) -> Verdict:
    """Make an agreed item without label, for projects of the council's own concept."""
    agreement = council_may_agree(representative_in_office=representative_in_office)
    if agreement.is_refusal:
        return agreement
    if carries_label:
        return AGREED_ITEM.refuse("agreed-item-carries-a-label")
    if names_project_of_another_concept:
        return ESTABLISHMENT.refuse("project-of-another-concept")
    return AGREED_ITEM.allow()


def may_answer(
    *, answer: str, reason: str, is_research_side: bool, already_answered: bool = False
) -> Verdict:
    """Take one answer with its reason from the research side of a project that the item names."""
    if not is_research_side:
        return AGREED_ITEM.refuse("not-of-the-research-side")
    if already_answered:
        return AGREED_ITEM.refuse("already-answered")
    if answer not in ANSWERS:
        return AGREED_ITEM.refuse("answer-not-on-list")
    if not is_written(reason):
        return AGREED_ITEM.refuse("answer-has-no-reason")
    return AGREED_ITEM.allow()


def may_show_evidence(*, is_answered: bool) -> Verdict:
    """Take evidence once the agreed item is answered."""
    if not is_answered:
        return AGREED_ITEM.refuse("not-answered-yet")
    return AGREED_ITEM.allow()


def counts_in_evaluation(*, research_side_took_part: bool) -> bool:
    """Tell whether answer and evidence are a viewpoint of the FA's evaluation (C7)."""
    return research_side_took_part


def _may_organise(organisers: AbstractSet[str]) -> Verdict:
    absent = ORGANISERS_OF_A_FUND_COUNCIL - organisers
    if absent:
        return ESTABLISHMENT.refuse("organisers-missing", missing=tuple(sorted(absent)))
    return ESTABLISHMENT.allow()
