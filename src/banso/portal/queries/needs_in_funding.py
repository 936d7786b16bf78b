"""What waits for applicants, institutions, reviewers, agencies and teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from banso.calls.queries import calls_to_run
from banso.portal.queries.need import Need, NeedGroup, in_language, left_until
from banso.projects.queries import proposals_to_start, team_changes_about
from banso.proposals.queries.drafting import my_proposals
from banso.proposals.queries.institution import proposals_to_approve
from banso.review.queries import calls_to_judge, tasks_for

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor
    from banso.review.queries import JudgedCall


def proposals_of(viewer: Actor, at: datetime) -> NeedGroup:
    """List the lead's proposals that are not submitted while the call still takes them."""
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
        list_address=reverse("proposals:my_proposals"),
        needs=[
            Need(
                title=in_language(proposal.title_ja, proposal.title_en),
                address=reverse("proposals:proposal", args=[proposal.pk]),
                note=notes[proposal.state],
                due=proposal.call.closes_at,
                left=left_until(proposal.call.closes_at, at),
                is_sample=proposal.is_sample,
            )
            for proposal in unsent
        ],
    )


def approvals_of(viewer: Actor, at: datetime) -> NeedGroup:
    """List what waits for the approval of the viewer's institution."""
    return NeedGroup(
        heading=_("Proposals that wait for your institution's approval"),
        list_address=reverse("proposals:approvals"),
        needs=[
            Need(
                title=in_language(proposal.title_ja, proposal.title_en),
                address=reverse("proposals:approval", args=[proposal.pk]),
                due=proposal.call.closes_at,
                left=left_until(proposal.call.closes_at, at),
                is_sample=proposal.is_sample,
            )
            for proposal in proposals_to_approve(viewer, at)
        ],
    )


def reviews_of(viewer: Actor, _at: datetime) -> NeedGroup:
    """List the reviews that are not submitted, each with its next step."""
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
                title=in_language(task.title_ja, task.title_en),
                address=reverse("review:assignment", args=[task.id]),
                note=notes[task.state],
                is_sample=task.is_sample,
            )
            for task in tasks_for(viewer)
            if task.state in notes
        ],
    )


def calls_to_open_of(viewer: Actor, at: datetime) -> NeedGroup:
    """List calls whose opening instant has come and that nobody opened."""
    due = calls_to_run(viewer).filter(
        agency_id__in=viewer.agencies,
        announced_at__isnull=False,
        opened_at=None,
        opens_at__lte=at,
        closes_at__gt=at,
    )
    return NeedGroup(
        heading=_("Calls to open"),
        list_address=reverse("proposals:desk"),
        needs=[
            Need(
                title=in_language(call.title_ja, call.title_en),
                address=reverse("proposals:desk_call", args=[call.slug]),
                note=_("Its opening instant has come"),
                due=call.opens_at,
                is_sample=call.is_sample,
            )
            for call in due
        ],
    )


def decisions_of(viewer: Actor, at: datetime) -> NeedGroup:
    """List calls of the viewer's agency with proposals that are not decided."""
    return NeedGroup(
        heading=_("Decisions"),
        list_address=reverse("review:desk"),
        needs=[
            Need(
                title=in_language(judged.call.title_ja, judged.call.title_en),
                address=reverse("review:desk_call", args=[judged.call.slug]),
                note=_("%(decided)s of %(received)s proposals are decided")
                % {"decided": judged.decided, "received": judged.received},
                is_sample=judged.call.is_sample,
            )
            for judged in calls_to_decide(viewer, at)
            if judged.call.agency_id in viewer.agencies
        ],
    )


def calls_to_decide(viewer: Actor, at: datetime) -> list[JudgedCall]:
    """List closed calls in which proposals are left to decide; conflicts bar (V2)."""
    return [judged for judged in calls_to_judge(viewer, at=at) if judged.decided < judged.received]


def projects_to_start_of(viewer: Actor, at: datetime) -> NeedGroup:
    """List adopted proposals without a project."""
    return NeedGroup(
        heading=_("Projects to start"),
        list_address=reverse("projects:desk"),
        needs=[
            Need(
                title=in_language(proposal.title_ja, proposal.title_en),
                address=reverse("projects:start", args=[proposal.pk]),
                note=_("The proposal was adopted"),
                is_sample=proposal.is_sample,
            )
            for proposal in proposals_to_start(viewer, at=at)
        ],
    )


def team_changes_of(viewer: Actor, _at: datetime) -> NeedGroup:
    """List requests about the viewer that they have not seen (G2)."""
    return NeedGroup(
        heading=_("Requests to change a team that concern you"),
        list_address=reverse("projects:my_projects"),
        needs=[
            Need(
                title=in_language(change.project.title_ja, change.project.title_en),
                address=reverse("projects:acknowledge", args=[change.pk]),
                note=_("Read the request and its ground"),
                is_sample=change.project.is_sample,
            )
            for change in team_changes_about(viewer).filter(seen_at=None, ended_at=None)
        ],
    )
