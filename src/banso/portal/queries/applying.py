"""What the apps declare for some people only: which of it applies to one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from banso.people.queries import person_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banso.people.actors import Actor
    from banso.people.models import Person
    from banso.web.fronts import MenuEntry, TaskSource

Declared = TypeVar("Declared", bound="MenuEntry | TaskSource")


def those_that_apply(
    viewer: Actor, declared: Sequence[Declared]
) -> tuple[Person, Sequence[Declared]]:
    """Find the person and what applies to them in one query; roles are known from the actor."""
    told = [one.applies(viewer) for one in declared]
    person, answers = person_with(
        viewer.person_id, [asked for asked in told if not isinstance(asked, bool)]
    )
    answered = iter(answers)
    applying = [asked if isinstance(asked, bool) else next(answered) for asked in told]
    return person, [one for one, applies in zip(declared, applying, strict=True) if applies]
