"""What waits for a person, whatever their roles; each part comes from its own app."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from banso.calls.queries import calls_to_run, my_proposals, proposals_to_approve
from banso.councils.queries import (
    agreed_items_to_answer,
    invitations_for,
    representations_for,
)
from banso.ledger.clock import read_clock
from banso.projects.queries import my_projects, proposals_to_start, team_changes_about
from banso.protected.queries import offers_for
from banso.results.queries import results_to_publish, withholdings_for
from banso.review.queries import calls_to_judge, tasks_for
from banso.web.formats import active_language, time_left

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from banso.councils.models import Council
    from banso.people.actors import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that waits for a person: what, where, until when."""

    title: str
    address: str
    note: str = ""
    due: datetime | None = None
    left: str = ""
    is_sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedGroup:
    """Things of one kind that wait, with the list in which all of that kind stand."""

    heading: str
    list_address: str
    needs: list[Need] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskList:
    """A list of the desk, with how much is in it."""

    title: str
    address: str
    note: str
    count: int


class NoDesk(ObjectDoesNotExist):
    """The viewer runs nothing, so there is no desk of theirs."""


def needs_of(viewer: Actor) -> list[NeedGroup]:
    """Gather what waits for the viewer now; a group with nothing in it is left out."""
    at = read_clock()
    groups = [gather(viewer, at) for gather in _SOURCES]
    return [group for group in groups if group.needs]


def desk_of(viewer: Actor) -> list[DeskList]:
    """Count what is on the desk of whoever runs calls and projects; others have none."""
    if not (viewer.agencies or viewer.directs):
        raise NoDesk
    at = read_clock()
    to_judge = list(calls_to_judge(viewer, at=at))
    return [
        DeskList(
            title=_("Calls"),
            address=reverse("calls:desk"),
            note=_("Announce, open, see what was received."),
            count=calls_to_run(viewer).count(),
        ),
        DeskList(
            title=_("Review and decisions"),
            address=reverse("review:desk"),
            note=_("Assign reviewers, examine, decide. Closed calls with proposals to decide:"),
            count=sum(1 for call in to_judge if call.received > call.decided),
        ),
        DeskList(
            title=_("Projects"),
            address=reverse("projects:desk"),
            note=_("Start projects of adopted proposals. Waiting to be started:"),
            count=proposals_to_start(viewer, at=at).count(),
        ),
        DeskList(
            title=_("Projects that you run"),
            address=reverse("projects:my_projects"),
            note=_("Plans, teams and agreed items."),
            count=my_projects(viewer).count(),
        ),
    ]


def _proposals(viewer: Actor, at: datetime) -> NeedGroup:
    unsent = my_proposals(viewer).filter(
        lead_id=viewer.person_id, submitted_at=None, call__closes_at__gt=at
    )
    notes = {
        "draft": _("Draft: finish it and send it to your institution"),
        "with-institution": _("Your institution has it for approval"),
        "approved": _("Approved: submit it"),
    }
    return NeedGroup(
        heading=_("Proposals to submit"),
        list_address=reverse("calls:my_proposals"),
        needs=[
            Need(
                title=_text(proposal.title_ja, proposal.title_en),
                address=reverse("calls:proposal", args=[proposal.pk]),
                note=notes[proposal.state],
                due=proposal.call.closes_at,
                left=_left(proposal.call.closes_at, at),
                is_sample=proposal.is_sample,
            )
            for proposal in unsent
        ],
    )


def _approvals(viewer: Actor, at: datetime) -> NeedGroup:
    return NeedGroup(
        heading=_("Proposals that wait for your institution's approval"),
        list_address=reverse("calls:approvals"),
        needs=[
            Need(
                title=_text(proposal.title_ja, proposal.title_en),
                address=reverse("calls:approval", args=[proposal.pk]),
                due=proposal.call.closes_at,
                left=_left(proposal.call.closes_at, at),
                is_sample=proposal.is_sample,
            )
            for proposal in proposals_to_approve(viewer, at)
        ],
    )


def _reviews(viewer: Actor, _at: datetime) -> NeedGroup:
    notes = {
        "to-pledge": _("Make the pledge of secrecy"),
        "to-declare": _("Declare whether you have a conflict of interest"),
        "to-assess": _("Write the assessment"),
    }
    return NeedGroup(
        heading=_("Reviews"),
        list_address=reverse("review:reviews"),
        needs=[
            Need(
                title=_text(task.title_ja, task.title_en),
                address=reverse("review:assignment", args=[task.id]),
                note=notes[task.state],
                is_sample=task.is_sample,
            )
            for task in tasks_for(viewer)
            if task.state in notes
        ],
    )


def _calls_to_open(viewer: Actor, at: datetime) -> NeedGroup:
    due = calls_to_run(viewer).filter(
        agency_id__in=viewer.agencies,
        announced_at__isnull=False,
        opened_at=None,
        opens_at__lte=at,
        closes_at__gt=at,
    )
    return NeedGroup(
        heading=_("Calls to open"),
        list_address=reverse("calls:desk"),
        needs=[
            Need(
                title=_text(call.title_ja, call.title_en),
                address=reverse("calls:desk_call", args=[call.slug]),
                note=_("Its opening instant has come"),
                due=call.opens_at,
                is_sample=call.is_sample,
            )
            for call in due
        ],
    )


