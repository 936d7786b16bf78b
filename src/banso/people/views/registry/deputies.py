"""Deputies: named, listed and ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.people.commands.offices.end_deputy import end_deputy
from banso.people.commands.offices.name_deputy import name_deputy
from banso.people.forms.registry.deputies import DeputyForm
from banso.people.messages import THE_DESK
from banso.people.permissions import END_DEPUTY
from banso.people.queries.records import deputies as queries
from banso.people.queries.registry import desk_bodies
from banso.people.views.registry.answers import answered, crumbs, require_desk
from banso.web.answering import answer, sent, shows_and_takes
from banso.web.forms import ActForm
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request


@require_safe
def deputies(request: Request) -> HttpResponse:
    """List who stands in for whom."""
    require_desk(request)
    context = {
        "deputies": queries.deputies_of_desk(request.actor)[:200],
        "today": request.actor.on,
        "breadcrumbs": crumbs(),
    }
    return page(request, "people/registry/deputies.html", context, audience=THE_DESK)


@shows_and_takes
def name(request: Request) -> HttpResponse:
    """Name a deputy for oneself or for another officer of the body."""
    require_desk(request)
    viewer = request.actor
    form = DeputyForm(
        sent(request),
        officers=queries.officers_with_deputies(viewer),
        colleagues=queries.colleagues_of(viewer),
        bodies=desk_bodies(viewer),
        on=viewer.on,
    )
    return answered(
        request,
        answer(request, form, partial(name_deputy, actor=viewer)),
        heading=_("Name a deputy"),
        button=_("Name the deputy"),
        back=reverse("registry:deputies"),
        said=_("The deputy is named."),
        template="people/registry/name_deputy.html",
    )


@shows_and_takes
def end(request: Request, deputy_id: UUID) -> HttpResponse:
    """End it before its last day."""
    found = queries.deputies_of_desk(request.actor).get(pk=deputy_id)
    END_DEPUTY.require(request.actor, found)
    act = partial(end_deputy, actor=request.actor, deputy_id=deputy_id)
    is_desk = bool(request.actor.desks)
    return answered(
        request,
        answer(request, ActForm(sent(request)), act),
        heading=_("End the deputy's period"),
        button=_("End it now"),
        back=reverse("registry:deputies") if is_desk else reverse("record:own"),
        said=_("The deputy stands in no longer."),
        about=found.deputy,
        place=found.organisation,
    )
