"""Pages of review: a reviewer's queue and tasks, the agency's desk, and the letters."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from banso.ledger import clock
from banso.review import queries
from banso.review.commands.assign_reviewer import assign_reviewer
from banso.review.commands.decide_proposal import decide_proposal
from banso.review.commands.declare_conflict import declare_conflict
from banso.review.commands.examine_security import examine_security
from banso.review.commands.pledge_secrecy import pledge_secrecy
from banso.review.commands.submit_assessment import submit_assessment
from banso.review.forms import (
    AssessmentForm,
    DecisionForm,
    DeclarationForm,
    ExaminationForm,
    ReviewerForm,
)
from banso.review.permissions import DECIDE_PROPOSAL
from banso.rulebook.japan import day_in_japan
from banso.rulebook.verdicts import RuleRefused
from banso.web.downloads import PDF, serve_file
from banso.web.explanations import NOTHING_REFUSED, Explanation, explain
from banso.web.file_store import StoredBytes
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django import forms
    from django.http import HttpResponse, HttpResponseBase, QueryDict

    from banso.people.actors import Request

ON_A_PAGE = 50


@require_safe
def reviews(request: Request) -> HttpResponse:
    """Show the reviewer's queue, and how much of it is left."""
    tasks = queries.tasks_for(request.actor)
    context = {
        "audience": _("You alone."),
        "tasks": tasks,
        "left": sum(task.submitted_at is None for task in tasks),
    }
    return page(request, "review/reviews.html", context)


@require_safe
def assignment(request: Request, assignment_id: UUID) -> HttpResponse:
    """Show one task: pledge, declaration, then content and assessment."""
    return _task_page(request, assignment_id)


@require_http_methods(["GET", "HEAD", "POST"])
def pledge(request: Request, assignment_id: UUID) -> HttpResponse:
    """Take the reviewer's pledge of secrecy."""
    if request.method == "POST":
        pledge_secrecy(actor=request.actor, assignment_id=assignment_id)
        return _then(request, "review:assignment", assignment_id)
    return _task_page(request, assignment_id)


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: Request, assignment_id: UUID) -> HttpResponse:
    """Take the reviewer's declaration; with a conflict the task is gone afterwards (V2)."""
    form = DeclarationForm(_entered(request))
    if form.is_valid():
        conflict = form.cleaned_data["conflict"]
        declare_conflict(actor=request.actor, assignment_id=assignment_id, conflict=conflict)
        if not conflict:
            return _then(request, "review:assignment", assignment_id)
        messages.success(
            request,
            _("Your declaration is recorded. You will learn nothing more about that proposal."),
        )
        return _then(request, "review:reviews")
    return _task_page(request, assignment_id, declaration=form)


@require_http_methods(["GET", "HEAD", "POST"])
def assess(request: Request, assignment_id: UUID) -> HttpResponse:
    """Take the reviewer's assessment."""
    form, refusal = AssessmentForm(_entered(request)), NOTHING_REFUSED
    if form.is_valid():
        facts = {"assignment_id": assignment_id, **form.cleaned_data}
        refusal = _attempt(submit_assessment, request, facts)
        if not refusal:
            messages.success(request, _("Your assessment is submitted."))
            return _then(request, "review:reviews")
    shown = form if form.is_bound else None
    return _task_page(request, assignment_id, assessment=shown, refusal=refusal)


@require_safe
def file(request: Request, assignment_id: UUID, part: str) -> HttpResponseBase:
    """Send a file of a proposal that is open to the reviewer (V3)."""
    found = queries.file_for(request.actor, assignment_id, part)
    return _sent(StoredBytes(found.sha256, found.size), found.name)


@require_safe
def desk_file(request: Request, proposal_id: UUID, part: str) -> HttpResponseBase:
    """Send a file of a received proposal to those who run its call."""
    at = clock.read_clock()
    found = queries.received_file_for(request.actor, proposal_id, part, at=at)
    return _sent(StoredBytes(found.sha256, found.size), found.name)


@require_safe
def desk(request: Request) -> HttpResponse:
    """List closed calls that the viewer runs."""
    context = {
        "audience": _audience_of_desk(),
        "calls": queries.calls_to_judge(request.actor, at=clock.read_clock()),
    }
    return page(request, "review/desk.html", context)


@require_safe
def desk_call(request: Request, slug: str) -> HttpResponse:
    """List what one call received, and how far judging has come."""
    actor, at = request.actor, clock.read_clock()
    call = queries.call_to_judge(actor, slug, at=at)
    proposals = Paginator(queries.proposals_to_decide(actor, call.pk, at=at), ON_A_PAGE)
    context = {
        "audience": _audience_of_desk(),
        "call": call,
        "proposals": proposals.get_page(request.GET.get("page")),
    }
    return page(request, "review/desk_call.html", context)


