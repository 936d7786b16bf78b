"""Who is acting: one person, with today's affiliations and appointments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.http import HttpRequest

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

NOBODY: Final = UUID(int=0)
CONSOLE: Final = UUID("00000000-0000-4000-8000-00000000c001")

AGENCY_OFFICER = "agency-officer"
PROGRAM_DIRECTOR = "program-director"
PROGRAM_OFFICER = "program-officer"
INSTITUTION_OFFICER = "institution-officer"
MINISTRY_OFFICER = "ministry-officer"
REVIEWER = "reviewer"
AUDITOR = "auditor"
OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Appointed:
    """An appointment in force today: a role, for an organisation, over a scope (a concept)."""

    role: str
    organisation_id: UUID | None = None
    scope_id: UUID | None = None
    # Whose office it is, where somebody stands in for another.
    for_person: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person behind a request or a command, as of the day `on`.

    Without a day it is the last one there is, on which whatever has an end has ended.
    """

    person_id: UUID
    on: date = date.max
    affiliations: frozenset[UUID] = frozenset()
    # Records that were merged into this one; what they did is this person's too.
    formerly: frozenset[UUID] = frozenset()
    appointments: frozenset[Appointed] = frozenset()

    @property
    def deputises(self) -> frozenset[UUID]:
        """Those for whom the person stands in today."""
        return frozenset(one.for_person for one in self.appointments if one.for_person)

    @property
    def alone(self) -> Actor:
        """The same person without the offices in which they stand in for another."""
        own = frozenset(one for one in self.appointments if one.for_person is None)
        return self if own == self.appointments else replace(self, appointments=own)

    def standing_in_for(self, person_id: UUID) -> Actor:
        """Keep the person's own offices, and those of one other in which they stand in."""
        held = {None, person_id}
        both = frozenset(one for one in self.appointments if one.for_person in held)
        return replace(self, appointments=both)

    @property
    def selves(self) -> frozenset[UUID]:
        """Every record under which the person acted."""
        return self.formerly | {self.person_id}

    @property
    def is_visitor(self) -> bool:
        """Whether nobody has signed in."""
        return self.person_id == NOBODY

    @property
    def agencies(self) -> frozenset[UUID]:
        """Funding agencies that the person serves as an officer."""
        return self.serves(AGENCY_OFFICER)

    @property
    def institutions(self) -> frozenset[UUID]:
        """Institutions for which the person approves proposals."""
        return self.serves(INSTITUTION_OFFICER)

    @property
    def ministries(self) -> frozenset[UUID]:
        """Ministries that the person serves as an officer."""
        return self.serves(MINISTRY_OFFICER)

    @property
    def desks(self) -> frozenset[UUID]:
        """Bodies whose people the person registers: those that they serve as an officer."""
        return self.agencies | self.institutions | self.ministries

    @property
    def directs(self) -> frozenset[UUID]:
        """Concepts whose R&D the person directs as PD or PO."""
        return frozenset(
            appointed.scope_id
            for appointed in self.appointments
            if appointed.role in {PROGRAM_DIRECTOR, PROGRAM_OFFICER} and appointed.scope_id
        )

    @property
    def roles(self) -> frozenset[str]:
        """Codes of every role that the person holds today."""
        return frozenset(appointed.role for appointed in self.appointments)

    @property
    def is_operator(self) -> bool:
        """Whether the person runs this installation."""
        return OPERATOR in self.roles

    @property
    def is_at_console(self) -> bool:
        """Whether the operator acts at the console, where nobody else is."""
        return self.person_id == CONSOLE

    def serves(self, role: str) -> frozenset[UUID]:
        """Name the organisations for which the person holds the role today."""
        return frozenset(
            appointed.organisation_id
            for appointed in self.appointments
            if appointed.role == role and appointed.organisation_id
        )

    def holds(self, roles: Collection[str]) -> bool:
        """Tell whether the person holds any of the roles."""
        return not self.roles.isdisjoint(roles)


VISITOR: Final = Actor(person_id=NOBODY)
OPERATOR_AT_CONSOLE: Final = Actor(
    person_id=CONSOLE, appointments=frozenset({Appointed(OPERATOR)})
)


class Request(HttpRequest):
    """A request that our middleware has seen: it names its actor and its instant."""

    actor: Actor
    at: datetime
