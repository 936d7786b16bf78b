"""Reading who plays which role; sample people only."""

from __future__ import annotations

from typing import NamedTuple

from banso.catalogue.models import Concept
from banso.people.models import Account
from banso.people.queries.persons import has_persons_beyond_sample
from banso.rehearsal.roles import ROLES, Role


class Playable(NamedTuple):
    """A role with the sample person who plays it."""

    role: Role
    name_ja: str
    name_en: str
    body_ja: str
    body_en: str


def concepts_of_vision(number: int) -> list[Concept]:
    """List the concepts of a vision, by slug, with their agency and editions."""
    concepts = Concept.objects.filter(vision__number=number).select_related("agency")
    return list(concepts.prefetch_related("editions").order_by("slug"))


def playable_roles() -> list[Playable]:
    """List the roles whose sample person is there; none once somebody is no sample.

    Sample officers serve the bodies that real people serve, so nobody steps in beside those.
    """
    if has_persons_beyond_sample():
        return []
    accounts = {
        account.email: account
        for account in Account.objects.filter(
            email__in=[role.email for role in ROLES], person__is_sample=True
        )
        .select_related("person")
        .prefetch_related("person__affiliations__organisation")
    }
    return [_playable(role, accounts[role.email]) for role in ROLES if role.email in accounts]


def account_of_role(code: str) -> Account:
    """Find the sample account behind a role; none exists beside people who are no samples."""
    if has_persons_beyond_sample():
        raise Account.DoesNotExist
    emails = {role.code: role.email for role in ROLES}
    return Account.objects.select_related("person").get(
        email=emails.get(code), person__is_sample=True
    )


def _playable(role: Role, account: Account) -> Playable:
    [affiliation] = account.person.affiliations.all()[:1]
    body = affiliation.organisation
    return Playable(
        role, account.person.name_ja, account.person.name_en, body.name_ja, body.name_en
    )


def refusal_to_demonstrate() -> str:
    """Say why nobody may step into roles on this data folder, or nothing."""
    if not has_persons_beyond_sample():
        return ""
    return (
        "BANSO_DEMO is set and this data folder holds people who are no samples, so nothing is "
        "served: in the demo every visitor acts for every body. Serve it without BANSO_DEMO, or "
        "choose another folder with DATA."
    )
