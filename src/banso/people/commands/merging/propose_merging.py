"""One person proposes that two records are of one person or body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.ledger.record import command
from banso.people.models import Merging, Organisation, Person
from banso.people.permissions import PROPOSE_MERGING
from banso.people.records.changes import record_change
from banso.people.records.following import TO_BODIES, TO_PERSONS, shared_places
from banso.rulebook.offices import ONE_RECORD, may_merge
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def propose_merging(
    *,
    actor: Actor,
    kept_id: UUID,
    gone_id: UUID,
    values: Mapping[str, str],
    are_bodies: bool = False,
    at: datetime,
) -> Merging:
    """Say which record stays and with which values; nothing moves before another confirms (O3)."""
    kept, gone = _both(actor, kept_id, gone_id, are_bodies=are_bodies)
    PROPOSE_MERGING.require(actor, (kept, gone))
    references = TO_BODIES if are_bodies else TO_PERSONS
    enforce(
        may_merge(
            kept=kept.pk,
            gone=gone.pk,
            is_merged_already=bool(kept.merged_into_id or gone.merged_into_id),
            shared_places=tuple(shared_places(references, kept, gone)) if kept != gone else (),
        )
    )
    names = ("kept_body", "gone_body") if are_bodies else ("kept", "gone")
    merging = Merging.objects.create(
        **dict(zip(names, (kept, gone), strict=True)),
        values=dict(values),
        proposed_by_id=actor.person_id,
        proposed_at=at,
    )
    record_change(
        subject=merging,
        clause=ONE_RECORD,
        of=[(kept, {}), (gone, {})],
        details={"kept": kept.pk, "gone": gone.pk},
    )
    return merging


def _both(
    actor: Actor, kept_id: UUID, gone_id: UUID, *, are_bodies: bool
) -> tuple[Person | Organisation, Person | Organisation]:
    if are_bodies:
        bodies = Organisation.objects
        return bodies.get(pk=kept_id), bodies.get(pk=gone_id)
    readable = Person.objects.visible_to(actor)
    return readable.get(pk=kept_id), readable.get(pk=gone_id)
