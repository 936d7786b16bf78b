"""A person ends a session of their own, on this or another machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.people.permissions import END_SESSION
from banso.people.queries.sign_ins import account_of, sessions_of

if TYPE_CHECKING:
    from banso.people.actors import Actor
    from banso.people.models import Account


@command
def end_session(*, actor: Actor, session_id: int) -> Account:
    """End it at once: its next request is a visitor's."""
    END_SESSION.require(actor, None)
    session = sessions_of(actor).get(pk=session_id)
    session.end()
    account = account_of(actor)
    record(subject=account, details={"session_began_at": session.created_at}, sealed=True)
    return account
