"""An act, who may do it, and the words that say who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from banso.rulebook.verdicts import NotPermitted

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
        """Tell whether the actor may do this to the subject."""
        return self.is_held(actor, subject)

    def require(self, actor: Actor, subject: Subject) -> None:
        """Stop the act unless the actor may do it."""
        if not self.is_held(actor, subject):
            raise NotPermitted(self.name, str(self.who))
