"""Persons on record: opened, entered, put right, and given a place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from banso.people.commands.persons.affiliate_person import affiliate_person
from banso.people.commands.persons.correct_affiliation import correct_affiliation
from banso.people.commands.persons.correct_person import correct_person
from banso.people.commands.persons.end_affiliation import end_affiliation
from banso.people.commands.persons.enter_person import enter_person
from banso.people.commands.persons.open_record import open_record
from banso.people.forms.records import (
    A_DAY,
    EndForm,
    EnterPersonForm,
    NamesForm,
    PeriodForm,
    PlaceForm,
)
from banso.people.messages import THE_DESK
from banso.people.permissions import CORRECT_AFFILIATION, CORRECT_PERSON, END_AFFILIATION
from banso.people.queries import registry
from banso.people.queries.records.history import history_of
from banso.people.queries.records.merging import likely_duplicates
from banso.people.views.registry.answers import answered, crumbs, require_desk
from banso.web.answering import answer, sent, shows_and_takes
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request


@require_GET
def person(request: Request, person_id: UUID) -> HttpResponse:
    """Open one record; whose it is can see that it was opened (A-81)."""
    require_desk(request)
    if person_id == request.actor.person_id:
        found = registry.person_on_record(request.actor, person_id)
    else:
        found = open_record(actor=request.actor, person_id=person_id)
    context = {
        "person": found,
        "places": registry.places_of(found),
        "roles": registry.roles_of(found),
        "history": history_of(found),
        "likely": likely_duplicates(request.actor, found),
        "may_correct": CORRECT_PERSON.allows(request.actor, found),
        "desks": request.actor.desks,
        "viewer": request.actor,
        "breadcrumbs": crumbs((_("Persons"), reverse("registry:persons"))),
    }
    return page(request, "people/registry/person.html", context, audience=THE_DESK)


@shows_and_takes
def enter(request: Request) -> HttpResponse:
    """Enter a person, after a look at whoever has the same name or number."""
    require_desk(request)
    bodies = registry.desk_bodies(request.actor)
    form = EnterPersonForm(sent(request), bodies=bodies)
    if form.is_bound and form.is_valid():
        form.look_for(registry.likely_same(form.values(), request.actor.on))
    result = answer(request, form, partial(enter_person, actor=request.actor))
    back = reverse("registry:persons")
    return answered(
        request,
        result,
        heading=_("Enter a person"),
        button=_("Enter the person"),
        back=back,
        then=reverse("registry:person", args=[result.made.pk]) if result.made else "",
        said=_("The person is registered."),
        template="people/registry/enter.html",
        likely=form.likely,
    )


@shows_and_takes
def correct(request: Request, person_id: UUID) -> HttpResponse:
    """Put names and numbers right."""
    require_desk(request)
    found = registry.person_on_record(request.actor, person_id)
    CORRECT_PERSON.require(request.actor, found)
    known = {name: getattr(found, name) for name in NamesForm.base_fields}
    act = partial(correct_person, actor=request.actor, person_id=person_id)
    return answered(
        request,
        answer(request, NamesForm(sent(request), initial=known), act),
        heading=_("Correct the record"),
        button=_("Keep the corrections"),
        back=reverse("registry:person", args=[person_id]),
        said=_("The record is corrected."),
        about=found,
    )


@shows_and_takes
def affiliate(request: Request, person_id: UUID) -> HttpResponse:
    """Add a place to a person who is known, also to one whom another body registered."""
    require_desk(request)
    found = registry.everybody(request.actor).get(pk=person_id)
    form = PlaceForm(sent(request), bodies=registry.desk_bodies(request.actor))
    act = partial(affiliate_person, actor=request.actor, person_id=person_id)
    return answered(
        request,
        answer(request, form, act),
        heading=_("Add an affiliation"),
        button=_("Add the affiliation"),
        back=reverse("registry:persons"),
        then=reverse("registry:person", args=[person_id]),
        said=_("The affiliation is added."),
        about=found,
    )


@shows_and_takes
def edit_affiliation(request: Request, affiliation_id: UUID) -> HttpResponse:
    """Put unit and days right."""
    require_desk(request)
    found = registry.affiliation_on_record(request.actor, affiliation_id)
    CORRECT_AFFILIATION.require(request.actor, found)
    last_on = found.until_on - A_DAY if found.until_on else None
    known = {"unit": found.unit, "from_on": found.from_on, "last_on": last_on}
    act = partial(correct_affiliation, actor=request.actor, affiliation_id=affiliation_id)
    return answered(
        request,
        answer(request, PeriodForm(sent(request), initial=known), act),
        heading=_("Correct the affiliation"),
        button=_("Keep the corrections"),
        back=reverse("registry:person", args=[found.person_id]),
        said=_("The affiliation is corrected."),
        about=found.person,
        place=found.organisation,
    )


@shows_and_takes
def leave_body(request: Request, affiliation_id: UUID) -> HttpResponse:
    """Enter the last day of an affiliation."""
    require_desk(request)
    found = registry.affiliation_on_record(request.actor, affiliation_id)
    END_AFFILIATION.require(request.actor, found)
    form = EndForm(sent(request), from_on=found.from_on)
    act = partial(end_affiliation, actor=request.actor, affiliation_id=affiliation_id)
    return answered(
        request,
        answer(request, form, act),
        heading=_("End the affiliation"),
        button=_("Enter the last day"),
        back=reverse("registry:person", args=[found.person_id]),
        said=_("The last day of the affiliation is entered."),
        about=found.person,
        place=found.organisation,
    )
