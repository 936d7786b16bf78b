"""Who keeps which records of persons and bodies, and who gives which office (O1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.actors import AGENCY_OFFICER, INSTITUTION_OFFICER, OPERATOR
from banso.people.models import (
    Affiliation,
    Appointment,
    Deputy,
    Organisation,
    Person,
    ProposedAppointment,
)
from banso.people.permissions.permission import Permission
from banso.rulebook.offices import GIVEN_BY

if TYPE_CHECKING:
    from uuid import UUID

    from banso.people.actors import Actor

_INSTITUTIONS = frozenset({Organisation.Kind.INSTITUTION, Organisation.Kind.COMPANY})


def gives(actor: Actor, role: str, organisation_id: UUID | None) -> bool:
    """Tell whether the person gives the role for the body; an agency also an institution's."""
    if actor.holds({OPERATOR}):
        return True
    if organisation_id is None:
        return False
    if role == INSTITUTION_OFFICER and actor.agencies:
        return Organisation.objects.of_kind(*_INSTITUTIONS).filter(pk=organisation_id).exists()
    held = (one.role for one in actor.appointments if one.organisation_id == organisation_id)
    return any(role in GIVEN_BY.get(one, ()) for one in held)


def _keeps_for(actor: Actor, organisation_id: UUID | None) -> bool:
    return actor.holds({OPERATOR}) or organisation_id in actor.desks


def _keeps(actor: Actor, person: Person) -> bool:
    if person.pk == actor.person_id or actor.holds({OPERATOR}):
        return True
    return Person.objects.kept_at(actor).filter(pk=person.pk).exists()


def _keeps_the_place(actor: Actor, affiliation: Affiliation) -> bool:
    return _keeps_for(actor, affiliation.organisation_id)


def _gives(actor: Actor, appointment: Appointment | ProposedAppointment) -> bool:
    return gives(actor, appointment.role, appointment.organisation_id)


def _gives_or_holds(actor: Actor, appointment: Appointment) -> bool:
    return appointment.person_id == actor.person_id or _gives(actor, appointment)


def _registers_bodies(actor: Actor, _subject: object) -> bool:
    return actor.holds({OPERATOR, AGENCY_OFFICER})


def _corrects_body(actor: Actor, body: Organisation) -> bool:
    if _keeps_for(actor, body.pk):
        return True
    return bool(actor.agencies) and not _INSTITUTIONS.isdisjoint(body.kinds)


def _is_somebody(actor: Actor, _subject: object) -> bool:
    return not actor.is_visitor


def _has_a_desk(actor: Actor, _subject: object) -> bool:
    return bool(actor.desks) or actor.holds({OPERATOR})


def _keeps_both(actor: Actor, both: tuple[Person | Organisation, Person | Organisation]) -> bool:
    return all(
        _keeps(actor, one) if isinstance(one, Person) else _corrects_body(actor, one)
        for one in both
    ) and not any(one.pk == actor.person_id for one in both)


def _names_deputy(actor: Actor, deputy: Deputy) -> bool:
    own = deputy.person_id == actor.person_id
    return own or actor.holds({OPERATOR}) or deputy.organisation_id in actor.alone.desks


def _ends_deputy(actor: Actor, deputy: Deputy) -> bool:
    return deputy.deputy_id == actor.person_id or _names_deputy(actor, deputy)


_BODYS_OFFICERS = _("Officers of the body do this for it; the operator does it for every body.")
_WHO_GIVES = _(
    "Officers of a funding agency appoint its officers, PD, PO and reviewers and an institution's"
    " officers; officers of a ministry or an institution its own; the operator everyone else."
)
ENTER_PERSON = Permission["UUID | None"]("people.enter_person", _keeps_for, _BODYS_OFFICERS)
CORRECT_PERSON = Permission[Person](
    "people.correct_person",
    _keeps,
    _(
        "The person, officers of the body that keeps the record or to which the person belongs,"
        " and the operator correct it."
    ),
)
OPEN_RECORD = Permission[object](
    "people.open_record", _is_somebody, _("Whoever may read a record opens it.")
)
AFFILIATE_PERSON = Permission["UUID | None"](
    "people.affiliate_person", _keeps_for, _BODYS_OFFICERS
)
CORRECT_AFFILIATION = Permission[Affiliation](
    "people.correct_affiliation", _keeps_the_place, _BODYS_OFFICERS
)
END_AFFILIATION = Permission[Affiliation](
    "people.end_affiliation", _keeps_the_place, _BODYS_OFFICERS
)
REGISTER_ORGANISATION = Permission[object](
    "people.register_organisation",
    _registers_bodies,
    _("Officers of a funding agency and the operator register bodies."),
)
CORRECT_ORGANISATION = Permission[Organisation](
    "people.correct_organisation",
    _corrects_body,
    _(
        "A body's own officers and the operator correct its record; officers of a funding agency"
        " those of institutions and companies."
    ),
)
APPOINT = Permission[Appointment]("people.appoint", _gives, _WHO_GIVES)
PROPOSE_APPOINTMENT = Permission[ProposedAppointment](
    "people.propose_appointment", _gives, _WHO_GIVES
)
CONFIRM_APPOINTMENT = Permission[ProposedAppointment](
    "people.confirm_appointment", _gives, _WHO_GIVES
)
WITHDRAW_PROPOSED_APPOINTMENT = Permission[ProposedAppointment](
    "people.withdraw_proposed_appointment", _gives, _WHO_GIVES
)
END_APPOINTMENT = Permission[Appointment](
    "people.end_appointment",
    _gives_or_holds,
    _("Whoever gives a role ends it, and so does the person who holds it."),
)
UPLOAD_TABLE = Permission[object]("people.upload_table", _has_a_desk, _BODYS_OFFICERS)
DROP_TABLE = Permission[object]("people.drop_table", _has_a_desk, _BODYS_OFFICERS)
IMPORT_PERSONS = Permission[object]("people.import_persons", _has_a_desk, _BODYS_OFFICERS)
IMPORT_BODIES = Permission[object](
    "people.import_bodies",
    _registers_bodies,
    _("Officers of a funding agency and the operator register bodies."),
)
_WHO_MERGES = _(
    "Officers who may correct both records propose and confirm, and so does the operator; nobody"
    " merges a record of their own."
)
PROPOSE_MERGING = Permission["tuple[Person | Organisation, Person | Organisation]"](
    "people.propose_merging", _keeps_both, _WHO_MERGES
)
CONFIRM_MERGING = Permission["tuple[Person | Organisation, Person | Organisation]"](
    "people.confirm_merging", _keeps_both, _WHO_MERGES
)
WITHDRAW_MERGING = Permission["tuple[Person | Organisation, Person | Organisation]"](
    "people.withdraw_merging", _keeps_both, _WHO_MERGES
)
_WHO_DEPUTISES = _(
    "The officer whose place it is, another officer of the body and the operator name a deputy and"
    " end it; the deputy may end it as well."
)
NAME_DEPUTY = Permission["Deputy"]("people.name_deputy", _names_deputy, _WHO_DEPUTISES)
END_DEPUTY = Permission["Deputy"]("people.end_deputy", _ends_deputy, _WHO_DEPUTISES)
