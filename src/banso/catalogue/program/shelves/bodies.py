"""Ministries and funding agencies of the program, which are kept as organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.catalogue.models import ProgramBody
from banso.catalogue.program.rows import AgencyRow, MinistryRow
from banso.catalogue.program.shelves.shelf import Shelf
from banso.people.models import Organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet

# The program's files name the ministries in Japanese only.
MINISTRIES_IN_ENGLISH = {
    "内閣府": "Cabinet Office",
    "文部科学省": "Ministry of Education, Culture, Sports, Science and Technology (MEXT)",
    "経済産業省": "Ministry of Economy, Trade and Industry (METI)",
}


class MinistryShelf(Shelf[MinistryRow, ProgramBody]):
    """Ministries are kept as organisations."""

    def records(self) -> QuerySet[ProgramBody]:
        """List the ministries that run the program."""
        return super().records().filter(part=ProgramBody.Part.RUNS).select_related("organisation")

    def row_of(self, record: ProgramBody) -> MinistryRow:
        """Read the name."""
        return MinistryRow(name_ja=record.organisation.name_ja)

    def write_one(self, row: MinistryRow) -> None:
        """Find the ministry by name, or register it."""
        organisation, _ = Organisation.objects.get_or_create(
            name_ja=row.name_ja,
            defaults={
                "kind": Organisation.Kind.MINISTRY,
                "name_en": MINISTRIES_IN_ENGLISH.get(row.name_ja, ""),
            },
        )
        ProgramBody.objects.update_or_create(
            organisation=organisation, defaults={"part": ProgramBody.Part.RUNS}
        )


class AgencyShelf(Shelf[AgencyRow, ProgramBody]):
    """Funding agencies are kept as organisations, by their short names."""

    def records(self) -> QuerySet[ProgramBody]:
        """List the funding agencies."""
        return super().records().filter(part=ProgramBody.Part.FUNDS).select_related("organisation")

    def row_of(self, record: ProgramBody) -> AgencyRow:
        """Read the names and the page of the agency's calls."""
        return AgencyRow(
            short=record.organisation.short_name,
            name_ja=record.organisation.name_ja,
            name_en=record.organisation.name_en,
            calls=record.calls_page,
        )

    def write_one(self, row: AgencyRow) -> None:
        """Find the agency by its short name, else by its name, or register it."""
        names = {"short_name": row.short, "name_ja": row.name_ja, "name_en": row.name_en}
        agencies = Organisation.objects.filter(kind=Organisation.Kind.FUNDING_AGENCY)
        agency = (
            agencies.filter(short_name=row.short).first()
            or agencies.filter(name_ja=row.name_ja).first()
            or Organisation(kind=Organisation.Kind.FUNDING_AGENCY)
        )
        for name, value in names.items():
            setattr(agency, name, value)
        agency.save()
        ProgramBody.objects.update_or_create(
            organisation=agency,
            defaults={"part": ProgramBody.Part.FUNDS, "calls_page": row.calls},
        )
