"""A team's proposals: the list of one's own, begin, write, attach, send to the institution."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from banso.calls.queries import call_for, open_calls
from banso.calls.queries import listed as listed_calls
from banso.kept.keeping import keep
from banso.proposals.commands.drafting.attach_file import attach_file
from banso.proposals.commands.drafting.draft_proposal import draft_proposal
from banso.proposals.commands.drafting.edit_proposal import edit_proposal
from banso.proposals.commands.institution.send_to_institution import send_to_institution
from banso.proposals.forms import DraftForm, FileForm, ProposalForm
from banso.proposals.permissions import ATTACH_FILE, EDIT_PROPOSAL
from banso.proposals.queries import drafting
from banso.proposals.queries.reading import proposal_for
from banso.proposals.views.judged import judged
from banso.web.addresses import address_of
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.downloads import PDF, serve_file
from banso.web.file_store import StoredBytes, store
from banso.web.forms import ActForm
from banso.web.lists.answering import answer_list
from banso.web.lists.columns import Bilingual, Column, Kind, Status
from banso.web.lists.listing import Listing
from banso.web.pages import page
from banso.web.uploads import scanned_with

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Request
    from banso.proposals.models import Proposal, ProposalFile

TEAM = _("The team of this proposal.")
TEAM_INSTITUTION_AND_DESK = _(
    "The team, the officers of its institution once it was sent there, and once it is submitted"
    " those who run the call and have no conflict."
)

MY_PROPOSALS = Listing(
    name="my-proposals",
    caption=_("Proposals in whose team you are"),
    columns=(
        Column(
            "title",
            _("Proposal"),
            lambda listed: Bilingual(listed.proposal.title_ja, listed.proposal.title_en),
            Kind.BILINGUAL,
            address=lambda listed: address_of("proposals:proposal", listed.pk),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "state",
            _("State"),
            lambda listed: Status(
                listed.proposal.state.label,
                "success" if listed.proposal.submitted_at else "info",
            ),
            Kind.STATUS,
        ),
        Column(
            "closes_at",
            _("Closes"),
            lambda listed: listed.proposal.call.closes_at,
            Kind.INSTANT,
            order=("call__closes_at",),
        ),
        Column("time_left", _("Time left"), lambda listed: listed.left),
        Column(
            "call_title",
            _("Call"),
            lambda listed: Bilingual(listed.proposal.call.title_ja, listed.proposal.call.title_en),
            Kind.BILINGUAL,
            address=lambda listed: address_of("calls:call", listed.proposal.call.slug),
        ),
        Column(
            "submitted_at",
            _("Submitted at"),
            lambda listed: listed.proposal.submitted_at,
            Kind.INSTANT,
            order=("submitted_at",),
            is_shown=False,
        ),
    ),
    order=("-call__closes_at",),
    is_sample=lambda listed: listed.proposal.is_sample,
    empty=_("You are in no team of a proposal."),
)


@require_safe
def my_proposals(request: Request) -> HttpResponseBase:
    """List the proposals in whose team the person is, and the calls that receive some."""
    return answer_list(
        request,
        MY_PROPOSALS,
        drafting.my_proposals(request.actor),
        template="proposals/drafting/my_proposals.html",
        audience=_(
            "You alone. Each proposal is open to its team and its institution; once submitted, to"
            " those who run the call and have no conflict."
        ),
        at=request.at,
        context={"open": listed_calls(list(open_calls(request.at)), at=request.at)},
        gather=partial(drafting.listed, at=request.at),
    )


@shows_and_takes
def draft(request: Request, slug: str) -> HttpResponse:
    """Begin a proposal from one of the person's own institutions."""
    call = call_for(request.actor, slug)
    form = DraftForm(sent(request), institutions=drafting.institutions_of(request.actor))
    answered = answer(request, form, partial(draft_proposal, actor=request.actor, call_id=call.pk))
    if answered.made:
        return done(
            request,
            reverse("proposals:proposal", args=[answered.made.pk]),
            _("The draft is begun. What is still missing is listed below."),
        )
    return page(
        request,
        "proposals/drafting/draft.html",
        {
            "call": call,
            "begun": drafting.begun_for(request.actor, call.pk),
            **answered.shown,
        },
        audience=_("You alone. The draft is open to its team."),
        status=answered.status,
    )


