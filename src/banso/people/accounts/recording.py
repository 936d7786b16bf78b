"""Keeping what happened to an account's sign-in, for its person alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.clock import read_clock
from banso.people.accounts.devices import program_of
from banso.people.models import Account
from banso.people.models.sign_ins import SignIn

if TYPE_CHECKING:
    from django.http import HttpRequest


def note(
    request: HttpRequest,
    outcome: SignIn.Outcome,
    *,
    account: Account | None = None,
    email: str = "",
    is_new_device: bool = False,
) -> None:
    """Keep it where an account has the address; of others nothing is kept."""
    account = account or Account.objects.filter(email__iexact=email).first()
    if account is None:
        return
    SignIn.objects.create(
        account=account,
        outcome=outcome,
        at=read_clock(),
        client=request.META.get("REMOTE_ADDR") or None,
        program=program_of(request),
        is_new_device=is_new_device,
    )
