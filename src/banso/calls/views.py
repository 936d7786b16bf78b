"""Pages of calls and proposals: the public list, the applicant's, the institution's, the desk."""

from __future__ import annotations

from datetime import MAXYEAR, datetime
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import FileResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from banso.calls import queries
from banso.calls.commands.announce_call import announce_call
from banso.calls.commands.approve_proposal import approve_proposal
from banso.calls.commands.attach_file import attach_file
from banso.calls.commands.draft_proposal import draft_proposal
from banso.calls.commands.edit_proposal import edit_proposal
from banso.calls.commands.open_call import open_call
from banso.calls.commands.return_proposal import return_proposal
from banso.calls.commands.send_to_institution import send_to_institution
from banso.calls.commands.submit_proposal import submit_proposal
from banso.calls.commands.withdraw_submission import withdraw_submission
from banso.calls.forms import (
    AnnounceForm,
    DraftForm,
    FileForm,
    FilterForm,
    ProposalForm,
    ReturnForm,
)
from banso.calls.messages import REFUSALS, REFUSALS_BEFORE_OPENING
from banso.calls.permissions import ATTACH_FILE, EDIT_PROPOSAL, OPEN_CALL
from banso.ledger.clock import read_clock
from banso.rulebook.verdicts import RuleRefused
from banso.web.explanations import NOTHING_REFUSED, Explanation, explain
from banso.web.exports import Column, csv_response, json_response
from banso.web.file_store import open_stored, store
from banso.web.formats import active_language, time_left
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from banso.calls.models import Call, Proposal
    from banso.people.actors import Request
    from banso.rulebook.verdicts import Verdict

ROWS_ON_A_PAGE = 50
UNPROCESSABLE = 422
COLUMNS: tuple[Column[Any], ...] = (
    Column("call", _("Call ID"), lambda call: call.slug),
    Column("title_ja", _("Title (Japanese)"), lambda call: call.title_ja),
    Column("title_en", _("Title (English)"), lambda call: call.title_en),
    Column("state", _("State"), lambda call: call.standing),
    Column("concept", _("Concept ID"), lambda call: call.concept.slug),
    Column("agency", _("Funding agency"), lambda call: call.agency.short_name),
    Column("fiscal_year", _("Fiscal year"), lambda call: call.fiscal_year),
    Column("round", _("Round"), lambda call: call.round),
    Column("type", _("Type of call"), lambda call: call.type),
    Column("slots", _("Slots"), lambda call: call.slots),
    Column("ceiling_yen", _("Most yen for one project"), lambda call: call.ceiling_yen),
    Column("opens_at", _("Opens"), lambda call: call.opens_at),
    Column("closes_at", _("Closes"), lambda call: call.closes_at),
    Column("is_sample", _("Sample record"), lambda call: call.is_sample),
)


@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """List announced calls under the chosen filter, those still open first."""
    at = read_clock()
    form, chosen = _chosen(request)
    query = request.GET.copy()
    query.pop("page", None)
    shown = Paginator(chosen, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "shown": shown,
        "rows": [_standing(call, at) for call in shown],
        "query": query.urlencode(),
        "is_filtered": any(query.values()),
    }
    return page(request, "calls/calls.html", context)


@require_safe
def calls_csv(request: HttpRequest) -> HttpResponse:
    """Give the list as CSV, under the same filter."""
    return csv_response("calls.csv", COLUMNS, _chosen(request)[1])


@require_safe
def calls_json(request: HttpRequest) -> HttpResponse:
    """Give the list as JSON, under the same filter."""
    chosen = _chosen(request)[1]
    return json_response("calls.json", COLUMNS, chosen, as_of=localdate(read_clock()))


@require_safe
def call(request: Request, slug: str) -> HttpResponse:
    """Show one call: its deadline first, then who may apply and the guidelines."""
    shown = queries.call_for(request.actor, slug)
    context = {
        "call": shown,
        "editions": queries.editions_of(shown),
        "agency_page": queries.agency_calls_page(shown),
        **_standing(shown, read_clock()),
    }
    return page(request, "calls/call.html", context)


