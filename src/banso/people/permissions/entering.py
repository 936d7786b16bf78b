"""Who invites whom, comes in, and confirms where somebody belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.models import Account
from banso.people.permissions.permission import Permission
from banso.rulebook.people.entering import INVITED_BY, invited_by

if TYPE_CHECKING:
    from uuid import UUID

    from banso.people.actors import Actor
    from banso.people.models import AffiliationClaim, Invitation, Organisation


def _is_somebody(actor: Actor, _subject: object) -> bool:
    return not actor.is_visitor


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
