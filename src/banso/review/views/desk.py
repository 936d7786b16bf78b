"""The agency's desk: closed calls, what they received, and the way to each decision."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.kept.keeping import keep
from banso.review.commands.assign_reviewer import assign_reviewer
from banso.review.commands.decide_proposal import decide_proposal
from banso.review.commands.examine_security import examine_security
from banso.review.forms import DecisionForm, ExaminationForm, ReviewerForm
from banso.review.lists import CLOSED_CALLS, RECEIVED
from banso.review.permissions import ASSIGN_REVIEWER, DECIDE_PROPOSAL, EXAMINE_SECURITY
from banso.review.queries import desk as queries
from banso.review.queries.letters import letters_for
from banso.rulebook.japan import day_in_japan
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.downloads import PDF, serve_file
from banso.web.explanations import NOTHING_REFUSED
from banso.web.file_store import StoredBytes
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request
    from banso.people.permissions import Permission
    from banso.proposals.models import Proposal
    from banso.web.answering import Answer

DeskForm = TypeVar("DeskForm", ExaminationForm, DecisionForm)


@require_safe
def desk(request: Request) -> HttpResponseBase:
    """List closed calls that the viewer runs, with how much there is to judge in each."""
    return answer_list(
        request,
        CLOSED_CALLS,
        queries.closed_calls(request.actor, at=request.at),
        template="review/desk/calls.html",
        audience=_audience(),
        at=request.at,
        gather=partial(queries.with_judged, request.actor, at=request.at),
    )


@require_safe
def desk_call(request: Request, slug: str) -> HttpResponseBase:
    """List what one call received, and how far judging has come."""
    call = queries.call_to_judge(request.actor, slug, at=request.at)
    return answer_list(
        request,
        RECEIVED,
        queries.proposals_to_decide(request.actor, call.pk, at=request.at),
        template="review/desk/call.html",
        audience=_audience(),
        at=request.at,
        context={"call": call},
    )


@require_safe
def desk_file(request: Request, proposal_id: UUID, part: str) -> HttpResponseBase:
    """Send a file of a received proposal to those who run its call."""
    found = queries.received_file_for(request.actor, proposal_id, part, at=request.at)
    stored = StoredBytes(found.sha256, found.size)
    return serve_file(stored=stored, name=found.name, media_type=PDF)


@require_safe
def desk_proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """Show one received proposal with its reviewers, assessments, examination and decision."""
    proposal = queries.proposal_to_decide(request.actor, proposal_id, at=request.at)
    return _proposal_page(request, proposal)


@shows_and_takes
def assign(request: Request, proposal_id: UUID) -> HttpResponse:
    """Ask a reviewer to judge the proposal."""
    proposal = _proposal_to_act_on(request, proposal_id, ASSIGN_REVIEWER)
    act = partial(assign_reviewer, actor=request.actor, proposal_id=proposal_id)
    assigned = answer(request, _reviewer_form(request, proposal), act)
    if assigned.is_done:
        return done(request, _address(proposal), _("The reviewer is assigned."))
    return _proposal_page(request, proposal, reviewer=assigned)


@shows_and_takes
def examine(request: Request, proposal_id: UUID) -> HttpResponse:
    """Record the examination of security and leak measures."""
    proposal = _proposal_to_act_on(request, proposal_id, EXAMINE_SECURITY)
    act = partial(examine_security, actor=request.actor, proposal_id=proposal_id)
    form = _kept(request, proposal, ExaminationForm(sent(request)))
    examined = answer(request, form, act)
    if examined.is_done:
        return done(request, _address(proposal), _("The examination is recorded."))
    return _proposal_page(request, proposal, examination=examined)


@shows_and_takes
def decide(request: Request, proposal_id: UUID) -> HttpResponse:
    """Decide on the proposal and send the letter."""
    proposal = _proposal_to_act_on(request, proposal_id, DECIDE_PROPOSAL)
    act = partial(decide_proposal, actor=request.actor, proposal_id=proposal_id)
    decided = answer(request, _kept(request, proposal, DecisionForm(sent(request))), act)
    if decided.is_done:
        said = _("The decision is recorded, and the letter is sent.")
        return done(request, _address(proposal), said)
    return _proposal_page(request, proposal, decision=decided)


def _proposal_to_act_on(
    request: Request, proposal_id: UUID, permission: Permission[Proposal]
) -> Proposal:
    """Find the proposal; a person who may not act is not asked to complete a form."""
    proposal = queries.proposal_to_decide(request.actor, proposal_id, at=request.at)
    if request.method == "POST":
        permission.require(request.actor, proposal)
    return proposal


def _address(proposal: Proposal) -> str:
    return reverse("review:desk_proposal", args=[proposal.pk])


def _proposal_page(
    request: Request,
    proposal: Proposal,
    *,
    reviewer: Answer[ReviewerForm, Any] | None = None,
    examination: Answer[ExaminationForm, Any] | None = None,
    decision: Answer[DecisionForm, Any] | None = None,
) -> HttpResponse:
    actor, key = request.actor, proposal.pk
    examined = queries.examination_for(actor, key)
    answered = reviewer or examination or decision
    context = {
        "proposal": proposal,
        "may_judge": DECIDE_PROPOSAL.allows(actor, proposal),
        "assignments": queries.assignments_for(actor, key),
        "assessments": queries.assessments_for(actor, key),
        "examined": examined,
        "decided": queries.decision_for(actor, key),
        "letter": letters_for(actor).filter(proposal_id=key).first(),
        **(answered.shown if answered else {"refusal": NOTHING_REFUSED}),
        "reviewer": reviewer.form if reviewer else _reviewer_form(request, proposal, None),
        "examination": examination.form
        if examination and request.method == "POST"
        else _kept(request, proposal, ExaminationForm(initial=_measures(examined))),
        "decision": decision.form if decision else _kept(request, proposal, DecisionForm()),
    }
    return page(
        request,
        "review/desk/proposal.html",
        context,
        audience=_audience(),
        part="review/desk/_judging.html",
        status=answered.status if answered else HTTPStatus.OK,
    )


def _kept(request: Request, proposal: Proposal, form: DeskForm) -> DeskForm:
    """Let what an officer writes be kept; what is decided is written once."""
    return keep(
        request,
        form,
        subject=proposal.pk,
        about=proposal.title_ja,
        page=_address(proposal),
        saved=lambda: _saved(request, proposal, form),
    )


def _saved(request: Request, proposal: Proposal, form: DeskForm) -> dict[str, Any]:
    if isinstance(form, ExaminationForm):
        return _measures(queries.examination_for(request.actor, proposal.pk))
    return {}


def _measures(examined: Any) -> dict[str, Any]:  # noqa: ANN401 - views know no models
    return {"measures": examined.measures if examined else ""}


def _reviewer_form(request: Request, proposal: Proposal, *unsent: None) -> ReviewerForm:
    """Offer the agency's reviewers; a page that takes another form sends this one nothing."""
    day = day_in_japan(request.at)
    entered = None if unsent else sent(request)
    reviewers = queries.reviewers_to_assign(proposal, on=day)
    return ReviewerForm(entered, reviewers=reviewers, on=day)


def _audience() -> str:
    return _(
        "Officers of the funding agency, and PD and PO of the concept, who have no conflict of"
        " interest with the proposal shown."
    )
