"""An act, who may do it, and the words that say who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from banso.ledger.record import acting_for
from banso.rulebook.offices import may_act_for_another
from banso.rulebook.verdicts import NotPermitted, enforce

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Actor

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Permission(Generic[Subject]):
    """An act by its command's name, who may do it, and the words that say who."""

    name: str
    is_held: Callable[[Actor, Subject], bool]
    who: StrOrPromise

    def allows(self, actor: Actor, subject: Subject) -> bool:
        """Tell whether the actor may do this to the subject, by themselves or as a deputy."""
        if self.is_held(actor.alone, subject):
            return True
        if may_act_for_another(act=self.name).is_refusal:
            return False
        return self.is_held(actor, subject)

    def require(self, actor: Actor, subject: Subject) -> None:
        """Stop the act unless the actor may do it; a deputy's entry says for whom (O2)."""
        if self.is_held(actor.alone, subject):
            return
        if not self.is_held(actor, subject):
            raise NotPermitted(self.name, str(self.who))
        enforce(may_act_for_another(act=self.name))
        acting_for(
            sorted(
                person_id
                for person_id in actor.deputises
                if self.is_held(actor.standing_in_for(person_id), subject)
            )
        )
