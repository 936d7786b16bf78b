"""What proposals give to the apps on their left, with the desk of whoever runs their calls."""

from __future__ import annotations

from datetime import MAXYEAR, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.calls.queries import calls_to_open, calls_to_run
from banso.proposals.checking import check_files
from banso.proposals.events import TOLD
from banso.proposals.messages import NOT_OPENED, REFUSALS
from banso.proposals.models import Exclusion, Proposal, Receipt, TeamMember
from banso.proposals.permissions import SUBMIT_PROPOSAL, WITHDRAW_SUBMISSION
from banso.proposals.queries.auditing import receipts_against_entries
from banso.proposals.queries.drafting import proposals_to_submit
from banso.proposals.queries.institution import proposals_to_approve
from banso.web.explanations import shown
from banso.web.fronts import (
    Applies,
    DeskList,
    Detail,
    Front,
    MenuEntry,
    Receipted,
    ReceiptKind,
    TaskSource,
    in_language,
)
from banso.web.fronts.concepts import Stage
from banso.web.fronts.jobs import JobKind
from banso.web.fronts.tasks import Task, left_until, tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from banso.people.actors import Actor
    from banso.web.fronts import Facts, Titled
    from banso.web.fronts.tasks import Tasks


def _not_open_yet(facts: Facts) -> str:
    opens_at = facts["opens_at"]
    if isinstance(opens_at, datetime) and opens_at.year == MAXYEAR:
        return str(NOT_OPENED)
    return str(REFUSALS["call-not-open-yet"]) % {"opens_at": shown("opens_at", opens_at)}


def proposes(_on: date) -> Exists:
    """Ask whether the person is in the team of a proposal."""
    return Exists(TeamMember.objects.filter(person_id=OuterRef("pk")))


def _proposals(viewer: Actor, keys: Sequence[str]) -> Iterable[Titled]:
    readable = Proposal.objects.visible_to(viewer).filter(pk__in=keys)
    return readable.values_list("pk", "title_ja", "title_en")


def _proposals_to_submit(viewer: Actor, at: datetime) -> Tasks:
    """List the lead's proposals that are not submitted while the call still takes them."""
    notes = {
        "draft": _("Draft: finish it and send it to your institution"),
        "with-institution": _("Your institution has it for approval"),
        "approved": _("Approved: submit it"),
    }
    return tasks_of(
        proposals_to_submit(viewer, at),
        lambda proposal: Task(
            title=in_language(proposal.title_ja, proposal.title_en),
            address=reverse("proposals:proposal", args=[proposal.pk]),
            note=notes[proposal.state],
            due=proposal.call.closes_at,
            left=left_until(proposal.call.closes_at, at),
            is_sample=proposal.is_sample,
        ),
        heading=_("Proposals to submit"),
        list_address="proposals:my_proposals",
    )


def _proposals_to_approve(viewer: Actor, at: datetime) -> Tasks:
    """List what waits for the approval of the viewer's institution."""
    return tasks_of(
        proposals_to_approve(viewer, at),
        lambda proposal: Task(
            title=in_language(proposal.title_ja, proposal.title_en),
            address=reverse("proposals:approval", args=[proposal.pk]),
            due=proposal.call.closes_at,
            left=left_until(proposal.call.closes_at, at),
            is_sample=proposal.is_sample,
        ),
        heading=_("Proposals that wait for your institution's approval"),
        list_address="proposals:approvals",
    )


def _calls_to_open(viewer: Actor, at: datetime) -> Tasks:
    """List calls whose opening instant has come and that nobody opened."""
    return tasks_of(
        calls_to_open(viewer, at),
        lambda call: Task(
            title=in_language(call.title_ja, call.title_en),
            address=reverse("proposals:desk_call", args=[call.slug]),
            note=_("Its opening instant has come"),
            due=call.opens_at,
            is_sample=call.is_sample,
        ),
        heading=_("Calls to open"),
        list_address="proposals:desk",
    )


def _desk(viewer: Actor, _at: datetime) -> DeskList:
    return DeskList(
        title=_("Calls"),
        address=reverse("proposals:desk"),
        note=_("Announce, open, see what was received."),
        count=calls_to_run(viewer).count(),
    )


FRONT = Front(
    jobs={
        "proposals.check_files": JobKind(
            label=gettext_lazy("Check files that nobody has looked into"),
            run=check_files,
            every=timedelta(minutes=5),
        )
    },
    told=TOLD,
    refusals={**REFUSALS, "call-not-open-yet": _not_open_yet},
    menu=(
        MenuEntry(
            place=10,
            label=gettext_lazy("My proposals"),
            address="proposals:my_proposals",
            applies=Applies(record=proposes),
        ),
        MenuEntry(
            place=20,
            label=gettext_lazy("Approvals"),
            address="proposals:approvals",
            applies=Applies(role=lambda viewer: bool(viewer.institutions)),
        ),
    ),
    tasks=(
        TaskSource(applies=Applies(record=proposes), gather=_proposals_to_submit),
        TaskSource(
            applies=Applies(role=lambda viewer: bool(viewer.institutions)),
            gather=_proposals_to_approve,
        ),
        TaskSource(
            applies=Applies(role=lambda viewer: bool(viewer.agencies)), gather=_calls_to_open
        ),
    ),
    desk=(_desk,),
    titles={"proposals.proposal": _proposals},
    receipt_kinds={
        "submission": ReceiptKind(10, gettext_lazy("Submissions")),
    },
    receipts={
        SUBMIT_PROPOSAL.name: Receipted(
            "submission",
            gettext_lazy("Submitted a proposal"),
            {"receipt": Detail(gettext_lazy("Number of the receipt of the call"))},
        ),
        WITHDRAW_SUBMISSION.name: Receipted(
            "submission", gettext_lazy("Withdrew a submitted proposal")
        ),
    },
    audits=(receipts_against_entries,),
    stages={
        "proposals": Stage(
            rows=lambda: Proposal.objects.filter(submitted_at__isnull=False),
            concept="call__concept",
        ),
        "receipts": Stage(rows=Receipt.objects.all, concept="proposal__call__concept"),
        "conflicts": Stage(rows=Exclusion.objects.all, concept="proposal__call__concept"),
    },
)
