"""Persons and bodies, how they belong together, and how a person signs in."""

from banso.people.models.accounts import Account, AccountManager
from banso.people.models.affiliations import Affiliation
from banso.people.models.appointing import Deputy, ProposedAppointment
from banso.people.models.appointments import Appointment
from banso.people.models.invitations import AffiliationClaim, Invitation
from banso.people.models.keeping import Change, Merging
from banso.people.models.organisations import Organisation
from banso.people.models.periods import DatedQuerySet
from banso.people.models.persons import Person
from banso.people.models.sign_ins import AddressChange, Device, FactorReset, SignIn, Tries
from banso.people.models.tables import UploadedTable

__all__ = [
    "Account",
    "AccountManager",
    "AddressChange",
    "Affiliation",
    "AffiliationClaim",
    "Appointment",
    "Change",
    "DatedQuerySet",
    "Deputy",
    "Device",
    "FactorReset",
    "Invitation",
    "Merging",
    "Organisation",
    "Person",
    "ProposedAppointment",
    "SignIn",
    "Tries",
    "UploadedTable",
]
