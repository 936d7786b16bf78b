"""Agreed items: those that concern me, and what my project does about one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.councils.commands.agreement.answer_item import answer_item
from banso.councils.commands.agreement.show_evidence import show_evidence
from banso.councils.forms.agreement import AnswerForm, EvidenceForm
from banso.councils.lists.agreement import AGREED_ITEMS
from banso.councils.queries.agreement import (
    agreed_item_for,
    agreed_items_to_follow,
    evidence_of,
    named_projects,
)
from banso.kept.keeping import keep
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.councils.queries.agreement import NamedProject
    from banso.people.actors import Request
    from banso.web.forms import ActForm


@require_safe
def agreed_items(request: Request) -> HttpResponseBase:
    """List the agreed items that concern me, and which of them my projects have not answered."""
    return answer_list(
        request,
        AGREED_ITEMS,
        agreed_items_to_follow(request.actor),
        template="councils/agreement/agreed_items.html",
        audience=_audience(),
        at=request.at,
    )


@shows_and_takes
def agreed_item(request: Request, agreed_item_id: UUID) -> HttpResponse:
    """Show an agreed item; the lead of a project that it names answers it here."""
    viewer = request.actor
    item = agreed_item_for(viewer, agreed_item_id)
    named = named_projects(viewer, item)
    mine = next((part for part in named if part.is_led_by_viewer), None)
    form, act, said = _answer_or_evidence(request, item.pk, mine)
    answered = answer(request, form, act)
    if answered.is_done:
        return done(request, request.path, said)
    context = {"item": item, "named_projects": named, "mine": mine, **answered.shown}
    return page(
        request,
        "councils/agreement/agreed_item.html",
        context,
        audience=_audience(),
        status=answered.status,
    )


def _answer_or_evidence(
    request: Request, agreed_item_id: UUID, mine: NamedProject | None
) -> tuple[ActForm, Callable[..., object], str]:
    """Take what was sent; a repeated answer stays an answer although one is on record."""
    response = mine.response if mine else None
    if response and "answer" not in request.POST:
        form = keep(
            request,
            EvidenceForm(sent(request), initial={"evidence": response.evidence}),
            subject=response.pk,
            about=_("Evidence about an agreed item"),
            saved=lambda: {"evidence": evidence_of(request.actor, agreed_item_id, response.pk)},
        )
        act = partial(show_evidence, actor=request.actor, response_id=response.pk)
        return form, act, _("The evidence is recorded.")
    act = partial(
        answer_item,
        actor=request.actor,
        agreed_item_id=agreed_item_id,
        project_id=mine.project.pk if mine else None,
    )
    answer_form = AnswerForm(sent(request))
    if mine:
        keep(
            request,
            answer_form,
            subject=f"{agreed_item_id} {mine.project.pk}",
            about=_("Answer to an agreed item"),
        )
    return answer_form, act, _("The answer is recorded.")


def _audience() -> str:
    return _(
        "For each agreed item: the projects that it names, their institutions and agencies,"
        " the ministry that organises the council, and the council's members."
    )