@require_safe
def proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """Show a proposal: what is missing, how much time is left, what comes next."""
    context = judged(request, proposal_for(request.actor, proposal_id))
    return page(
        request,
        "proposals/drafting/proposal.html",
        context,
        audience=TEAM_INSTITUTION_AND_DESK,
    )


@shows_and_takes
def edit(request: Request, proposal_id: UUID) -> HttpResponse:
    """Write the content of a proposal."""
    shown = proposal_for(request.actor, proposal_id)
    EDIT_PROPOSAL.require(request.actor, shown)
    people = drafting.possible_members(shown, request.at)
    form = keep(
        request,
        ProposalForm(
            sent(request),
            people=people,
            initial=_initial(shown),
            ceiling_yen=shown.call.ceiling_yen,
        ),
        subject=proposal_id,
        about=shown.title_ja,
        saved=lambda: _initial(proposal_for(request.actor, proposal_id)),
    )
    act = partial(edit_proposal, actor=request.actor, proposal_id=proposal_id)
    answered = answer(request, form, act)
    if answered.is_done:
        address = reverse("proposals:proposal", args=[proposal_id])
        return done(request, address, _("The content is saved."))
    return page(
        request,
        "proposals/drafting/edit.html",
        {"proposal": shown, **answered.shown},
        audience=TEAM,
        status=answered.status,
    )


@shows_and_takes
def attach(request: Request, proposal_id: UUID) -> HttpResponse:
    """Take the PDF: its bytes are on disk under their hash before its row is written."""
    shown = proposal_for(request.actor, proposal_id)
    ATTACH_FILE.require(request.actor, shown)

    def store_and_attach(file: UploadedFile[bytes]) -> ProposalFile:
        stored = store(file.chunks())
        return attach_file(
            actor=request.actor,
            proposal_id=proposal_id,
            part="proposal",
            name=file.name or "",
            sha256=stored.sha256,
            size=stored.size,
            scanned_with=scanned_with(file),
        )

    answered = answer(request, FileForm(sent(request), request.FILES), store_and_attach)
    if answered.is_done:
        address = reverse("proposals:proposal", args=[proposal_id])
        return done(request, address, _("The file is attached."))
    return page(
        request,
        "proposals/drafting/attach.html",
        {"proposal": shown, **answered.shown},
        audience=TEAM,
        status=answered.status,
    )


@require_safe
def file(request: Request, proposal_id: UUID, file_id: UUID) -> HttpResponseBase:
    """Give a file to whoever may read its proposal, as an attachment that runs nothing."""
    found = proposal_for(request.actor, proposal_id).files.get(pk=file_id)
    stored = StoredBytes(found.sha256, found.size)
    return serve_file(stored=stored, name=found.name, media_type=PDF)


@require_POST
def send(request: Request, proposal_id: UUID) -> HttpResponse:
    """Send the current version to the institution."""
    return act_on_proposal(
        request, proposal_id, send_to_institution, _("The proposal is with your institution.")
    )


def act_on_proposal(
    request: Request, proposal_id: UUID, act: Callable[..., object], said: StrOrPromise
) -> HttpResponse:
    """Do an act that asks nothing more, and come back to the proposal's page."""
    act = partial(act, actor=request.actor, proposal_id=proposal_id)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        return done(request, reverse("proposals:proposal", args=[proposal_id]), said)
    shown = proposal_for(request.actor, proposal_id)
    return page(
        request,
        "proposals/drafting/proposal.html",
        {**judged(request, shown), **answered.shown},
        audience=TEAM_INSTITUTION_AND_DESK,
        status=answered.status,
    )


def _initial(shown: Proposal) -> dict[str, Any]:
    lead, *members = sorted(shown.team.all(), key=lambda one: one.role != "lead")
    facts = {
        name: getattr(shown, name) for name in ProposalForm.base_fields if hasattr(shown, name)
    }
    return facts | {
        "effort_percent": lead.effort_percent,
        "member_ids": [str(one.person_id) for one in members],
    }