@require_safe
def my_proposals(request: Request) -> HttpResponse:
    """List the proposals in whose team the person is, and the calls that receive some."""
    at = read_clock()
    context = {
        "rows": [
            {"proposal": one, **_standing(one.call, at)}
            for one in queries.my_proposals(request.actor)
        ],
        "open": [_standing(one, at) for one in queries.open_calls(at)],
    }
    return page(request, "calls/my_proposals.html", context)


@require_http_methods(["GET", "POST"])
def draft(request: Request, slug: str) -> HttpResponse:
    """Begin a proposal from one of the person's own institutions."""
    shown = queries.call_for(request.actor, slug)
    institutions = queries.institutions_of(request.actor)
    form = DraftForm(request.POST or None, institutions=institutions)
    refusal, then = NOTHING_REFUSED, ""
    if form.is_valid():
        refusal, made = _try(
            lambda: draft_proposal(actor=request.actor, call_id=shown.pk, **form.cleaned_data)
        )
        then = reverse("calls:proposal", args=[made.pk]) if made else ""
    context = {"call": shown, "form": form, "refusal": refusal}
    return page(request, "calls/draft.html", context, status=_status(request, then), then=then)


@require_safe
def proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """Show the hub of a proposal: what is missing, how much time is left, what comes next."""
    shown = queries.proposal_for(request.actor, proposal_id)
    return page(request, "calls/proposal.html", _hub(request, shown))


@require_http_methods(["GET", "POST"])
def edit(request: Request, proposal_id: UUID) -> HttpResponse:
    """Write the content of a proposal."""
    shown = queries.proposal_for(request.actor, proposal_id)
    EDIT_PROPOSAL.require(request.actor, shown)
    people = queries.possible_members(shown, read_clock())
    form = ProposalForm(request.POST or None, people=people, initial=_initial(shown))
    refusal, then = NOTHING_REFUSED, ""
    if form.is_valid():
        refusal, made = _try(
            lambda: edit_proposal(
                actor=request.actor, proposal_id=proposal_id, **form.cleaned_data
            )
        )
        then = reverse("calls:proposal", args=[proposal_id]) if made else ""
    context = {"proposal": shown, "form": form, "refusal": refusal}
    return page(request, "calls/edit.html", context, status=_status(request, then), then=then)


@require_http_methods(["GET", "POST"])
def attach(request: Request, proposal_id: UUID) -> HttpResponse:
    """Take the PDF: its bytes are on disk under their hash before its row is written."""
    shown = queries.proposal_for(request.actor, proposal_id)
    ATTACH_FILE.require(request.actor, shown)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    refusal, then = NOTHING_REFUSED, ""
    if form.is_bound and form.is_valid():
        upload = form.cleaned_data["file"]
        stored = store(upload.chunks())
        refusal, made = _try(
            lambda: attach_file(
                actor=request.actor,
                proposal_id=proposal_id,
                part="proposal",
                name=upload.name,
                sha256=stored.sha256,
                size=stored.size,
            )
        )
        then = reverse("calls:proposal", args=[proposal_id]) if made else ""
    context = {"proposal": shown, "form": form, "refusal": refusal}
    return page(request, "calls/attach.html", context, status=_status(request, then), then=then)


