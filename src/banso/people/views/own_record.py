"""A person's own record: what is kept, put right, taken away, and who read it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.people.commands.persons.correct_person import correct_person
from banso.people.forms.registry.own_record import OwnRecordForm
from banso.people.messages import THE_PERSON
from banso.people.queries import registry
from banso.people.queries.records import deputies as deputies_queries
from banso.people.queries.records.history import history_of, openings_of
from banso.people.queries.records.own_record import zip_of
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.pages import page

if TYPE_CHECKING:
    from banso.people.actors import Request


@require_safe
def own(request: Request) -> HttpResponse:
    """Show everything that the registry keeps about the reader, and who opened it."""
    viewer = request.actor
    person = registry.person_on_record(viewer, viewer.person_id)
    context = {
        "person": person,
        "places": registry.places_of(person),
        "roles": registry.roles_of(person),
        "deputies": deputies_queries.deputies_of_desk(viewer)[:50],
        "done_for": deputies_queries.done_for(viewer),
        "openings": openings_of(viewer.person_id),
        "history": history_of(person),
        "today": viewer.on,
        "viewer": viewer,
    }
    return page(request, "people/record/own.html", context, audience=THE_PERSON)


@shows_and_takes
def correct(request: Request) -> HttpResponse:
    """Put one's own name, numbers and language right."""
    viewer = request.actor
    person = registry.person_on_record(viewer, viewer.person_id)
    known = {name: getattr(person, name) for name in OwnRecordForm.base_fields}
    act = partial(correct_person, actor=viewer, person_id=viewer.person_id)
    answered = answer(request, OwnRecordForm(sent(request), initial=known), act)
    if answered.is_done:
        return done(request, reverse("record:own"), _("Your record is corrected."))
    return page(
        request,
        "people/record/correct.html",
        answered.shown,
        audience=THE_PERSON,
        status=answered.status,
    )


@require_safe
def take_away(request: Request) -> HttpResponse:
    """Give everything as one file."""
    headers = {"Content-Disposition": 'attachment; filename="my-record.zip"'}
    content = zip_of(request.actor, request.at)
    return HttpResponse(content, content_type="application/zip", headers=headers)
