"""The organiser names who represents the R&D in a council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.councils.models import Council
from banso.councils.permissions import NAME_REPRESENTATIVE
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.models import Appointment
from banso.projects.models import Project
from banso.rulebook.councils import DIRECTOR_ROLES, REPRESENTATION, may_represent
from banso.rulebook.japan import day_in_japan
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def name_representative(
    *, actor: Actor, council_id: UUID, person_id: UUID, at: datetime
) -> Council:
    """Name a PD, a PO or a lead of the concept; an earlier representative's consent goes (C2)."""
    councils = locked(Council.objects.known_to(actor))
    council = councils.get(pk=council_id)

    NAME_REPRESENTATIVE.require(actor, council)
    enforce(
        may_represent(
            role=_directing_role(person_id, council, at),
            leads_adopted_project_of_concept=Project.objects.filter(
                concept_id=council.concept_id, lead_id=person_id
            ).exists(),
        )
    )
    council.representative_id = person_id
    council.representative_consented_at = None
    council.save(update_fields=["representative", "representative_consented_at"])
    record(subject=council, clause=REPRESENTATION, details={"person": person_id})
    return council


def _directing_role(person_id: UUID, council: Council, at: datetime) -> str:
    appointments = Appointment.objects.on(day_in_japan(at)).filter(
        person_id=person_id, role__in=DIRECTOR_ROLES, scope_id=council.concept_id
    )
    return appointments.values_list("role", flat=True).first() or ""
