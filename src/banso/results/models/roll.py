"""Everyone who was ever in a council's room, as a consent binds them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from banso.ledger.commitments import canonical_json
from banso.results.models.consent import STANCES
from banso.rulebook.results.withholding import Member, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from banso.councils.models import Membership
    from banso.results.models.consent import Consent


@dataclass(frozen=True, slots=True)
class Roll:
    """Everyone who was ever in a council's room; joining and leaving give it another version."""

    memberships: Sequence[Membership]

    @property
    def version(self) -> str:
        """Hash the roll; no version ever comes back, because who left stays in it, marked."""
        marks = sorted([str(one.pk), one.left_at is None] for one in self.memberships)
        return hashlib.sha256(canonical_json({"roll": marks}).encode()).hexdigest()

    @property
    def in_office(self) -> list[str]:
        """Name the memberships of today, as a request keeps them."""
        return sorted(str(one.pk) for one in self.memberships if one.left_at is None)

    def members(self, consents: Iterable[Consent]) -> list[Member]:
        """Join each person who was ever in the room with what they last said."""
        latest = {consent.person_id: consent for consent in consents}
        last_in_office = sorted(self.memberships, key=lambda one: one.left_at is None)
        places = {one.person_id: one for one in last_in_office}
        return [_member(place, latest.get(person_id)) for person_id, place in places.items()]


def _member(place: Membership, consent: Consent | None) -> Member:
    return Member(
        person=place.person_id,
        side=place.side,
        in_office=place.left_at is None,
        stance=STANCES[consent.stance] if consent else Stance.SILENT,
        consented_text_version=consent.text_sha256 if consent else "",
        consented_roll_version=consent.roll_sha256 if consent else "",
    )
