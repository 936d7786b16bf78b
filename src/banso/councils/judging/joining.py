"""Whether a person can answer an invitation here and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.rulebook.councils import may_join

if TYPE_CHECKING:
    from banso.councils.models import Membership
    from banso.people.actors import Actor
    from banso.rulebook.verdicts import Verdict


def joining_of(membership: Membership, actor: Actor) -> Verdict:
    """Judge a joining; whoever could join here and now can decline here and now (C3)."""
    return may_join(
        invited_at=membership.invited_at if membership.is_invited_or_in_office else None,
        consents_for_self=membership.person_id == actor.person_id,
        already_member=membership.is_in_office,
    )
