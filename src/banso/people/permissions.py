"""Who may do what; each app declares its own permissions with this one class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from banso.people.actors import AGENCY_OFFICER, OPERATOR, PROGRAM_DIRECTOR, PROGRAM_OFFICER
from banso.people.models import Account
from banso.people.models.sign_ins import people_of
from banso.rulebook.people.entering import INVITED_BY, invited_by
from banso.rulebook.verdicts import NotPermitted

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Actor
    from banso.people.models import AffiliationClaim, Appointment, Invitation, Organisation

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


def offices_for(actor: Actor, organisation_id: UUID | None) -> frozenset[str]:
    """Name the offices that somebody holds for a body today."""
    return frozenset(
        appointed.role
        for appointed in actor.appointments
        if appointed.organisation_id == organisation_id and appointed.role in INVITED_BY
    )


def _invites_for(actor: Actor, organisation: Organisation) -> bool:
    return actor.is_operator or bool(offices_for(actor, organisation.pk))


def _keeps(actor: Actor, invitation: Invitation) -> bool:
    offices = offices_for(actor, invitation.organisation_id)
    return actor.is_operator or invitation.purpose in invited_by(offices)


def _holds_the_link(actor: Actor, _invitation: object) -> bool:
    return not actor.is_visitor and not actor.appointments


def _has_the_address(actor: Actor, invitation: Invitation) -> bool:
    own = Account.objects.filter(person_id=actor.person_id, email__iexact=invitation.email)
    return not actor.is_visitor and own.exists()


def _knows_the_body(actor: Actor, claim: AffiliationClaim) -> bool:
    if claim.was_proposed:
        return actor.is_operator or bool(actor.agencies)
    return actor.is_operator or claim.organisation_id in actor.institutions


_OFFICERS = _(
    "Officers of a funding agency, of a ministry or of an institution invite for their own body."
)
INVITE_PEOPLE = Permission["Organisation"]("people.invite_people", _invites_for, _OFFICERS)
RENEW_INVITATION = Permission["Invitation"]("people.renew_invitation", _keeps, _OFFICERS)
WITHDRAW_INVITATION = Permission["Invitation"]("people.withdraw_invitation", _keeps, _OFFICERS)
CONFIRM_INVITATION = Permission["Invitation"](
    "people.confirm_invitation", _keeps, _("A second officer of the same body confirms it.")
)
ENTER_BY_INVITATION = Permission["Invitation"](
    "people.enter_by_invitation", _holds_the_link, _("Whoever received the letter comes in by it.")
)
AGREE_TO_INVITATION = Permission["Invitation"](
    "people.agree_to_invitation",
    _has_the_address,
    _("Whoever has the account of the address to which the invitation was sent agrees to it."),
)
SIGN_UP = Permission[object](
    "people.sign_up", _holds_the_link, _("Whoever received the letter makes the account.")
)
CLAIM_AFFILIATION = Permission[object](
    "people.claim_affiliation", _is_somebody, _("Each person says where they themselves belong.")
)
_CONFIRMS = _(
    "An institution's officers confirm who belongs to it; an agency's confirm a body that is new."
)
CONFIRM_AFFILIATION = Permission["AffiliationClaim"](
    "people.confirm_affiliation", _knows_the_body, _CONFIRMS
)
REFUSE_AFFILIATION = Permission["AffiliationClaim"](
    "people.refuse_affiliation", _knows_the_body, _CONFIRMS
)


def _cares_for(actor: Actor, account: Account) -> bool:
    return actor.is_operator or people_of(actor).filter(pk=account.person_id).exists()


_TWO = _(
    "Officers of a body to which the person belongs, or operators: one asks, another confirms."
)
ASK_FACTOR_RESET = Permission["Account"]("people.ask_factor_reset", _cares_for, _TWO)
CONFIRM_FACTOR_RESET = Permission["Account"]("people.confirm_factor_reset", _cares_for, _TWO)
WITHDRAW_FACTOR_RESET = Permission["Account"]("people.withdraw_factor_reset", _cares_for, _TWO)
