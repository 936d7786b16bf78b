"""Bodies on record: read, registered, put right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.kept.keeping import keep
from banso.people.commands.bodies.correct_organisation import correct_organisation
from banso.people.commands.bodies.register_organisation import register_organisation
from banso.people.forms.records import BodyForm, CorrectBodyForm
from banso.people.messages import THE_DESK
from banso.people.permissions import CORRECT_ORGANISATION, REGISTER_ORGANISATION
from banso.people.queries import registry
from banso.people.queries.records.history import history_of
from banso.people.queries.records.merging import likely_bodies
from banso.people.views.registry.answers import answered, crumbs, require_desk
from banso.web.answering import answer, sent, shows_and_takes
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request


@require_safe
def body(request: Request, organisation_id: UUID) -> HttpResponse:
    """Show one body with its units and its history."""
    require_desk(request)
    found = registry.body_on_record(organisation_id)
    context = {
        "body": found,
        "history": history_of(found),
        "likely": likely_bodies(found),
        "may_correct": CORRECT_ORGANISATION.allows(request.actor, found),
        "breadcrumbs": crumbs((_("Bodies"), reverse("registry:bodies"))),
    }
    return page(request, "people/registry/body.html", context, audience=THE_DESK)


@shows_and_takes
def register(request: Request) -> HttpResponse:
    """Register a body."""
    require_desk(request)
    REGISTER_ORGANISATION.require(request.actor, None)
    result = answer(
        request,
        keep(request, BodyForm(sent(request)), about=_("A new body")),
        partial(register_organisation, actor=request.actor),
    )
    return answered(
        request,
        result,
        heading=_("Register a body"),
        button=_("Register the body"),
        back=reverse("registry:bodies"),
        then=reverse("registry:body", args=[result.made.pk]) if result.made else "",
        said=_("The body is registered."),
    )


@shows_and_takes
def correct(request: Request, organisation_id: UUID) -> HttpResponse:
    """Put names, numbers, kinds and units right."""
    require_desk(request)
    found = registry.body_on_record(organisation_id)
    CORRECT_ORGANISATION.require(request.actor, found)
    form = keep(
        request,
        CorrectBodyForm(sent(request), initial=CorrectBodyForm.of(found)),
        subject=organisation_id,
        about=found.name_ja,
        saved=lambda: CorrectBodyForm.of(registry.body_on_record(organisation_id)),
    )
    act = partial(correct_organisation, actor=request.actor, organisation_id=organisation_id)
    return answered(
        request,
        answer(request, form, act),
        heading=_("Correct the record"),
        button=_("Keep the corrections"),
        back=reverse("registry:body", args=[organisation_id]),
        said=_("The record is corrected."),
        place=found,
    )