@require_safe
def desk_proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """Show one received proposal with its reviewers, assessments, examination and decision."""
    return _proposal_page(request, proposal_id)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: Request, proposal_id: UUID) -> HttpResponse:
    """Ask a reviewer to judge the proposal."""
    form, refusal = _reviewer_form(request, proposal_id, _entered(request)), NOTHING_REFUSED
    if form.is_valid():
        facts = {"proposal_id": proposal_id, "person_id": form.cleaned_data["person"]}
        refusal = _attempt(assign_reviewer, request, facts)
        if not refusal:
            return _then(request, "review:desk_proposal", proposal_id)
    shown = form if form.is_bound else None
    return _proposal_page(request, proposal_id, reviewer=shown, refusal=refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def examine(request: Request, proposal_id: UUID) -> HttpResponse:
    """Record the examination of security and leak measures."""
    form, refusal = ExaminationForm(_entered(request)), NOTHING_REFUSED
    if form.is_valid():
        facts = {"proposal_id": proposal_id, **form.cleaned_data}
        refusal = _attempt(examine_security, request, facts)
        if not refusal:
            return _then(request, "review:desk_proposal", proposal_id)
    shown = form if form.is_bound else None
    return _proposal_page(request, proposal_id, examination=shown, refusal=refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, proposal_id: UUID) -> HttpResponse:
    """Decide on the proposal and send the letter."""
    form, refusal = DecisionForm(_entered(request)), NOTHING_REFUSED
    if form.is_valid():
        facts = {"proposal_id": proposal_id, **form.cleaned_data}
        refusal = _attempt(decide_proposal, request, facts)
        if not refusal:
            return _then(request, "review:desk_proposal", proposal_id)
    shown = form if form.is_bound else None
    return _proposal_page(request, proposal_id, decision=shown, refusal=refusal)


@require_safe
def letters(request: Request) -> HttpResponse:
    """List letters to the viewer's teams and institutions, and of calls that they run."""
    listed = Paginator(queries.letters_for(request.actor), ON_A_PAGE)
    context = {
        "audience": _("You alone. Each letter is open to those whom its own page names."),
        "letters": listed.get_page(request.GET.get("page")),
    }
    return page(request, "review/letters.html", context)


@require_safe
def letter(request: Request, letter_id: UUID) -> HttpResponse:
    """Show one letter: the result and its reasons (K8)."""
    context = {
        "audience": _(
            "The proposal's team, its institution's officers, and those who run the call and"
            " have no conflict of interest."
        ),
        "letter": queries.letter_for(request.actor, letter_id),
    }
    return page(request, "review/letter.html", context)


def _task_page(
    request: Request,
    assignment_id: UUID,
    *,
    declaration: DeclarationForm | None = None,
    assessment: AssessmentForm | None = None,
    refusal: Explanation = NOTHING_REFUSED,
) -> HttpResponse:
    actor = request.actor
    written = queries.assessment_for(actor, assignment_id)
    context = {
        "audience": _(
            "You alone. What you submit is read by those who run the call and have no"
            " conflict of interest."
        ),
        "task": queries.task_for(actor, assignment_id),
        "proposal": queries.content_for(actor, assignment_id),
        "is_decided": queries.is_decided(actor, assignment_id),
        "written": written,
        "declaration": declaration or DeclarationForm(),
        "assessment": assessment or AssessmentForm(initial=_initial(written)),
        "refusal": refusal,
    }
    status = _status(refusal, declaration, assessment)
    return page(
        request, "review/assignment.html", context, part="review/_task.html", status=status
    )


def _proposal_page(
    request: Request,
    proposal_id: UUID,
    *,
    reviewer: ReviewerForm | None = None,
    examination: ExaminationForm | None = None,
    decision: DecisionForm | None = None,
    refusal: Explanation = NOTHING_REFUSED,
) -> HttpResponse:
    actor, at = request.actor, clock.read_clock()
    proposal = queries.proposal_to_decide(actor, proposal_id, at=at)
    examined = queries.examination_for(actor, proposal_id)
    context = {
        "audience": _audience_of_desk(),
        "proposal": proposal,
        "may_judge": DECIDE_PROPOSAL.allows(actor, proposal),
        "assignments": queries.assignments_for(actor, proposal_id),
        "assessments": queries.assessments_for(actor, proposal_id),
        "examined": examined,
        "decided": queries.decision_for(actor, proposal_id),
        "letter": queries.letters_for(actor).filter(proposal_id=proposal_id).first(),
        "reviewer": reviewer or _reviewer_form(request, proposal_id),
        "examination": examination
        or ExaminationForm(initial={"measures": examined.measures if examined else ""}),
        "decision": decision or DecisionForm(),
        "refusal": refusal,
    }
    status = _status(refusal, reviewer, examination, decision)
    return page(
        request, "review/desk_proposal.html", context, part="review/_judging.html", status=status
    )


def _reviewer_form(
    request: Request, proposal_id: UUID, entered: QueryDict | None = None
) -> ReviewerForm:
    at = clock.read_clock()
    proposal = queries.proposal_to_decide(request.actor, proposal_id, at=at)
    reviewers = queries.reviewers_to_assign(proposal, on=day_in_japan(at))
    return ReviewerForm(entered, reviewers=reviewers)


def _initial(written: object) -> dict[str, object]:
    if written is None:
        return {}
    return {name: getattr(written, name) for name in AssessmentForm.base_fields}


def _status(refusal: Explanation, *forms_shown: forms.Form | None) -> HTTPStatus:
    is_refused = bool(refusal) or any(form and form.errors for form in forms_shown)
    return HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK


def _sent(stored: StoredBytes, name: str) -> HttpResponseBase:
    return serve_file(stored=stored, name=name, media_type=PDF)


def _attempt(
    command: Callable[..., object], request: Request, facts: dict[str, Any]
) -> Explanation:
    try:
        command(actor=request.actor, **facts)
    except RuleRefused as refused:
        return explain(refused.verdict)
    return NOTHING_REFUSED


def _entered(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _then(request: Request, name: str, *ids: UUID) -> HttpResponse:
    return page(request, "", {}, part="review/_task.html", then=reverse(name, args=ids))


def _audience_of_desk() -> str:
    return _(
        "Officers of the funding agency, and PD and PO of the concept, who have no conflict of"
        " interest with the proposal shown."
    )
