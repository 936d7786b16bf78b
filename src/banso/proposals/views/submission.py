"""The last step of a proposal: check and submit, withdraw, and the receipt."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.proposals.commands.submission.withdraw_submission import withdraw_submission
from banso.proposals.queries.reading import proposal_for, receipt_for
from banso.proposals.views.drafting import act_on_proposal
from banso.proposals.views.judged import judged
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.forms import ActForm
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request


@shows_and_takes
def check(request: Request, proposal_id: UUID) -> HttpResponse:
    """Show the answers before the last step; a POST submits them, and reads nothing more (P8)."""
    act = partial(submit_proposal, actor=request.actor, proposal_id=proposal_id)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.made:
        return done(
            request, reverse("proposals:receipt", args=[proposal_id, answered.made.number])
        )
    shown = proposal_for(request.actor, proposal_id)
    return page(
        request,
        "proposals/submission/check.html",
        {**judged(request, shown), **answered.shown},
        audience=_(
            "The team and the officers of its institution. Once it is submitted, also those who"
            " run the call and have no conflict."
        ),
        status=answered.status,
    )


@require_POST
def withdraw(request: Request, proposal_id: UUID) -> HttpResponse:
    """Withdraw a submission before closing; it becomes a draft again (K5)."""
    return act_on_proposal(
        request, proposal_id, withdraw_submission, _("The submission is withdrawn.")
    )


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
    return page(
        request,
        "proposals/submission/receipt.html",
        context,
        audience=_(
            "The team, the officers of its institution, and those who run the call and have no"
            " conflict."
        ),
    )
