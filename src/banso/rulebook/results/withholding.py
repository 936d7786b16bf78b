"""Why a result is open, and the one way in which a part of it is withheld for a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from banso.rulebook.councils import council_may_agree
from banso.rulebook.results.limits import SHORTEST_STATEMENT, visible_length
from banso.rulebook.verdicts import Clause, Verdict

OPENNESS = Clause("R1")
PUBLICATION = Clause("R2")
WITHHOLDING = Clause("R5")
REQUEST = Clause("R6")

DEFAULT_OPENNESS: Final = "open"

RESEARCH_SIDE: Final = "research-side"
NEEDS_SIDE: Final = "needs-side"

# The kind `ministry` covers agencies of the state; a funding agency is of the research side.
REQUESTER_KINDS = frozenset({"ministry"})
MATURE = frozenset({"middle", "high"})
MATURITIES = frozenset({"low"}) | MATURE

WithholdingState = Literal["open", "ended", "in-force"]


class Stance(StrEnum):
    """What a member last said to a request to withhold; silence is a stance of its own."""

    SILENT = "silent"
    CONSENTED = "consented"
    REFUSED = "refused"
    WITHDREW = "withdrew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Someone who was asked, with what exactly they consented to.

    Versions are never used twice: who edits a text back, or leaves and joins again, makes a new
    one, so that no consent that was voided comes alive again.
    """

    person: object
    side: str
    in_office: bool
    stance: str = Stance.SILENT
    consented_text_version: str = ""
    consented_roll_version: str = ""


def may_publish() -> Verdict:
    """Allow every publication; this rule takes no facts, so that none can ever refuse it.

    It holds while a withholding is in force, too: an author may not be a member and consented to
    nothing. Publishing the withheld part ends the withholding (see `publication_effect`).
    """
    return PUBLICATION.allow()


def publication_effect(
    state: WithholdingState, *, is_the_part_published: bool = True
) -> WithholdingState:
    """End a request or withholding by publishing its part; the rest may go out beside it."""
    return "ended" if is_the_part_published else state


def may_take_effect(
    *,
    members: Collection[Member],
    text_version: str,
    roll_version: str,
    published: bool,
    representative_in_office: bool,
) -> Verdict:
    """Withhold only what everyone in office consented to, the research side among them.

    One refusal is final, also when whoever refused has left since: leaving completes nothing.
    """
    if published:
        return WITHHOLDING.refuse("already-published")
    if any(member.stance == Stance.REFUSED for member in members):
        return WITHHOLDING.refuse("one-member-refused")
    agreement = council_may_agree(representative_in_office=representative_in_office)
    if agreement.is_refusal:
        return agreement
    in_office = [member for member in members if member.in_office]
    if not any(member.side == RESEARCH_SIDE for member in in_office):
        return WITHHOLDING.refuse("no-research-side-in-office")
    if not all(_consents(member, text_version, roll_version) for member in in_office):
        return WITHHOLDING.refuse("not-everyone-consented")
    return WITHHOLDING.allow()


def withholding_state(
    *,
    members: Collection[Member],
    text_version: str,
    roll_version: str,
    published: bool,
    representative_in_office: bool,
    took_effect: bool = False,
    has_lapsed: bool = False,
) -> WithholdingState:
    """Tell all that the members ever see of a request: open, ended or in force.

    Once it took effect, the stances are those of the review: joining, leaving and silence change
    nothing before it lapses, and one refusal ends it still.
    """
    effect = may_take_effect(
        members=members,
        text_version=text_version,
        roll_version=roll_version,
        published=published,
        representative_in_office=representative_in_office,
    )
    if has_lapsed or effect.reason in {"already-published", "one-member-refused"}:
        return "ended"
    return "open" if effect.is_refusal and not took_effect else "in-force"


def may_respond(
    *,
    response: str,
    stance: str,
    state: str,
    in_office: bool,
    for_self: bool,
    has_text_changed: bool = False,
    under_review: bool = False,
) -> Verdict:
    """Let a member in office consent, refuse or take consent back until it takes effect.

    Nobody answers a text other than the one that they have read.
    """
    if not for_self:
        return WITHHOLDING.refuse("answer-for-another")
    if not in_office:
        return WITHHOLDING.refuse("not-in-office")
    if state == "ended" or (state == "in-force" and not under_review):
        return WITHHOLDING.refuse("request-is-closed")
    if has_text_changed:
        return WITHHOLDING.refuse("text-has-changed")
    if response == Stance.WITHDREW and stance != Stance.CONSENTED:
        return WITHHOLDING.refuse("no-consent-to-take-back")
    return WITHHOLDING.allow()


def may_request_withholding(
    *,
    requester_kind: str,
    requester_is_member: bool,
    is_published: bool,
    clear_diversion: str,
    grave_effect: str,
    maturity: str | None,
    has_foreseen_concern: bool | None,
    has_another_request: bool = False,
) -> Verdict:
    """Hear a member ministry about an unpublished result, never on a hunch.

    Maturity and concern come from the concept's record. What is not recorded there speaks for
    openness: the record has to be completed first.
    """
    if requester_kind not in REQUESTER_KINDS:
        return REQUEST.refuse("requester-not-a-ministry")
    if not requester_is_member:
        return REQUEST.refuse("requester-not-a-member")
    may_be_asked = may_be_asked_for(
        is_published=is_published,
        has_another_request=has_another_request,
        maturity=maturity,
        has_foreseen_concern=has_foreseen_concern,
    )
    if may_be_asked.is_refusal:
        return may_be_asked
    if min(visible_length(clear_diversion), visible_length(grave_effect)) < SHORTEST_STATEMENT:
        return REQUEST.refuse("diversion-or-effect-not-stated", fewest=SHORTEST_STATEMENT)
    return REQUEST.allow()


def may_be_asked_for(
    *,
    is_published: bool,
    has_another_request: bool,
    maturity: str | None,
    has_foreseen_concern: bool | None,
) -> Verdict:
    """Tell before a word is written whether a request about a result can be made at all."""
    if is_published:
        return REQUEST.refuse("already-published")
    if has_another_request:
        return REQUEST.refuse("another-request-stands")
    return _for_the_technology(maturity, has_foreseen_concern)


def may_take_request_back(*, state: WithholdingState) -> Verdict:
    """Let whoever asked end their request, while it is open and while it is in force."""
    if state == "ended":
        return REQUEST.refuse("request-has-ended")
    return REQUEST.allow()


def is_too_late_to_answer(*, answer_by_on: date, on: date) -> bool:
    """End an open request after the last day to answer; silence completes nothing (R7)."""
    return on > answer_by_on


def lapses(*, ends_on: date, review_on: date, renewed_by_all: bool, on: date) -> bool:
    """Open a result when its period ends, or when its review date comes without all consenting.

    Both are the first open day, and nobody has to act for it.
    """
    return on >= ends_on or (on >= review_on and not renewed_by_all)


def _consents(member: Member, text_version: str, roll_version: str) -> bool:
    return (
        member.stance == Stance.CONSENTED
        and member.consented_text_version == text_version
        and member.consented_roll_version == roll_version
    )


def _for_the_technology(maturity: str | None, has_foreseen_concern: bool | None) -> Verdict:  # noqa: FBT001 - two facts of one record, passed on by the rule above
    if has_foreseen_concern or maturity in MATURE:
        return REQUEST.allow()
    if maturity not in MATURITIES or has_foreseen_concern is None:
        return REQUEST.refuse("maturity-or-concern-not-recorded")
    return REQUEST.refuse("low-maturity-and-no-concern")
