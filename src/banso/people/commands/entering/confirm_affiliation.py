"""An officer confirms that somebody belongs to their body; an agency's, that a body exists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.timezone import localdate

from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.people.models import Affiliation, AffiliationClaim, Organisation
from banso.people.permissions import CONFIRM_AFFILIATION
from banso.rulebook.people.entering import INVITING, may_decide_affiliation
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def confirm_affiliation(*, actor: Actor, claim_id: UUID, at: datetime) -> AffiliationClaim:
    """Make the affiliation, and the body where it was proposed and is not known yet."""
    claim = locked(AffiliationClaim.objects.visible_to(actor)).get(pk=claim_id)

    CONFIRM_AFFILIATION.require(actor, claim)
    enforce(
        may_decide_affiliation(
            confirmed_at=claim.confirmed_at,
            refused_at=claim.refused_at,
            is_own=claim.person_id == actor.person_id,
        )
    )
    if claim.organisation is None:
        claim.organisation = _body_of(claim)
    Affiliation.objects.create(
        person_id=claim.person_id,
        organisation=claim.organisation,
        unit=claim.unit,
        from_on=localdate(at),
    )
    claim.confirmed_at, claim.decided_by = at, actor.person_id
    claim.save(update_fields=["organisation", "confirmed_at", "decided_by"])
    details = {"person": claim.person_id, "organisation": claim.organisation.pk}
    record(subject=claim, clause=INVITING, details=details)
    return claim


def _body_of(claim: AffiliationClaim) -> Organisation:
    """Find the body by number or name if it has become known since, else make it."""
    known = Organisation.objects.filter(name_ja=claim.body_name_ja)
    if claim.corporate_number:
        known = known | Organisation.objects.filter(corporate_number=claim.corporate_number)
    return known.first() or Organisation.objects.create(
        kind=Organisation.Kind.INSTITUTION,
        name_ja=claim.body_name_ja,
        name_en=claim.body_name_en,
        corporate_number=claim.corporate_number,
        is_sample=settings.IS_DEMO,
    )
