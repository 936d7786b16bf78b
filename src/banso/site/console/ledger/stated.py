"""Which columns of which tables hold what an act's entry states, so that an audit compares them.

A fact is listed here when nothing changes it after its act. What is edited, returned or taken
back is bound by the receipt or by the next act, not by this list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from banso.calls.models import Call
from banso.councils.models import AgreedItem, Council, CouncilMeeting, Membership, Response
from banso.projects.models import Project, TeamChange
from banso.protected.models import Delivery, ProtectedItem, Reply
from banso.results.models import Consent, Result, Withholding
from banso.review.models import (
    Assessment,
    Assignment,
    Decision,
    Letter,
    SecurityExamination,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Stated:
    """Where the facts of one act are: each value of an entry, and the column that has it."""

    act: str
    model: Any  # a model's class, whose `objects` its type does not know
    # The path from the row to the entry's subject.
    subject: str = "pk"
    at: str = ""
    actor: str = ""
    # A column by the name of the detail; one that ends in _sha256 is the hash of a text.
    details: Mapping[str, str] = field(default_factory=dict)
    # What the act alone says.
    fixed: Mapping[str, str] = field(default_factory=dict)


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


_REVIEW: Final = (
    Stated(
        "review.assign_reviewer",
        Assignment,
        at="assigned_at",
        actor="assigned_by",
        details=_same("proposal", "person"),
    ),
    Stated("review.pledge_secrecy", Assignment, at="pledged_at", actor="person"),
    Stated(
        "review.declare_conflict",
        Assignment,
        at="declared_at",
        actor="person",
        details=_same("conflict"),
    ),
    Stated(
        "review.submit_assessment",
        Assessment,
        at="submitted_at",
        actor="assignment__person",
        details=_same("feasibility", "soundness", "comment"),
    ),
    Stated(
        "review.examine_security",
        SecurityExamination,
        at="examined_at",
        actor="examined_by",
        details=_same("proposal", "measures"),
    ),
    Stated(
        "review.decide_proposal",
        Decision,
        at="decided_at",
        actor="decided_by",
        details=_same("proposal", "recommendation", "outcome", "departure_reason"),
    ),
    Stated(
        "review.decide_proposal",
        Letter,
        subject="proposal__decision",
        at="sent_at",
        details=_same("proposal", "outcome", "reasons"),
    ),
)
_CALLS_AND_PROJECTS: Final = (
    Stated("calls.announce_call", Call, at="announced_at", details=_same("slug")),
    Stated("calls.open_call", Call, at="opened_at"),
    Stated(
        "projects.start_project",
        Project,
        details=_same("proposal", "code", "amount_yen"),
    ),
    Stated(
        "projects.request_team_change",
        TeamChange,
        at="requested_at",
        actor="requested_by",
        details=_same("project", "member", "ground"),
    ),
    Stated("projects.acknowledge_team_change", TeamChange, at="seen_at", actor="member__person"),
    Stated("projects.end_team_change", TeamChange, at="ended_at", actor="member__person"),
    Stated(
        "projects.apply_team_change",
        TeamChange,
        at="applied_at",
        details={"member": "member", "until_on": "member__until_on"},
    ),
)
_COUNCILS: Final = (
    Stated("councils.establish_council", Council, at="established_at"),
    Stated("councils.accept_invitation", Membership, at="accepted_at", actor="person"),
    Stated("councils.decline_invitation", Membership, at="declined_at", actor="person"),
    Stated("councils.leave_council", Membership, at="left_at", actor="person"),
    Stated("councils.hold_meeting", CouncilMeeting, details=_same("council", "held_at")),
    Stated(
        "councils.agree_item",
        AgreedItem,
        at="agreed_at",
        details={
            **_same("council", "agenda_item", "research_side_took_part"),
            "text_sha256": "text",
        },
    ),
    Stated(
        "councils.answer_item",
        Response,
        at="answered_at",
        actor="answered_by",
        details={**_same("agreed_item", "project", "answer"), "reason_sha256": "reason"},
    ),
    Stated(
        "councils.show_evidence",
        Response,
        at="evidence_at",
        details={"evidence_sha256": "evidence"},
    ),
)
_INFORMATION: Final = (
    Stated(
        "protected.offer_item",
        ProtectedItem,
        at="offered_at",
        actor="provider",
        details=_same("council", "silence_until", "answers_until"),
    ),
    Stated("protected.release_item", ProtectedItem, at="released_at"),
    Stated(
        "protected.accept_offer",
        Reply,
        subject="offer",
        at="at",
        actor="offer__person",
        fixed={"answer": Reply.Answer.ACCEPT},
    ),
    Stated(
        "protected.decline_offer",
        Reply,
        subject="offer",
        at="at",
        actor="offer__person",
        fixed={"answer": Reply.Answer.DECLINE},
    ),
    Stated("protected.open_item", Delivery, actor="person", details=_same("number")),
)
_RESULTS: Final = (
    Stated("results.publish_result", Result, at="published_at", details=_same("doi")),
    Stated(
        "results.request_withholding",
        Withholding,
        actor="requested_by",
        details=_same("result", "council", "text_sha256"),
    ),
    Stated(
        "results.request_withholding",
        Consent,
        subject="withholding",
        at="at",
        actor="person",
        details=_same("text_sha256", "roll_sha256"),
        fixed={"stance": Consent.Stance.CONSENT},
    ),
    Stated(
        "results.answer_withholding",
        Consent,
        subject="withholding",
        at="at",
        actor="person",
        details=_same("stance", "text_sha256", "roll_sha256"),
    ),
)
STATED: Final = (*_REVIEW, *_CALLS_AND_PROJECTS, *_COUNCILS, *_INFORMATION, *_RESULTS)
