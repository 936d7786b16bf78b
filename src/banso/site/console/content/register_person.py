"""`banso register-person`: let a person sign in with a role, with a password typed here."""

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
from banso.people.models import Account, Person
from banso.rulebook.verdicts import RuleRefused
from banso.site.console.content.naming import Named, Unfit, named_person
from banso.web.explanations import explain

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Look at every word first, ask for a password, then register the person and appoint them."""
    try:
        named = named_person(arguments)
        password = _password_for(named)
        return _registered(named, password)
    except Unfit as unfit:
        print(f"banso: {unfit}", file=sys.stderr)
        return unfit.status
    except RuleRefused as refused:
        print(f"banso: {explain(refused.verdict)}", file=sys.stderr)
        return 1


def _registered(named: Named, password: str) -> int:
    today = localdate()
    person = register_person(
        actor=OPERATOR_AT_CONSOLE,
        family_name=named.family_name,
        given_name=named.given_name,
        email=named.email,
        password=password,
        organisation_id=named.organisation.pk,
        from_on=today,
    )
    if named.role:
        appoint(
            actor=OPERATOR_AT_CONSOLE,
            person_id=person.pk,
            role=named.role,
            organisation_id=named.organisation.pk,
            from_on=today,
        )
    print(person.pk)
    return 0


def _password_for(named: Named) -> str:
    password = _typed()
    whose = Person(family_name=named.family_name, given_name=named.given_name)
    account = Account(email=named.email)
    account.known_names = whose.names  # type: ignore[attr-defined]  # not saved yet
    try:
        validate_password(password, account)
    except ValidationError as wrong:
        raise Unfit(" ".join(wrong.messages), status=1) from None
    return password


def _typed() -> str:
    """Ask for it where somebody can type unseen; a script hands over one line."""
    if sys.stdin.isatty():
        return getpass.getpass("Password (12 characters or more): ")
    return sys.stdin.readline().rstrip("\r\n")
