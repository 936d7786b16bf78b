"""What the ways in share: a link that works, a person with an account, what they get."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from banso.people.models import Account, Affiliation, AffiliationClaim, Appointment, Person
from banso.rulebook.offices import TAKES_TWO
from banso.rulebook.people.entering import RESEARCHER, may_use_invitation
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from banso.people.models import Invitation

# Who is invited for these belongs to the body that invites; others say themselves where they do.
OF_THE_BODY: Final = TAKES_TWO | {RESEARCHER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """A person's name in every script that they give (J6)."""

    family_name: str
    given_name: str = ""
    family_name_kana: str = ""
    given_name_kana: str = ""
    family_name_en: str = ""
    given_name_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a person says that they belong: a body that is known, or one that they propose."""

    organisation_id: UUID | None = None
    body_name_ja: str = ""
    body_name_en: str = ""
    corporate_number: str = ""
    unit: str = ""

    @property
    def is_named(self) -> bool:
        """Whether a body is named at all."""
        return self.organisation_id is not None or bool(self.body_name_ja)


NOWHERE: Final = Place()


def require_link_works(invitation: Invitation, *, letter: int, at: datetime) -> None:
    """Stop a link that was used, withdrawn, replaced or has ended."""
    enforce(
        may_use_invitation(
            accepted_at=invitation.accepted_at,
            withdrawn_at=invitation.withdrawn_at,
            ends_at=invitation.ends_at,
            is_latest_letter=invitation.letter == letter,
            at=at,
        )
    )


def account_without_means(account: Account | None) -> Account | None:
    """Give the account back if nobody could ever sign in with it: it was made for a person."""
    if account is None or account.has_usable_password() or account.last_login is not None:
        return None
    has_means = (
        Authenticator.objects.filter(user=account).exists()
        or SocialAccount.objects.filter(user=account).exists()
    )
    return None if has_means else account


def make_person(
    *, person_id: UUID, email: str, names: Names, language: str, account: Account | None
) -> Account:
    """Make a person and their account, or let somebody claim the one that was made for them."""
    if account is not None:
        for name, value in asdict(names).items():
            setattr(account.person, name, value)
        account.person.language = language
        account.person.save()
        return account
    # In a demonstration everybody is a sample, so that one can go on stepping into roles.
    person = Person.objects.create(
        pk=person_id, language=language, is_sample=settings.IS_DEMO, **asdict(names)
    )
    made = Account(person=person, email=email)
    made.set_unusable_password()
    made.save()
    return made


def fulfil(
    invitation: Invitation, person: Person, place: Place, *, at: datetime, on: date
) -> None:
    """Give what the invitation is for: the body, the office once two people agree, or neither."""
    invitation.accepted_at, invitation.person = at, person
    invitation.save(update_fields=["accepted_at", "person"])
    if invitation.purpose in OF_THE_BODY:
        belongs = Affiliation.objects.on(on).filter(
            person=person, organisation_id=invitation.organisation_id
        )
        if not belongs.exists():
            Affiliation.objects.create(
                person=person,
                organisation_id=invitation.organisation_id,
                unit=place.unit,
                from_on=on,
            )
    else:
        claim_place(person, place, at=at)
    appoint_invited(invitation, from_on=on)


def appoint_invited(invitation: Invitation, *, from_on: date) -> None:
    """Appoint who came in, unless a second officer has still to confirm."""
    if (
        invitation.person_id is None
        or not invitation.gives_office
        or invitation.awaits_confirmation
    ):
        return
    invitation.appointment = Appointment.objects.create(
        person_id=invitation.person_id,
        role=invitation.purpose,
        organisation_id=invitation.organisation_id,
        scope_id=invitation.scope_id,
        from_on=from_on,
    )
    invitation.save(update_fields=["appointment"])


def claim_place(person: Person, place: Place, *, at: datetime) -> None:
    """Keep where a person says that they belong, for the officers who know."""
    if not place.is_named:
        return
    AffiliationClaim.objects.create(
        person=person,
        organisation_id=place.organisation_id,
        was_proposed=place.organisation_id is None,
        body_name_ja=place.body_name_ja,
        body_name_en=place.body_name_en,
        corporate_number=place.corporate_number,
        unit=place.unit,
        claimed_at=at,
    )
