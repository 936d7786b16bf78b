"""The agency's desk: adopted proposals whose projects are still to be started."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.projects import queries
from banso.projects.commands.start_project import start_project
from banso.projects.forms import StartForm
from banso.projects.permissions import START_PROJECT
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.lists.answering import answer_list
from banso.web.lists.columns import Bilingual, Column, Kind
from banso.web.lists.listing import Listing
from banso.web.pages import page, see_other

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request

WITHOUT_CONFLICT = _(
    "Officers of the funding agency, and PD and PO of the concept, who have no conflict of"
    " interest with the proposal shown."
)

TO_START = Listing(
    name="projects-to-start",
    caption=_("Adopted proposals without a project"),
    columns=(
        Column(
            "title",
            _("Proposal"),
            lambda proposal: Bilingual(proposal.title_ja, proposal.title_en),
            Kind.BILINGUAL,
            address=lambda proposal: reverse("projects:start", args=[proposal.pk]),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "concept_title",
            _("R&D concept"),
            lambda proposal: Bilingual(
                proposal.call.concept.title, proposal.call.concept.title_en
            ),
            Kind.BILINGUAL,
        ),
        Column(
            "institution_name",
            _("Institution"),
            lambda proposal: Bilingual(proposal.institution.name_ja, proposal.institution.name_en),
            Kind.BILINGUAL,
        ),
        Column(
            "adopted_at",
            _("Adopted at"),
            lambda proposal: proposal.letter.sent_at,
            Kind.INSTANT,
            order=("letter__sent_at",),
        ),
    ),
    order=("letter__sent_at",),
    filled=frozenset({"letter__sent_at"}),
    is_sample=lambda proposal: proposal.is_sample,
    empty=_("Every adopted proposal has its project."),
)


@require_safe
def projects_to_start(request: Request) -> HttpResponseBase:
    """List adopted proposals whose projects are still to be started."""
    return answer_list(
        request,
        TO_START,
        queries.proposals_to_start(request.actor, at=request.at),
        template="projects/desk/projects_to_start.html",
        audience=WITHOUT_CONFLICT,
        at=request.at,
    )


@shows_and_takes
def start(request: Request, proposal_id: UUID) -> HttpResponse:
    """Start the project of an adopted proposal; one that is started has its page."""
    started = queries.project_started_from(proposal_id)
    if started:
        return see_other(reverse("projects:project", args=[started.code]))
    proposal = queries.proposals_to_start(request.actor, at=request.at).get(pk=proposal_id)
    if request.method == "POST":
        START_PROJECT.require(request.actor, proposal)
    form = StartForm(sent(request))
    act = partial(start_project, actor=request.actor, proposal_id=proposal_id)
    answered = answer(request, form, act)
    if answered.made:
        address = reverse("projects:my_project", args=[answered.made.code])
        return done(request, address, _("The project is started and public."))
    context = {
        "proposal": proposal,
        "may_start": START_PROJECT.allows(request.actor, proposal),
        **answered.shown,
    }
    return page(
        request,
        "projects/desk/start.html",
        context,
        audience=WITHOUT_CONFLICT,
        status=answered.status,
    )
