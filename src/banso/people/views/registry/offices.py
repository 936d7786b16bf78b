"""Roles that are given and ended; some of them by two people."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from banso.people.commands.offices.confirm_appointment import confirm_appointment
from banso.people.commands.offices.end_appointment import end_appointment
from banso.people.commands.offices.propose_appointment import propose_appointment
from banso.people.commands.offices.withdraw_proposed_appointment import (
    withdraw_proposed_appointment,
)
from banso.people.commands.registry.appoint import appoint
from banso.people.forms.records import EndForm
from banso.people.forms.registry.offices import AppointForm
from banso.people.permissions import CONFIRM_APPOINTMENT, END_APPOINTMENT
from banso.people.queries import registry
from banso.people.views.registry.answers import answered, require_desk
from banso.rulebook.offices import TAKES_TWO
from banso.web.answering import answer, sent, shows_and_takes
from banso.web.forms import ActForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request

WITHDRAW = "withdraw"


@shows_and_takes
def give(request: Request) -> HttpResponse:
    """Appoint at once, or propose what another person has to confirm."""
    require_desk(request)
    viewer = request.actor
    given = set(registry.roles_given_by(viewer))
    form = AppointForm(
        sent(request),
        people=registry.everybody(viewer),
        roles=registry.named_roles(given),
        bodies=registry.bodies_to_appoint_for(viewer),
        on=viewer.on,
    )

    def act(**facts: Any) -> object:  # noqa: ANN401 - the form's facts, as they are
        takes_two = facts["role"] in TAKES_TWO
        command = propose_appointment if takes_two else appoint
        return command(actor=viewer, **facts)

    result = answer(request, form, act)
    takes_two = result.is_done and form.cleaned_data["role"] in TAKES_TWO
    return answered(
        request,
        result,
        heading=_("Appoint a person"),
        button=_("Appoint or propose"),
        back=reverse("registry:desk"),
        said=_("The appointment is proposed. It holds once another person has confirmed it.")
        if takes_two
        else _("The person is appointed."),
    )


@shows_and_takes
def proposed(request: Request, proposed_id: UUID) -> HttpResponse:
    """Confirm what another person proposed, or close it without an appointment."""
    require_desk(request)
    viewer = request.actor
    found = registry.proposed_appointments(viewer).get(pk=proposed_id)
    CONFIRM_APPOINTMENT.require(viewer, found)
    is_withdrawn = request.POST.get("act") == WITHDRAW
    command = withdraw_proposed_appointment if is_withdrawn else confirm_appointment
    act = partial(command, actor=viewer, proposed_id=proposed_id)
    return answered(
        request,
        answer(request, ActForm(sent(request)), act),
        heading=_("Confirm an appointment"),
        button=_("Confirm the appointment"),
        back=reverse("registry:desk"),
        said=_("The proposal is closed without an appointment.")
        if is_withdrawn
        else _("The appointment is confirmed."),
        template="people/registry/proposed.html",
        proposed=found,
        is_own=found.proposed_by_id == viewer.person_id,
    )


@shows_and_takes
def end(request: Request, appointment_id: UUID) -> HttpResponse:
    """Enter the last day of a role."""
    found = registry.appointment_on_record(request.actor, appointment_id)
    END_APPOINTMENT.require(request.actor, found)
    act = partial(end_appointment, actor=request.actor, appointment_id=appointment_id)
    return answered(
        request,
        answer(request, EndForm(sent(request), from_on=found.from_on), act),
        heading=_("End the appointment"),
        button=_("Enter the last day"),
        back=reverse("registry:person", args=[found.person_id]),
        said=_("The last day of the appointment is entered."),
        about=found.person,
        place=found.organisation,
        role=found.get_role_display(),
    )
