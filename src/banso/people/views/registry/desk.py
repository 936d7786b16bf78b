"""The registry desk, and its four lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.views.decorators.http import require_safe

from banso.people.lists.registry import AFFILIATIONS, APPOINTMENTS, BODIES, PERSONS
from banso.people.messages import THE_DESK
from banso.people.permissions import REGISTER_ORGANISATION
from banso.people.queries import registry
from banso.people.queries.records.merging import waiting_mergings
from banso.people.views.registry.answers import crumbs, require_desk
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request
    from banso.web.lists.listing import Listing


@require_safe
def desk(request: Request) -> HttpResponse:
    """Show what can be done, and which appointments wait for a second person."""
    require_desk(request)
    context = {
        "bodies": registry.desk_bodies(request.actor)[:5],
        "proposed": registry.proposed_appointments(request.actor),
        "mergings": waiting_mergings(request.actor),
    }
    return page(request, "people/registry/desk.html", context, audience=THE_DESK)


@require_safe
def persons(request: Request) -> HttpResponseBase:
    """List the persons whose records the desk reads."""
    require_desk(request)
    return _listed(request, PERSONS, registry.registered_persons(request.actor))


@require_safe
def bodies(request: Request) -> HttpResponseBase:
    """List the bodies."""
    require_desk(request)
    return _listed(request, BODIES, registry.registered_bodies())


@require_safe
def affiliations(request: Request) -> HttpResponseBase:
    """List who belongs to the desk's bodies."""
    require_desk(request)
    return _listed(request, AFFILIATIONS, registry.affiliations_of_desk(request.actor))


@require_safe
def appointments(request: Request) -> HttpResponseBase:
    """List who holds which role for the desk's bodies."""
    require_desk(request)
    return _listed(request, APPOINTMENTS, registry.appointments_of_desk(request.actor))


def _listed(request: Request, listing: Listing, rows: QuerySet[Any]) -> HttpResponseBase:
    return answer_list(
        request,
        listing,
        rows,
        template="people/registry/list.html",
        audience=THE_DESK,
        at=request.at,
        context={
            "breadcrumbs": crumbs(),
            "name": listing.name,
            "may_register": REGISTER_ORGANISATION.allows(request.actor, None),
        },
    )