def _decisions(viewer: Actor, at: datetime) -> NeedGroup:
    waiting = calls_to_judge(viewer, at=at).filter(
        agency_id__in=viewer.agencies, received__gt=F("decided")
    )
    return NeedGroup(
        heading=_("Decisions"),
        list_address=reverse("review:desk"),
        needs=[
            Need(
                title=_text(call.title_ja, call.title_en),
                address=reverse("review:desk_call", args=[call.slug]),
                note=_("%(decided)s of %(received)s proposals are decided")
                % {"decided": call.decided, "received": call.received},
                is_sample=call.is_sample,
            )
            for call in waiting
        ],
    )


def _projects_to_start(viewer: Actor, at: datetime) -> NeedGroup:
    return NeedGroup(
        heading=_("Projects to start"),
        list_address=reverse("projects:desk"),
        needs=[
            Need(
                title=_text(proposal.title_ja, proposal.title_en),
                address=reverse("projects:start", args=[proposal.pk]),
                note=_("The proposal was adopted"),
                is_sample=proposal.is_sample,
            )
            for proposal in proposals_to_start(viewer, at=at)
        ],
    )


def _team_changes(viewer: Actor, _at: datetime) -> NeedGroup:
    return NeedGroup(
        heading=_("Requests to change a team that concern you"),
        list_address=reverse("projects:my_projects"),
        needs=[
            Need(
                title=_text(change.project.title_ja, change.project.title_en),
                address=reverse("projects:acknowledge", args=[change.pk]),
                note=_("Read the request and its ground"),
                is_sample=change.project.is_sample,
            )
            for change in team_changes_about(viewer).filter(seen_at=None)
        ],
    )


def _council_questions(viewer: Actor, _at: datetime) -> NeedGroup:
    note = _("Join or not, as you like; nobody is told why")
    invited = [
        Need(
            title=_("Invitation to the council of %(concept)s")
            % {"concept": _concept(membership.council)},
            address=reverse("councils:invitation", args=[membership.pk]),
            note=note,
            is_sample=membership.council.is_sample,
        )
        for membership in invitations_for(viewer)
    ]
    asked = [
        Need(
            title=_("Represent the R&D in the council of %(concept)s")
            % {"concept": _concept(council)},
            address=reverse("councils:representation", args=[council.pk]),
            note=_("Consent or not"),
            is_sample=council.is_sample,
        )
        for council in representations_for(viewer)
    ]
    return NeedGroup(
        heading=_("Councils"), list_address=reverse("councils:councils"), needs=invited + asked
    )


def _agreed_items(viewer: Actor, _at: datetime) -> NeedGroup:
    return NeedGroup(
        heading=_("Agreed items to answer"),
        list_address=reverse("councils:agreed_items"),
        needs=[
            Need(
                title=_("Agreed item %(number)s of the council of %(concept)s")
                % {"number": item.number, "concept": _concept(item.council)},
                address=reverse("councils:agreed_item", args=[item.pk]),
                note=_("Adopt, adopt in part or do not adopt, with your reason"),
            )
            for item in agreed_items_to_answer(viewer)
        ],
    )


def _offers(viewer: Actor, at: datetime) -> NeedGroup:
    return NeedGroup(
        heading=_("Protected information that is offered to you"),
        list_address=reverse("protected:register"),
        needs=[
            Need(
                title=offer.item.title,
                address=reverse("protected:offer", args=[offer.pk]),
                note=_("Accept or decline after reading the card; silence accepts nothing"),
                due=offer.item.answers_until,
                left=_left(offer.item.answers_until, at),
                is_sample=offer.item.is_sample,
            )
            for offer in offers_for(viewer)
        ],
    )


def _withholdings(viewer: Actor, _at: datetime) -> NeedGroup:
    return NeedGroup(
        heading=_("Requests to withhold"),
        list_address=reverse("results:withholdings"),
        needs=[
            Need(
                title=_text(seen.withholding.result.title_ja, seen.withholding.result.title_en),
                address=reverse("results:withholding", args=[seen.withholding.pk]),
                note=_("Answer or not, as you like; silence leaves the result open"),
                is_sample=seen.withholding.result.is_sample,
            )
            for seen in withholdings_for(viewer)
            if seen.waits_for_viewer
        ],
    )


def _results(viewer: Actor, _at: datetime) -> NeedGroup:
    return NeedGroup(
        heading=_("Results that you can publish"),
        list_address=reverse("results:my_results"),
        needs=[
            Need(
                title=_text(result.title_ja, result.title_en),
                address=reverse("results:publish_result", args=[result.pk]),
                note=_("At any time, without anybody's permission"),
                is_sample=result.is_sample,
            )
            for result in results_to_publish(viewer)
        ],
    )


_SOURCES: tuple[Callable[[Actor, datetime], NeedGroup], ...] = (
    *(_proposals, _approvals, _reviews, _calls_to_open, _decisions, _projects_to_start),
    *(_team_changes, _council_questions, _agreed_items, _offers, _withholdings, _results),
)


def _concept(council: Council) -> str:
    return _text(council.concept.title, council.concept.title_en)


def _text(japanese: str, english: str) -> str:
    return english if active_language() == "en" and english else japanese


def _left(until: datetime, at: datetime) -> str:
    return time_left(until, at, active_language())
