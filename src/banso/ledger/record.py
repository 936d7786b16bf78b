"""Writing an entry: `@command` around every act, `record` inside it."""

from __future__ import annotations

import functools
import inspect
import logging
import secrets
import uuid
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from django.db import OperationalError, connection, transaction
from psycopg.errors import DeadlockDetected, SerializationFailure

from banso.ledger import clock
from banso.ledger.commitments import SALT_BYTES, SEALED, canonical_json, commitment
from banso.ledger.requests import incoming_request, remember, repetition_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model

    from banso.rulebook.verdicts import Clause

Result = TypeVar("Result")


class WrongRecord(Exception):  # noqa: N818 - named for what happened, as the house does
    """A command recorded nothing or more than one entry, or an act was recorded outside one."""


class Acting(Protocol):
    """Whoever acts; the app `people` has the whole of it."""

    @property
    def person_id(self) -> UUID:
        """The person, who is named in the entry."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as its command sees it, with what a receipt shows."""

    number: int
    id: UUID
    act: str
    at: datetime
    commitment: bytes


@dataclass(slots=True)
class _Running:
    act: str
    actor_id: UUID
    at: datetime
    entries: list[Recorded]
    for_others: Sequence[UUID] = ()


_running: ContextVar[_Running | None] = ContextVar("running_command", default=None)

# The database undid the whole transaction, because another one could not have gone on.
_GIVEN_WAY: Final = (DeadlockDetected, SerializationFailure)

logger = logging.getLogger(__name__)

COMMANDS: dict[str, Callable[..., object]] = {}


_INSERT = """
WITH entry AS (
  INSERT INTO ledger_entry
    (id, actor_id, act, subject_type, subject_id, clause, at, is_sealed, commitment)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING number
), detail AS (
  INSERT INTO ledger_detail (entry_id, salt, text) SELECT number, %s, %s FROM entry
), pending AS (
  INSERT INTO ledger_pending (entry_id) SELECT number FROM entry
)
SELECT number FROM entry
"""


def running_act() -> tuple[UUID, str, datetime] | None:
    """Name the running command's actor, its act and its instant; nothing outside a command."""
    running = _running.get()
    return (running.actor_id, running.act, running.at) if running else None


def record(
    *,
    subject: Model,
    clause: Clause | None = None,
    details: Mapping[str, object] | None = None,
    sealed: bool = False,
) -> Recorded:
    """Write the entry of the running command, which knows its actor, its act and its instant.

    `sealed` ones open only to their person (C5).
    """
    running = _running.get()
    if running is None:
        raise WrongRecord(f"An act on {subject._meta.label_lower} is recorded outside a command")
    entry_id = uuid.uuid4()
    facts = {
        "id": entry_id,
        "actor": running.actor_id,
        "act": running.act,
        "subject_type": subject._meta.label_lower,
        "subject_id": str(subject.pk),
        "clause": str(clause or ""),
        "at": running.at,
        # Bound with the rest, so that neither opening nor closing an entry later goes unseen.
        # It is in the details because scripts that verify know only these other names.
        "details": {**(details or {}), **_for_others(running), SEALED: "yes" if sealed else "no"},
    }
    text, salt = canonical_json(facts), secrets.token_bytes(SALT_BYTES)
    bound = commitment(salt, text)
    columns: list[str | int | bytes | bool | UUID | datetime] = [
        entry_id,
        running.actor_id,
        running.act,
        subject._meta.label_lower,
        str(subject.pk),
        str(clause or ""),
        running.at,
        sealed,
        bound,
        salt,
        text,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, columns)
        [number] = cursor.fetchone()
    recorded = Recorded(
        number=number, id=entry_id, act=running.act, at=running.at, commitment=bound
    )
    running.entries.append(recorded)
    return recorded


def _for_others(running: _Running) -> dict[str, object]:
    if not running.for_others:
        return {}
    return {"for": [str(person_id) for person_id in running.for_others]}


def acting_for(persons: Sequence[UUID]) -> None:
    """Keep with the running act for whom a deputy does it; outside one nothing is kept."""
    running = _running.get()
    if running is not None:
        running.for_others = persons


def command(function: Callable[..., Result]) -> Callable[..., Result]:
    """Make a function one act: one durable transaction, one entry, one answer per request.

    `at` is the database's clock when the command starts, unless the caller passes it.
    """
    return _command(function, at_arrival=False)


def command_at_arrival(function: Callable[..., Result]) -> Callable[..., Result]:
    """Make a command whose instant is when its request reached us (K1)."""
    return _command(function, at_arrival=True)


def _command(function: Callable[..., Result], *, at_arrival: bool) -> Callable[..., Result]:
    app = function.__module__.split(".")[1]
    act = f"{app}.{function.__name__}"
    takes_instant = "at" in inspect.signature(function).parameters

    @functools.wraps(function)
    def run(*, actor: Acting, at: datetime | None = None, **facts: Any) -> Result:  # noqa: ANN401 - each command types its own facts
        if _running.get() is not None:
            raise WrongRecord(f"{act} was called inside another command")
        instant = [at] if at is not None else []

        def act_at(at: datetime) -> Result:
            return function(actor=actor, **({"at": at} if takes_instant else {}), **facts)

        def once() -> Result:
            return _in_one_transaction(
                act_at, act, actor=actor, instant=instant, at_arrival=at_arrival
            )

        try:
            return once()
        except OperationalError as error:
            if not isinstance(error.__cause__, _GIVEN_WAY):
                raise
            logger.warning("%s gave way to another act and runs once more: %s", act, error)
            return once()

    COMMANDS[act] = run
    return run


def _in_one_transaction(
    act_at: Callable[[datetime], Result],
    act: str,
    *,
    actor: Acting,
    instant: list[datetime],
    at_arrival: bool,
) -> Result:
    """Run it; `instant` keeps the first reading of the clock for a second run."""
    with transaction.atomic(durable=True):
        started_at = clock.read_clock(
            ", set_config('app.person_id', %s, true)", [str(actor.person_id)]
        )
        if not instant:
            instant.append((clock.arrived_at() if at_arrival else None) or started_at)
        running = _Running(act, actor.person_id, instant[0], [])
        token = _running.set(running)
        try:
            return _run_once(act_at, running)
        finally:
            _running.reset(token)


def _run_once(act_at: Callable[[datetime], Result], running: _Running) -> Result:
    request = incoming_request()
    if request is not None:
        earlier = repetition_of(request, person_id=running.actor_id, act=running.act)
        if earlier is not None:
            return earlier.result  # type: ignore[return-value]  # it is what this command returned
    result = act_at(running.at)
    match running.entries:
        case [recorded]:
            if request is not None:
                remember(
                    request,
                    person_id=running.actor_id,
                    act=running.act,
                    entry_number=recorded.number,
                    result=result,
                )
        case entries:
            raise WrongRecord(f"{running.act} recorded {len(entries)} entries")
    return result
