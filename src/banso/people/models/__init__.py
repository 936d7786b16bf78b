"""Persons and bodies, how they belong together, and how a person signs in."""

from banso.people.models.accounts import Account, AccountManager
from banso.people.models.affiliations import Affiliation
from banso.people.models.appointments import Appointment
from banso.people.models.invitations import AffiliationClaim, Invitation
from banso.people.models.organisations import Organisation
from banso.people.models.periods import DatedQuerySet
from banso.people.models.persons import Person
from banso.people.models.sign_ins import Device, SignIn, Tries

__all__ = [
    "Account",
    "AccountManager",
    "Affiliation",
    "AffiliationClaim",
    "Appointment",
    "DatedQuerySet",
    "Device",
    "Invitation",
    "Organisation",
    "Person",
    "SignIn",
    "Tries",
]
