"""An author publishes: nothing stands between (R2), and what was asked to be withheld ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.catalogue.models import PublicVersion
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.results.models import Result, Withholding
from banso.results.permissions import PUBLISH_RESULT
from banso.rulebook.results.withholding import PUBLICATION, may_publish, publication_effect
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def publish_result(
    *,
    actor: Actor,
    result_id: UUID,
    doi: str = "",
    leaves_withheld_part_out: bool = False,
    at: datetime,
) -> Result:
    """Publish a planned result; a withholding in force stands only over a part left out."""
    planned = Result.objects.visible_to(actor).filter(published_at=None)
    result = locked(planned).get(pk=result_id)

    PUBLISH_RESULT.require(actor, result)
    enforce(may_publish())
    result.doi = doi
    result.published_at = at
    result.save(update_fields=["doi", "published_at"])
    ended = _end_withholdings(result, part_is_published=not leaves_withheld_part_out, at=at)
    record(subject=result, clause=PUBLICATION, details={"doi": doi, "ended_withholdings": ended})
    PublicVersion.objects.bump()
    return result


def _end_withholdings(result: Result, *, part_is_published: bool, at: datetime) -> list[UUID]:
    standing = locked(result.withholdings.exclude(state=Withholding.State.ENDED))
    ended = []
    for withholding in standing:
        is_in_force = withholding.state == Withholding.State.IN_FORCE
        effect = publication_effect(
            "in-force" if is_in_force else "open",
            is_the_part_published=part_is_published or not is_in_force,
        )
        if effect == "ended":
            withholding.state = Withholding.State.ENDED
            withholding.ended_at = at
            withholding.save(update_fields=["state", "ended_at"])
            ended.append(withholding.pk)
    return ended
