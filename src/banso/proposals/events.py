"""What is told about proposals: to their teams and to the institutions that approve them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from banso.calls.permissions import OPEN_CALL
from banso.people.actors import INSTITUTION_OFFICER
from banso.people.queries.serving import officers_of
from banso.proposals.models import Proposal, TeamMember
from banso.proposals.permissions import (
    APPROVE_PROPOSAL,
    ATTACH_FILE,
    DRAFT_PROPOSAL,
    EDIT_PROPOSAL,
    RETURN_PROPOSAL,
    SEND_TO_INSTITUTION,
    SUBMIT_PROPOSAL,
    WITHDRAW_SUBMISSION,
)
from banso.web.fronts.events import Deadlines, Due, Event, NoticeKind, Telling, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from banso.web.fronts.events import Happened

PROPOSAL = "proposals.proposal"


def _proposal(happened: Happened) -> Proposal:
    # What whoever is told may read is asked when it is written; here is only whom it concerns.
    found = Proposal.objects.filter(pk=happened.subject_id).select_related("call")
    return found.get()


def _tell(proposal: Proposal, people: Iterable[UUID]) -> Iterator[Telling]:
    for person_id in sorted(set(people)):
        yield Telling(
            person_id=person_id,
            subject_type=PROPOSAL,
            subject_id=proposal.pk,
            deadline_at=proposal.call.closes_at if proposal.submitted_at is None else None,
        )


def _officers(proposal: Proposal, day: date) -> list[UUID]:
    return officers_of(INSTITUTION_OFFICER, proposal.institution_id, on=day)


def _team(proposal: Proposal) -> list[UUID]:
    return list(TeamMember.objects.filter(proposal=proposal).values_list("person_id", flat=True))


def _lead(happened: Happened) -> Iterator[Telling]:
    proposal = _proposal(happened)
    return _tell(proposal, [proposal.lead_id])


def _others_of_the_team(happened: Happened) -> Iterator[Telling]:
    proposal = _proposal(happened)
    return _tell(proposal, {*_team(proposal)} - {proposal.lead_id})


def _institution(happened: Happened) -> Iterator[Telling]:
    proposal = _proposal(happened)
    return _tell(proposal, _officers(proposal, localdate(happened.at)))


def _institution_and_team(happened: Happened) -> Iterator[Telling]:
    proposal = _proposal(happened)
    officers = _officers(proposal, localdate(happened.at))
    return _tell(proposal, {*officers, *_team(proposal)} - {proposal.lead_id})


def _leads_of_drafts(happened: Happened) -> Iterator[Telling]:
    """Tell those who drafted before their call opened."""
    drafts = Proposal.objects.filter(call_id=happened.subject_id, submitted_at=None)
    for proposal in drafts.select_related("call").order_by("pk"):
        yield from _tell(proposal, [proposal.lead_id])


def _page(key: str) -> str:
    return reverse("proposals:proposal", args=[key])


def _approval(key: str) -> str:
    return reverse("proposals:approval", args=[key])


def _to_submit(start: datetime, end: datetime, person_id: UUID | None) -> Iterator[Due]:
    unsent = Proposal.objects.filter(
        submitted_at=None, call__closes_at__gt=start, call__closes_at__lte=end
    )
    if person_id is not None:
        unsent = unsent.filter(lead_id=person_id)
    for proposal in unsent.select_related("call").order_by("call__closes_at", "pk"):
        yield _due(proposal, proposal.lead_id, proposal.drafted_at)


def _to_approve(start: datetime, end: datetime, person_id: UUID | None) -> Iterator[Due]:
    sent = Proposal.objects.filter(
        submitted_at=None,
        sent_to_institution_at__isnull=False,
        call__closes_at__gt=start,
        call__closes_at__lte=end,
    ).exclude(approved_version=F("version"))
    for proposal in sent.select_related("call").order_by("call__closes_at", "pk"):
        for officer in _officers(proposal, localdate(start)):
            if person_id in {None, officer}:
                yield _due(proposal, officer, proposal.sent_to_institution_at or start)


def _due(proposal: Proposal, person_id: UUID, since: datetime) -> Due:
    return Due(
        person_id=person_id,
        subject_type=PROPOSAL,
        subject_id=proposal.pk,
        deadline_at=proposal.call.closes_at,
        since=since,
    )


def _event(name: str, words: StrOrPromise, tell: object, **facts: object) -> Event:
    return Event(name=name, kind="proposals", words=words, tell=tell, **{"page": _page, **facts})  # type: ignore[arg-type] # facts of an event


TOLD = Told(
    kinds={
        "proposals": NoticeKind(place=30, label=_("Proposals and approvals"), must_reach=True),
    },
    events={
        OPEN_CALL.name: (
            _event(
                "proposals.call_opened",
                _("The call of your draft is open, so you can submit it: %(title)s"),
                _leads_of_drafts,
            ),
        ),
        DRAFT_PROPOSAL.name: (
            _event(
                "proposals.named",
                _("You were named in the team of a proposal: %(title)s"),
                _others_of_the_team,
                once=True,
            ),
        ),
        EDIT_PROPOSAL.name: (
            _event(
                "proposals.named",
                _("You were named in the team of a proposal: %(title)s"),
                _others_of_the_team,
                once=True,
            ),
        ),
        SEND_TO_INSTITUTION.name: (
            _event(
                "proposals.to_approve",
                _("A proposal waits for your institution's approval: %(title)s"),
                _institution,
                page=_approval,
                shows_reach=True,
            ),
        ),
        RETURN_PROPOSAL.name: (
            _event(
                "proposals.returned",
                _("Your institution returned the proposal with its reasons: %(title)s"),
                _lead,
                shows_reach=True,
            ),
        ),
        APPROVE_PROPOSAL.name: (
            _event(
                "proposals.approved",
                _("Your institution approved the proposal, so you can submit it: %(title)s"),
                _lead,
                shows_reach=True,
            ),
        ),
        SUBMIT_PROPOSAL.name: (
            _event(
                "proposals.received",
                _("The proposal was received, and its receipt is on its page: %(title)s"),
                _lead,
                tells_actor=True,
            ),
            _event(
                "proposals.submitted",
                _("The proposal was submitted: %(title)s"),
                _institution_and_team,
            ),
        ),
        WITHDRAW_SUBMISSION.name: (
            _event(
                "proposals.withdrawn",
                _("A submission was withdrawn and can be sent again until closing: %(title)s"),
                _institution_and_team,
            ),
        ),
    },
    deadlines=(
        Deadlines(
            name="proposals.to_submit",
            kind="reminders",
            words=_("Submit the proposal before its call closes: %(title)s"),
            calendar_words=_("Closing of a call for which you draft a proposal"),
            find=_to_submit,
            page=_page,
        ),
        Deadlines(
            name="proposals.to_decide_approval",
            kind="reminders",
            words=_("Approve or return the proposal before its call closes: %(title)s"),
            calendar_words=_("Closing of a call with a proposal for you to approve"),
            find=_to_approve,
            page=_approval,
        ),
    ),
    silent={ATTACH_FILE.name: "a file of one's own draft, which its team sees"},
)