@require_safe
def file(request: Request, proposal_id: UUID, file_id: UUID) -> FileResponse:
    """Give a file to whoever may read its proposal, as an attachment that runs nothing."""
    found = queries.proposal_for(request.actor, proposal_id).files.get(pk=file_id)
    response = FileResponse(open_stored(found.sha256), as_attachment=True, filename=found.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_http_methods(["POST"])
def send(request: Request, proposal_id: UUID) -> HttpResponse:
    """Send the version of now to the institution."""
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
        refusal, receipt = _try(
            lambda: submit_proposal(actor=request.actor, proposal_id=proposal_id)
        )
        if receipt:
            then = reverse("calls:receipt", args=[proposal_id, receipt.number])
            return page(request, "calls/check.html", {}, then=then)
    shown = queries.proposal_for(request.actor, proposal_id)
    context = {**_hub(request, shown), "refusal": refusal}
    return page(request, "calls/check.html", context, status=_status(request, ""))


@require_safe
def receipt(request: Request, proposal_id: UUID, number: str) -> HttpResponse:
    """Show a receipt: number, instant, and the hash of each file."""
    shown = queries.receipt_for(request.actor, proposal_id, number)
    files = [{**one, "kilobytes": -(-one["size"] // 1024)} for one in shown.files]
    context = {"receipt": shown, "proposal": shown.proposal, "files": files}
    return page(request, "calls/receipt.html", context)


@require_safe
def approvals(request: Request) -> HttpResponse:
    """List what waits for the institution's approval, by deadline, and what it approved."""
    at = read_clock()
    context = {
        "rows": [
            {"proposal": one, **_standing(one.call, at)}
            for one in queries.proposals_to_approve(request.actor, at)
        ],
        "approved": queries.approved_proposals(request.actor)[:ROWS_ON_A_PAGE],
    }
    return page(request, "calls/approvals.html", context)


@require_http_methods(["GET", "POST"])
def approval(request: Request, proposal_id: UUID) -> HttpResponse:
    """Show the exact version to be approved; a POST approves that one."""
    refusal, then = NOTHING_REFUSED, ""
    if request.method == "POST":
        version = request.POST.get("version", "")
        refusal, made = _try(
            lambda: approve_proposal(actor=request.actor, proposal_id=proposal_id, version=version)
        )
        then = reverse("calls:approvals") if made else ""
    return _approval(request, proposal_id, ReturnForm(), refusal=refusal, then=then)


@require_http_methods(["POST"])
def return_(request: Request, proposal_id: UUID) -> HttpResponse:
    """Return a proposal to its team, saying what to change."""
    form, refusal, then = ReturnForm(request.POST), NOTHING_REFUSED, ""
    if form.is_valid():
        refusal, made = _try(
            lambda: return_proposal(
                actor=request.actor, proposal_id=proposal_id, **form.cleaned_data
            )
        )
        then = reverse("calls:approvals") if made else ""
    return _approval(request, proposal_id, form, refusal=refusal, then=then)


@require_safe
def desk(request: Request) -> HttpResponse:
    """List the calls that the person runs, with how many proposals each received."""
    at = read_clock()
    shown = Paginator(queries.calls_to_run(request.actor), ROWS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    counts = queries.received_counts(request.actor, list(shown))
    context = {
        "shown": shown,
        "rows": [{**_standing(one, at), "received": counts.get(one.pk, 0)} for one in shown],
        "may_announce": bool(request.actor.agencies),
    }
    return page(request, "calls/desk.html", context)


@require_http_methods(["GET", "POST"])
def announce(request: Request) -> HttpResponse:
    """Announce a call of one's own agency."""
    concepts = queries.concepts_to_call(request.actor)
    form = AnnounceForm(request.POST or None, concepts=concepts)
    refusal, then = NOTHING_REFUSED, ""
    if form.is_valid() and _is_new(form, concepts):
        slug = _slug(form, concepts)
        refusal, made = _try(
            lambda: announce_call(actor=request.actor, slug=slug, **form.cleaned_data)
        )
        then = reverse("calls:desk_call", args=[made.slug]) if made else ""
    context = {"form": form, "refusal": refusal}
    return page(request, "calls/announce.html", context, status=_status(request, then), then=then)


@require_http_methods(["GET", "POST"])
def desk_call(request: Request, slug: str) -> HttpResponse:
    """Show a call that the person runs; a POST opens it (G1)."""
    shown = queries.call_to_run(request.actor, slug)
    refusal, then = NOTHING_REFUSED, ""
    if request.method == "POST":
        refusal, made = _try(lambda: open_call(actor=request.actor, call_id=shown.pk))
        then = request.path if made else ""
    received = queries.received_proposals(request.actor, shown)
    context = {
        "received": Paginator(received, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
        "refusal": refusal,
        "may_open": shown.opened_at is None and OPEN_CALL.allows(request.actor, shown),
        **_standing(shown, read_clock()),
    }
    return page(request, "calls/desk_call.html", context, status=_status(request, then), then=then)


def _try(act: Callable[[], Any]) -> tuple[Explanation, Any]:
    """Run a command; what a rule refuses comes back as its explanation."""
    try:
        return NOTHING_REFUSED, act()
    except RuleRefused as refused:
        return _explained(refused.verdict), None


def _explained(verdict: Verdict) -> Explanation:
    """Choose the words: a call that its agency has still to open has no instant to name."""
    opens_at = verdict.facts.get("opens_at")
    is_unopened = isinstance(opens_at, datetime) and opens_at.year == MAXYEAR
    return explain(verdict, REFUSALS_BEFORE_OPENING if is_unopened else REFUSALS)


def _status(request: HttpRequest, then: str) -> int:
    return UNPROCESSABLE if request.method == "POST" and not then else 200


def _chosen(request: HttpRequest) -> tuple[FilterForm, QuerySet[Call]]:
    form = FilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    return form, queries.calls(read_clock(), **chosen)


def _standing(shown: Call, at: datetime) -> dict[str, Any]:
    left = time_left(shown.closes_at, at, active_language())
    return {"call": shown, "state": shown.state_at(at), "left": left}


def _hub(request: Request, shown: Proposal) -> dict[str, Any]:
    at = read_clock()
    checks = queries.checks_of(shown, at)
    defects = [_explained(one) for one in checks if one.is_refusal]
    may_edit = shown.lead_id == request.actor.person_id and not (
        queries.drafting_of(shown, at).is_refusal
    )
    return {
        "proposal": shown,
        "defects": defects,
        "checks": len(checks),
        "may_edit": may_edit,
        "is_lead": shown.lead_id == request.actor.person_id,
        "refusal": NOTHING_REFUSED,
        **_standing(shown.call, at),
    }


def _act_on_hub(request: Request, proposal_id: UUID, act: Callable[..., object]) -> HttpResponse:
    refusal, made = _try(lambda: act(actor=request.actor, proposal_id=proposal_id))
    then = reverse("calls:proposal", args=[proposal_id]) if made else ""
    shown = queries.proposal_for(request.actor, proposal_id)
    context = {**_hub(request, shown), "refusal": refusal}
    return page(request, "calls/proposal.html", context, status=_status(request, then), then=then)


def _approval(
    request: Request, proposal_id: UUID, form: ReturnForm, *, refusal: Explanation, then: str
) -> HttpResponse:
    if then:  # what was returned is the team's again, and no longer there to be shown
        return page(request, "calls/approval.html", {}, then=then)
    shown = queries.proposal_for(request.actor, proposal_id)
    context = {**_hub(request, shown), "form": form, "refusal": refusal}
    return page(request, "calls/approval.html", context, status=_status(request, then))


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


def _is_new(form: AnnounceForm, concepts: Any) -> bool:  # noqa: ANN401 - a queryset
    entered = form.cleaned_data
    concept = concepts.get(pk=entered["concept_id"])
    is_known = queries.is_call_known(
        concept_id=concept.pk, fiscal_year=entered["fiscal_year"], number=entered["round"]
    )
    if is_known:
        form.add_error(
            "round", _("This concept already has a call in this year and round. Enter the next.")
        )
    return not is_known


def _slug(form: AnnounceForm, concepts: Any) -> str:  # noqa: ANN401 - a queryset
    entered = form.cleaned_data
    concept = concepts.get(pk=entered["concept_id"])
    return f"{concept.slug}-{entered['fiscal_year']}-{entered['round']}"
