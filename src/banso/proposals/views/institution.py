"""What waits for an institution's approval, and each version to be approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from banso.calls.views.answers import ROWS_ON_A_PAGE, standing, status_of
from banso.ledger.clock import read_clock
from banso.proposals.commands.institution.approve_proposal import approve_proposal
from banso.proposals.commands.institution.return_proposal import return_proposal
from banso.proposals.forms import ReturnForm
from banso.proposals.queries.institution import approved_proposals, proposals_to_approve
from banso.proposals.queries.reading import proposal_for
from banso.proposals.views.answers import hub, try_act
from banso.web.explanations import NOTHING_REFUSED, Explanation
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request


@require_safe
def approvals(request: Request) -> HttpResponse:
    """List what waits for the institution's approval, by deadline, and what it approved."""
    at = read_clock()
    context = {
        "rows": [
            {"proposal": one, **standing(one.call, at)}
            for one in proposals_to_approve(request.actor, at)
        ],
        "approved": approved_proposals(request.actor)[:ROWS_ON_A_PAGE],
    }
    return page(request, "proposals/institution/approvals.html", context)


@require_http_methods(["GET", "POST"])
def approval(request: Request, proposal_id: UUID) -> HttpResponse:
    """Show the exact version to be approved; a POST approves that one."""
    refusal, then = NOTHING_REFUSED, ""
    if request.method == "POST":
        version = request.POST.get("version", "")
        refusal, made = try_act(
            lambda: approve_proposal(actor=request.actor, proposal_id=proposal_id, version=version)
        )
        then = reverse("proposals:approvals") if made else ""
    return _approval(request, proposal_id, ReturnForm(), refusal=refusal, then=then)


@require_http_methods(["POST"])
def return_(request: Request, proposal_id: UUID) -> HttpResponse:
    """Return a proposal to its team, saying what to change."""
    form, refusal, then = ReturnForm(request.POST), NOTHING_REFUSED, ""
    if form.is_valid():
        refusal, made = try_act(
            lambda: return_proposal(
                actor=request.actor, proposal_id=proposal_id, **form.cleaned_data
            )
        )
        then = reverse("proposals:approvals") if made else ""
    return _approval(request, proposal_id, form, refusal=refusal, then=then)


def _approval(
    request: Request, proposal_id: UUID, form: ReturnForm, *, refusal: Explanation, then: str
) -> HttpResponse:
    if then:  # what was returned is the team's again, and no longer there to be shown
        return page(request, "proposals/institution/approval.html", {}, then=then)
    shown = proposal_for(request.actor, proposal_id)
    context = {**hub(request, shown), "form": form, "refusal": refusal}
    return page(
        request, "proposals/institution/approval.html", context, status=status_of(request, then)
    )
