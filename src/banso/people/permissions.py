"""Who may do what; each app declares its own permissions with this one class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from banso.people.actors import AGENCY_OFFICER, OPERATOR, PROGRAM_DIRECTOR, PROGRAM_OFFICER
from banso.rulebook.verdicts import NotPermitted

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Actor
    from banso.people.models import Appointment

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Permission(Generic[Subject]):
    """An act by its command's name, who may do it, and the words that say who."""

    name: str
    is_held: Callable[[Actor, Subject], bool]
    who: StrOrPromise

    def allows(self, actor: Actor, subject: Subject) -> bool:
        """Tell whether the actor may do this to the subject."""
        return self.is_held(actor, subject)

    def require(self, actor: Actor, subject: Subject) -> None:
        """Stop the act unless the actor may do it."""
        if not self.is_held(actor, subject):
            raise NotPermitted(self.name, str(self.who))


def _operates(actor: Actor, _subject: object) -> bool:
    return actor.holds({OPERATOR})


def _appoints(actor: Actor, appointment: Appointment) -> bool:
    if actor.holds({OPERATOR}):
        return True
    directs = appointment.role in {PROGRAM_DIRECTOR, PROGRAM_OFFICER}
    return directs and appointment.organisation_id in actor.serves(AGENCY_OFFICER)


REGISTER_ORGANISATION = Permission[object](
    "people.register_organisation", _operates, _("The operator registers organisations.")
)
REGISTER_PERSON = Permission[object](
    "people.register_person", _operates, _("The operator registers persons.")
)
ERASE_DETAILS = Permission[object](
    "people.erase_details", _operates, _("The operator erases details of the ledger.")
)
REGISTER_WITNESS = Permission[object](
    "people.register_witness", _operates, _("The operator registers witnesses of the ledger.")
)
APPOINT = Permission["Appointment"](
    "people.appoint",
    _appoints,
    _("The funding agency's officers appoint its PD and PO; the operator appoints everyone else."),
)


def _is_somebody(actor: Actor, _subject: object) -> bool:
    return not actor.is_visitor


_OWN = _("Each person does this with their own account alone.")
END_SESSION = Permission[object]("people.end_session", _is_somebody, _OWN)
END_OTHER_SESSIONS = Permission[object]("people.end_other_sessions", _is_somebody, _OWN)
END_DEVICE = Permission[object]("people.end_device", _is_somebody, _OWN)
