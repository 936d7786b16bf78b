"""A person ends every session of their own but the one in which they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command, record
from banso.people.permissions import END_OTHER_SESSIONS
from banso.people.queries.sign_ins import account_of, sessions_of

if TYPE_CHECKING:
    from banso.people.actors import Actor
    from banso.people.models import Account


@command
def end_other_sessions(*, actor: Actor, session_key: str) -> Account:
    """End them at once; this one goes on."""
    END_OTHER_SESSIONS.require(actor, None)
    others = [*sessions_of(actor).exclude(session_key=session_key)]
    for session in others:
        session.end()
    account = account_of(actor)
    record(subject=account, details={"sessions": len(others)}, sealed=True)
    return account
