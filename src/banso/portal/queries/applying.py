"""What the apps declare for some people only: which of it applies to one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from banso.people.queries.actors import person_asked, question_about_persons

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.db.models.expressions import Combinable

    from banso.people.actors import Actor
    from banso.people.models import Person
    from banso.people.queries.actors import Question
    from banso.web.fronts import MenuEntry, TaskSource

Declared = TypeVar("Declared", bound="MenuEntry | TaskSource")


class ForSome(Generic[Declared]):
    """Things that apply to some people, with the question to the database that tells to whom.

    To write the question costs many times what it costs to ask it, and it is the same for
    everybody on a day; so it is written once a day.
    """

    def __init__(
        self, declared: Sequence[Declared], also: Mapping[str, Combinable] | None = None
    ) -> None:
        self._declared, self._also = declared, also
        self._written: tuple[date, Question] | None = None

    def that_apply(self, viewer: Actor) -> tuple[Person, Sequence[Declared]]:
        """Find the person and what applies to them in one query; roles are known already."""
        person, answers = person_asked(viewer.person_id, self._question_on(viewer.on))
        answered = iter(answers)
        applying = []
        for one in self._declared:
            is_recorded = bool(one.applies.record) and next(answered)
            if is_recorded or (one.applies.role and one.applies.role(viewer)):
                applying.append(one)
        return person, applying

    def _question_on(self, day: date) -> Question:
        written = self._written
        if written is None or written[0] != day:
            records = [one.applies.record for one in self._declared if one.applies.record]
            written = day, question_about_persons([record(day) for record in records], self._also)
            self._written = written
        return written[1]
