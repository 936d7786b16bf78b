"""What the console's words say of a person: looked at like a form's, before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from banso.people.forms.addresses import address_in
from banso.people.forms.names import NameField
from banso.people.models import Appointment
from banso.people.queries.organisations import organisation_named

if TYPE_CHECKING:
    import argparse

    from django import forms

    from banso.people.models import Organisation

USAGE = 2


class Unfit(Exception):  # noqa: N818 - named for what happened
    """A word cannot be taken; the message is a sentence, and the status that of the command."""

    def __init__(self, sentence: str, *, status: int = USAGE) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True, slots=True)
class Named:
    """A person, their body and their role, as the console's words name them."""

    email: str
    family_name: str
    given_name: str
    organisation: Organisation
    role: str


def named_person(arguments: argparse.Namespace, *, needs_role: bool = False) -> Named:
    """Read every word, or say which cannot be taken and why."""
    return Named(
        email=_address(arguments.email),
        family_name=_name("--family-name", arguments.family_name, required=True),
        given_name=_name("--given-name", arguments.given_name, required=False),
        organisation=_body(arguments.organisation),
        role=_role(arguments.role, needed=needs_role),
    )


def _address(text: str) -> str:
    try:
        return address_in(text)
    except ValidationError as wrong:
        raise Unfit(f"{text!r}: {' '.join(wrong.messages)}") from None


def _name(option: str, text: str, *, required: bool) -> str:
    field: forms.Field = NameField(required=required)
    try:
        return str(field.clean(text))
    except ValidationError as wrong:
        raise Unfit(f"{option}: {' '.join(wrong.messages)}") from None


def _body(name: str) -> Organisation:
    found = organisation_named(name)
    if found is None:
        raise Unfit(f"no organisation is called {name}", status=1)
    return found


def _role(role: str, *, needed: bool) -> str:
    roles = Appointment.Role.values
    if needed and not role:
        raise Unfit("--role is missing; for example --role agency-officer")
    if role and role not in roles:
        raise Unfit(f"there is no role {role!r}; the roles are {', '.join(roles)}")
    return role
