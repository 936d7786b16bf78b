"""What review gives to the apps on its left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.proposals.front import proposes
from banso.review.events import ASSIGNMENT, LETTER, TOLD, assignment_titles, letter_titles
from banso.review.messages import REFUSALS
from banso.review.models import Assessment, Assignment, Letter
from banso.review.queries import desk, reviewing
from banso.web.fronts import Applies, DeskList, Front, MenuEntry, TaskSource, in_language
from banso.web.fronts.concepts import Stage
from banso.web.fronts.tasks import Task, tasks_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from banso.people.actors import Actor
    from banso.web.fronts.tasks import Tasks


def _judges(_on: date) -> Exists:
    return Exists(Assignment.objects.filter(person_id=OuterRef("pk")))


def _reviews(viewer: Actor, _at: datetime) -> Tasks:
    """List the reviews that are not submitted, each with its next step."""
    notes = {
        "to-pledge": _("Make the pledge of secrecy"),
        "to-declare": _("Declare whether you have a conflict of interest"),
        "to-assess": _("Write the assessment"),
    }
    return tasks_of(
        reviewing.assignments_to_do(viewer),
        lambda assignment: Task(
            title=in_language(assignment.proposal.title_ja, assignment.proposal.title_en),
            address=reverse("review:assignment", args=[assignment.pk]),
            note=notes[assignment.next_step],
            is_sample=assignment.proposal.is_sample,
        ),
        heading=_("Reviews"),
        list_address="review:reviews",
    )


def _decisions(viewer: Actor, at: datetime) -> Tasks:
    """List calls of the viewer's agency with proposals that are not decided."""
    return tasks_of(
        desk.calls_to_decide(viewer, at=at).filter(agency_id__in=viewer.agencies),
        lambda call: Task(
            title=in_language(call.title_ja, call.title_en),
            address=reverse("review:desk_call", args=[call.slug]),
            note=_("Proposals in it are left to decide"),
            is_sample=call.is_sample,
        ),
        heading=_("Decisions"),
        list_address="review:desk",
    )


def _desk(viewer: Actor, at: datetime) -> DeskList:
    return DeskList(
        title=_("Review and decisions"),
        address=reverse("review:desk"),
        note=_("Assign reviewers, examine, decide. Closed calls with proposals to decide:"),
        count=desk.calls_to_decide(viewer, at=at).count(),
    )


FRONT = Front(
    refusals=REFUSALS,
    told=TOLD,
    titles={ASSIGNMENT: assignment_titles, LETTER: letter_titles},
    menu=(
        MenuEntry(
            place=30,
            label=gettext_lazy("Letters"),
            address="review:letters",
            applies=Applies(role=lambda viewer: bool(viewer.institutions), record=proposes),
        ),
        MenuEntry(
            place=40,
            label=gettext_lazy("My reviews"),
            address="review:reviews",
            applies=Applies(record=_judges),
        ),
    ),
    tasks=(
        TaskSource(applies=Applies(record=_judges), gather=_reviews),
        TaskSource(applies=Applies(role=lambda viewer: bool(viewer.agencies)), gather=_decisions),
    ),
    desk=(_desk,),
    stages={
        "assessments": Stage(
            rows=lambda: Assessment.objects.filter(submitted_at__isnull=False),
            concept="assignment__proposal__call__concept",
        ),
        "letters": Stage(rows=Letter.objects.all, concept="proposal__call__concept"),
    },
)
