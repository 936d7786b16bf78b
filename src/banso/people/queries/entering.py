"""Reading invitations, sign-ups and affiliations that wait."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from django.db.models import Q

from banso.people.entering import account_without_means
from banso.people.models import Account, AffiliationClaim, Invitation, Organisation
from banso.people.models.invitations import PURPOSES
from banso.people.models.keys import words_in
from banso.people.permissions import offices_for
from banso.rulebook.offices import TAKES_TWO
from banso.rulebook.people.entering import invited_by, may_use_invitation

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from banso.people.accounts.links import Opened
    from banso.people.actors import Actor
    from banso.rulebook.verdicts import Verdict


def invitations_for(viewer: Actor) -> QuerySet[Invitation]:
    """List the invitations of the viewer's bodies."""
    return Invitation.objects.visible_to(viewer).select_related("organisation")


def invitation_for(viewer: Actor, invitation_id: UUID) -> Invitation:
    """Find one invitation of the viewer's bodies."""
    return invitations_for(viewer).get(pk=invitation_id)


def invitation_opened(opened: Opened) -> Invitation:
    """Find the invitation whose signed link somebody holds."""
    under_link = Invitation.objects.under_link(opened.invitation_id)
    return under_link.select_related("organisation").get()


def may_still_be_used(invitation: Invitation, opened: Opened, at: datetime) -> Verdict:
    """Ask the rule whether the link that somebody holds works."""
    return may_use_invitation(
        accepted_at=invitation.accepted_at,
        withdrawn_at=invitation.withdrawn_at,
        ends_at=invitation.ends_at,
        is_latest_letter=invitation.letter == opened.letter,
        at=at,
    )


def has_account_in_use(email: str) -> bool:
    """Tell whether an account has the address with which somebody can sign in."""
    account = Account.objects.filter(email__iexact=email).first()
    return account is not None and account_without_means(account) is None


def entering_person(email: str, within: UUID) -> UUID:
    """Name who comes in: the person for whom an account was made, else a new one.

    A form that is sent twice names the same person twice, so that it acts once.
    """
    account = Account.objects.filter(email__iexact=email).first()
    return account.person_id if account else uuid5(within, email)


def names_known(email: str, invitation: Invitation | None = None) -> dict[str, str]:
    """Give the name as far as it is known, for its person to correct."""
    account = Account.objects.filter(email__iexact=email).select_related("person").first()
    if account is not None:
        person = account.person
        return {
            name: getattr(person, name)
            for name in (
                *("family_name", "given_name", "family_name_kana", "given_name_kana"),
                *("family_name_en", "given_name_en", "language"),
            )
        }
    if invitation is None:
        return {}
    return {
        "family_name": invitation.family_name,
        "given_name": invitation.given_name,
        "language": invitation.language,
    }


def bodies_to_belong_to() -> QuerySet[Organisation]:
    """List bodies by name; their names are public."""
    return Organisation.objects.standing().order_by("sort_key", "pk")


def bodies_matching(bodies: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """Keep bodies whose names contain every word, in whatever script."""
    return bodies.filter(words_in(words))


def purposes_for(
    viewer: Actor,
) -> tuple[list[Organisation], list[tuple[str, StrOrPromise]]]:
    """List for which bodies and for what the viewer may invite."""
    if viewer.is_operator:
        return [*bodies_to_belong_to()], [*PURPOSES]
    ids = viewer.agencies | viewer.ministries | viewer.institutions
    offices = {office for body in ids for office in offices_for(viewer, body)}
    purposes = invited_by(offices)
    labels = dict(PURPOSES)
    return (
        [*bodies_to_belong_to().filter(pk__in=ids)],
        [(purpose, labels[purpose]) for purpose in purposes],
    )


def claims_for(viewer: Actor) -> QuerySet[AffiliationClaim]:
    """List the affiliations that an officer of the viewer's bodies answers."""
    claims = AffiliationClaim.objects.visible_to(viewer).exclude(person_id=viewer.person_id)
    return claims.select_related("person", "organisation")


def claims_waiting(viewer: Actor) -> QuerySet[AffiliationClaim]:
    """List those that nobody has answered, oldest first; tasks and pages begin with them."""
    known = Q(organisation_id__in=viewer.institutions, was_proposed=False)
    new = Q(was_proposed=True) if viewer.agencies or viewer.is_operator else Q(pk=None)
    waiting = claims_for(viewer).filter(confirmed_at=None, refused_at=None).filter(known | new)
    return waiting.order_by("claimed_at", "pk")


def claim_for(viewer: Actor, claim_id: UUID) -> AffiliationClaim:
    """Find an affiliation that an officer of the viewer's bodies answers."""
    return claims_for(viewer).get(pk=claim_id)


def own_claims(viewer: Actor) -> QuerySet[AffiliationClaim]:
    """List where the viewer said that they belong."""
    own = AffiliationClaim.objects.visible_to(viewer).filter(person_id=viewer.person_id)
    return own.select_related("organisation").order_by("-claimed_at", "pk")


def invitations_to_confirm(viewer: Actor) -> QuerySet[Invitation]:
    """List invitations of others that give an office and need a second officer."""
    waiting = invitations_for(viewer).filter(
        confirmed_at=None, withdrawn_at=None, purpose__in=_taking_two(viewer)
    )
    return waiting.exclude(invited_by=viewer.person_id).order_by("invited_at", "pk")


def _taking_two(viewer: Actor) -> list[str]:
    return [*(TAKES_TWO if viewer.is_operator else viewer.roles & TAKES_TWO)]
