"""An applicant's proposals: begin, write, attach, send, check, submit, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from banso.calls.queries import call_for, open_calls
from banso.calls.views.answers import standing, status_of
from banso.ledger.clock import read_clock
from banso.proposals.commands.drafting.attach_file import attach_file
from banso.proposals.commands.drafting.draft_proposal import draft_proposal
from banso.proposals.commands.drafting.edit_proposal import edit_proposal
from banso.proposals.commands.institution.send_to_institution import send_to_institution
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.proposals.commands.submission.withdraw_submission import withdraw_submission
from banso.proposals.forms import DraftForm, FileForm, ProposalForm
from banso.proposals.permissions import ATTACH_FILE, EDIT_PROPOSAL
from banso.proposals.queries import drafting
from banso.proposals.queries.reading import proposal_for, receipt_for
from banso.proposals.views.answers import hub, try_act
from banso.web.downloads import PDF, serve_file
from banso.web.explanations import NOTHING_REFUSED
from banso.web.file_store import StoredBytes, store
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request
    from banso.proposals.models import Proposal


@require_safe
def my_proposals(request: Request) -> HttpResponse:
    """List the proposals in whose team the person is, and the calls that receive some."""
    at = read_clock()
    context = {
        "rows": [
            {"proposal": one, **standing(one.call, at)}
            for one in drafting.my_proposals(request.actor)
        ],
        "open": [standing(one, at) for one in open_calls(at)],
    }
    return page(request, "proposals/drafting/my_proposals.html", context)


@require_http_methods(["GET", "POST"])
def draft(request: Request, slug: str) -> HttpResponse:
    """Begin a proposal from one of the person's own institutions."""
    shown = call_for(request.actor, slug)
    institutions = drafting.institutions_of(request.actor)
    form = DraftForm(request.POST or None, institutions=institutions)
    refusal, then = NOTHING_REFUSED, ""
    if form.is_valid():
        refusal, made = try_act(
            lambda: draft_proposal(actor=request.actor, call_id=shown.pk, **form.cleaned_data)
        )
        then = reverse("proposals:proposal", args=[made.pk]) if made else ""
    context = {"call": shown, "form": form, "refusal": refusal}
    return page(
        request,
        "proposals/drafting/draft.html",
        context,
        status=status_of(request, then),
        then=then,
    )


@require_safe
def proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """Show the hub of a proposal: what is missing, how much time is left, what comes next."""
    shown = proposal_for(request.actor, proposal_id)
    return page(request, "proposals/drafting/proposal.html", hub(request, shown))


@require_http_methods(["GET", "POST"])
def edit(request: Request, proposal_id: UUID) -> HttpResponse:
    """Write the content of a proposal."""
    shown = proposal_for(request.actor, proposal_id)
    EDIT_PROPOSAL.require(request.actor, shown)
    people = drafting.possible_members(shown, read_clock())
    form = ProposalForm(request.POST or None, people=people, initial=_initial(shown))
    refusal, then = NOTHING_REFUSED, ""
    if form.is_valid():
        refusal, made = try_act(
            lambda: edit_proposal(
                actor=request.actor, proposal_id=proposal_id, **form.cleaned_data
            )
        )
        then = reverse("proposals:proposal", args=[proposal_id]) if made else ""
    context = {"proposal": shown, "form": form, "refusal": refusal}
    return page(
        request,
        "proposals/drafting/edit.html",
        context,
        status=status_of(request, then),
        then=then,
    )


@require_http_methods(["GET", "POST"])
def attach(request: Request, proposal_id: UUID) -> HttpResponse:
    """Take the PDF: its bytes are on disk under their hash before its row is written."""
    shown = proposal_for(request.actor, proposal_id)
    ATTACH_FILE.require(request.actor, shown)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    refusal, then = NOTHING_REFUSED, ""
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        stored = store(upload.chunks())
        refusal, made = try_act(
            lambda: attach_file(
                actor=request.actor,
                proposal_id=proposal_id,
                part="proposal",
                name=upload.name,
                sha256=stored.sha256,
                size=stored.size,
            )
        )
        then = reverse("proposals:proposal", args=[proposal_id]) if made else ""
    context = {"proposal": shown, "form": form, "refusal": refusal}
    return page(
        request,
        "proposals/drafting/attach.html",
        context,
        status=status_of(request, then),
        then=then,
    )


@require_safe
def file(request: Request, proposal_id: UUID, file_id: UUID) -> HttpResponseBase:
    """Give a file to whoever may read its proposal, as an attachment that runs nothing."""
    found = proposal_for(request.actor, proposal_id).files.get(pk=file_id)
    stored = StoredBytes(found.sha256, found.size)
    return serve_file(stored=stored, name=found.name, media_type=PDF)


@require_http_methods(["POST"])
def send(request: Request, proposal_id: UUID) -> HttpResponse:
    """Send the current version to the institution."""
    return _act_on_hub(request, proposal_id, send_to_institution)


@require_http_methods(["POST"])
def withdraw(request: Request, proposal_id: UUID) -> HttpResponse:
    """Withdraw a submission before closing; it becomes a draft again (K5)."""
    return _act_on_hub(request, proposal_id, withdraw_submission)


@require_http_methods(["GET", "POST"])
def check(request: Request, proposal_id: UUID) -> HttpResponse:
    """Show the answers before the last step; a POST submits them, and reads nothing more (P8)."""
    refusal = NOTHING_REFUSED
    if request.method == "POST":
        refusal, receipt = try_act(
            lambda: submit_proposal(actor=request.actor, proposal_id=proposal_id)
        )
        if receipt:
            then = reverse("proposals:receipt", args=[proposal_id, receipt.number])
            return page(request, "proposals/submission/check.html", {}, then=then)
    shown = proposal_for(request.actor, proposal_id)
    context = {**hub(request, shown), "refusal": refusal}
    return page(request, "proposals/submission/check.html", context, status=status_of(request, ""))


@require_safe
def receipt(request: Request, proposal_id: UUID, number: str) -> HttpResponse:
    """Show a receipt: number, instant, and the hash of each file."""
    shown = receipt_for(request.actor, proposal_id, number)
    files = [{**one, "kilobytes": -(-one["size"] // 1024)} for one in shown.files]
    context = {
        "receipt": shown,
        "proposal": shown.proposal,
        "files": files,
        "is_own": shown.person_id == request.actor.person_id,
    }
    return page(request, "proposals/submission/receipt.html", context)


def _act_on_hub(request: Request, proposal_id: UUID, act: Callable[..., object]) -> HttpResponse:
    refusal, made = try_act(lambda: act(actor=request.actor, proposal_id=proposal_id))
    then = reverse("proposals:proposal", args=[proposal_id]) if made else ""
    shown = proposal_for(request.actor, proposal_id)
    context = {**hub(request, shown), "refusal": refusal}
    return page(
        request,
        "proposals/drafting/proposal.html",
        context,
        status=status_of(request, then),
        then=then,
    )


def _initial(shown: Proposal) -> dict[str, Any]:
    lead, *members = sorted(shown.team.all(), key=lambda one: one.role != "lead")
    return {
        "title_ja": shown.title_ja,
        "title_en": shown.title_en,
        "abstract": shown.abstract,
        "core_technology": shown.core_technology,
        "requested_yen": shown.requested_yen,
        "effort_percent": lead.effort_percent,
        "member_ids": [str(one.person_id) for one in members],
    }
