"""Playing an act once: the same commands as people use, with a key for every step."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.timezone import localdate

from banso.ledger.requests import IncomingRequest, incoming
from banso.people.actors import OPERATOR_AT_CONSOLE, Actor
from banso.people.queries.actors import actor_for
from banso.rulebook.verdicts import RuleRefused, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from banso.people.models import Person

Result = TypeVar("Result")


class RuleDidNotRefuse(Exception):  # noqa: N818 - named for what happened
    """The rehearsal expected a refusal and the act went through."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The rehearsal of one seed: every step has its key, so that a second run adds nothing."""

    seed: int

    def dice(self, *names: object) -> Random:
        """Give random numbers that depend on the seed and the step alone."""
        return Random(f"{self.seed} {names}")  # noqa: S311 - sample data, not secrets

    def key(self, step: str) -> UUID:
        """Give the idempotency key of a step, which is another for each seed."""
        return uuid5(NAMESPACE_URL, f"banso rehearsal {self.seed} {step}")

    def act(
        self,
        step: str,
        command: Callable[..., Result],
        actor: Actor | Person,
        at: datetime,
        **facts: Any,  # noqa: ANN401 - each command types its own facts
    ) -> Result:
        """Run the command as the person on that day, once for this seed and step."""
        digest = hashlib.sha256(step.encode()).digest()
        with incoming(IncomingRequest(key=self.key(step), digest=digest)):
            return command(actor=_on_the_day(actor, at), at=at, **facts)

    def refused(
        self,
        command: Callable[..., object],
        actor: Person,
        at: datetime,
        **facts: Any,  # noqa: ANN401 - each command types its own facts
    ) -> Verdict:
        """Try the act, which a rule must refuse."""
        try:
            command(actor=_on_the_day(actor, at), at=at, **facts)
        except RuleRefused as refused:
            return refused.verdict
        raise RuleDidNotRefuse(command.__name__)


def _on_the_day(actor: Actor | Person, at: datetime) -> Actor:
    if isinstance(actor, Actor):
        return actor
    return actor_for(UUID(str(actor.pk)), on=localdate(at))


OPERATOR = OPERATOR_AT_CONSOLE
