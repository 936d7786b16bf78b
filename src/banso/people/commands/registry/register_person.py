"""The operator makes a person known, with where they belong and how they sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command
from banso.people.models import Account, Affiliation, Person
from banso.people.permissions import REGISTER_PERSON
from banso.people.records.changes import record_change
from banso.rulebook.people.entering import may_make_account
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from banso.people.actors import Actor


@command
def register_person(
    *,
    actor: Actor,
    family_name: str,
    given_name: str,
    family_name_en: str = "",
    given_name_en: str = "",
    email: str,
    password: str | None = None,
    organisation_id: UUID | None = None,
    unit: str = "",
    from_on: date,
    is_sample: bool = False,
) -> Person:
    """Register a person with one account; without a password nobody can sign in with one."""
    REGISTER_PERSON.require(actor, None)
    taken = Account.objects.filter(email__iexact=email).exists()
    enforce(may_make_account(has_account=taken))
    person = Person.objects.create(
        family_name=family_name,
        given_name=given_name,
        family_name_en=family_name_en,
        given_name_en=given_name_en,
        is_sample=is_sample,
    )
    account = Account(person=person, email=email.casefold())
    account.set_password(password)
    account.save()
    if organisation_id:
        Affiliation.objects.create(
            person=person, organisation_id=organisation_id, unit=unit, from_on=from_on
        )
    record_change(subject=person, of=[(person, {})], details={"organisation": organisation_id})
    return person
