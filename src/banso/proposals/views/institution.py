"""What waits for an institution's approval, and each version to be approved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from banso.kept.keeping import keep
from banso.proposals.commands.institution.approve_proposal import approve_proposal
from banso.proposals.commands.institution.return_proposal import return_proposal
from banso.proposals.forms import APPROVED, ApprovalsForm, ApproveForm, ReturnForm
from banso.proposals.queries.drafting import listed
from banso.proposals.queries.institution import (
    approved_proposals,
    proposals_to_approve,
)
from banso.proposals.queries.reading import proposal_for
from banso.proposals.views.judged import judged
from banso.web.addresses import address_of
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.lists.answering import answer_list
from banso.web.lists.columns import Bilingual, Column, Kind
from banso.web.lists.listing import Listing
from banso.web.pages import page

if TYPE_CHECKING:
    from http import HTTPStatus
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request
    from banso.web.explanations import Explanation

APPROVALS = Listing(
    name="approvals",
    caption=_("Approvals"),
    columns=(
        Column(
            "title",
            _("Proposal"),
            lambda listed: Bilingual(listed.proposal.title_ja, listed.proposal.title_en),
            Kind.BILINGUAL,
            address=lambda listed: address_of("proposals:approval", listed.pk),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "lead",
            _("Principal investigator"),
            lambda listed: Bilingual(listed.proposal.lead.name_ja, listed.proposal.lead.name_en),
            Kind.BILINGUAL,
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
            "approved_at",
            _("Approved on"),
            lambda listed: listed.proposal.approved_at,
            Kind.DATE,
            order=("approved_at",),
        ),
    ),
    # What waits has no approval yet, so it comes by its deadline.
    order=("-approved_at", "call__closes_at", "sent_to_institution_at"),
    is_sample=lambda listed: listed.proposal.is_sample,
    filters=ApprovalsForm,
    empty=_("Nothing waits for your approval."),
)


@require_safe
def approvals(request: Request) -> HttpResponseBase:
    """List what waits for the institution's approval, by deadline, or what it approved."""
    is_approved = request.GET.get("show") == APPROVED
    rows = (
        approved_proposals(request.actor)
        if is_approved
        else proposals_to_approve(request.actor, request.at)
    )
    return answer_list(
        request,
        APPROVALS,
        rows,
        template="proposals/institution/approvals.html",
        audience=_("The officers of your institution."),
        at=request.at,
        gather=partial(listed, at=request.at),
    )


@shows_and_takes
def approval(request: Request, proposal_id: UUID) -> HttpResponse:
    """Show the exact version to be approved; a POST approves that one."""
    act = partial(approve_proposal, actor=request.actor, proposal_id=proposal_id)
    answered = answer(request, ApproveForm(sent(request)), act)
    if answered.is_done:
        address = reverse("proposals:approvals")
        return done(request, address, _("The version is approved; its lead can submit it."))
    return _approval(
        request,
        proposal_id,
        _kept(request, proposal_id, ReturnForm()),
        refusal=answered.refusal,
        status=answered.status,
    )


@require_POST
def return_(request: Request, proposal_id: UUID) -> HttpResponse:
    """Return a proposal to its team, saying what to change."""
    form = _kept(request, proposal_id, ReturnForm(sent(request)))
    act = partial(return_proposal, actor=request.actor, proposal_id=proposal_id)
    answered = answer(request, form, act)
    if answered.is_done:
        address = reverse("proposals:approvals")
        return done(request, address, _("The proposal is with its team again."))
    return _approval(request, proposal_id, form, refusal=answered.refusal, status=answered.status)


def _kept(request: Request, proposal_id: UUID, form: ReturnForm) -> ReturnForm:
    """Let the officer's comment be kept until it is sent."""
    return keep(
        request,
        form,
        subject=proposal_id,
        about=_("Comment to the team"),
        page=reverse("proposals:approval", args=[proposal_id]),
    )


def _approval(
    request: Request,
    proposal_id: UUID,
    form: ReturnForm,
    *,
    refusal: Explanation,
    status: HTTPStatus,
) -> HttpResponse:
    shown = proposal_for(request.actor, proposal_id)
    return page(
        request,
        "proposals/institution/approval.html",
        {**judged(request, shown), "form": form, "refusal": refusal},
        audience=_("The team and the officers of its institution."),
        status=status,
    )
