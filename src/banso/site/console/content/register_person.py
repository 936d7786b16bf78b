"""`banso register-person`: let a person sign in with a role, as the first officers must."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.registry.appoint import appoint
from banso.people.commands.registry.register_person import register_person
from banso.people.queries.organisations import organisation_named

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Ask for a password, then register the person and appoint them."""
    organisation = organisation_named(arguments.organisation)
    if organisation is None:
        return _refuse(f"no organisation is called {arguments.organisation}")
    password = _password()
    try:
        validate_password(password)
    except ValidationError as unfit:
        return _refuse(" ".join(unfit.messages))
    today = localdate()
    person = register_person(
        actor=OPERATOR_AT_CONSOLE,
        family_name=arguments.family_name,
        given_name=arguments.given_name,
        email=arguments.email,
        password=password,
        organisation_id=organisation.pk,
        from_on=today,
    )
    if arguments.role:
        appoint(
            actor=OPERATOR_AT_CONSOLE,
            person_id=person.pk,
            role=arguments.role,
            organisation_id=organisation.pk,
            from_on=today,
        )
    print(person.pk)
    return 0


def _password() -> str:
    """Ask for it where somebody can type unseen; a script hands over one line."""
    if sys.stdin.isatty():
        return getpass.getpass("Password (12 characters or more): ")
    return sys.stdin.readline().rstrip("\r\n")


def _refuse(sentence: str) -> int:
    print(f"banso: {sentence}", file=sys.stderr)
    return 1
