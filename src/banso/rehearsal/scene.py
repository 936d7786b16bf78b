"""One concept's life cycle: its dates, and who plays in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from banso.rehearsal.cast import researcher

if TYPE_CHECKING:
    from random import Random

    from banso.catalogue.models import Concept
    from banso.people.models import Organisation, Person
    from banso.rehearsal.cast import Cast
    from banso.rehearsal.playing import Stage

TOKYO = ZoneInfo("Asia/Tokyo")
NOON = time(12, tzinfo=TOKYO)


@dataclass(frozen=True, slots=True)
class Scene:
    """A concept on the stage, with its number in the order of the printed table."""

    stage: Stage
    cast: Cast
    concept: Concept
    number: int
    first_day: datetime

    @property
    def agency(self) -> Organisation:
        """The funding agency of the concept."""
        return self.concept.agency

    @property
    def officer(self) -> Person:
        """The agency's officer."""
        return self.cast.people[f"{self.agency.short_name}-officer"]

    @property
    def program_officer(self) -> Person:
        """The agency's program officer for the concept."""
        return self.cast.people[f"{self.agency.short_name}-program-officer"]

    def step(self, what: str) -> str:
        """Name a step of this concept, unlike every other one."""
        return f"{self.concept.slug} {what}"

    def dice(self, *names: object) -> Random:
        """Give the random numbers of a step."""
        return self.stage.dice(self.concept.slug, *names)

    def on_day(self, number: int) -> datetime:
        """Tell noon of a day, counted from the call's announcement."""
        day = (self.first_day + timedelta(days=number)).astimezone(TOKYO).date()
        return datetime.combine(day, NOON)

    def institution(self, number: int) -> tuple[Organisation, Person]:
        """Choose the body of a proposal, and its officer."""
        code = ("university", "institute")[number % 2]
        return self.cast.bodies[code], self.cast.people[f"{code}-officer"]

    def researcher(self, what: str, number: int, body: Organisation) -> Person:
        """Bring a researcher of this concept on the stage."""
        return researcher(self.stage, self.step(what), self.number * 5 + number, body)
