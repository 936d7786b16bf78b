"""A funding agency announces a call on a concept, with the first edition of its guidelines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.calls.models import Call, CallEdition
from banso.calls.permissions import ANNOUNCE_CALL
from banso.catalogue.models import Concept, PublicVersion
from banso.ledger.record import command, record
from banso.rulebook.calls.announcing import CALL_SHAPE, may_announce
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def announce_call(
    *,
    actor: Actor,
    concept_id: UUID,
    slug: str,
    fiscal_year: int,
    round: int = 1,  # noqa: A002 - the glossary's word
    type: str,  # noqa: A002 - the glossary's word
    slots: int,
    title_ja: str,
    title_en: str = "",
    summary_ja: str,
    summary_en: str = "",
    guidelines_ja: str,
    guidelines_en: str = "",
    ceiling_yen: int | None = None,
    opens_at: datetime,
    closes_at: datetime,
    is_sample: bool = False,
    at: datetime,
) -> Call:
    """Make the call public at once; it receives nothing before it is opened (G1)."""
    concept = Concept.objects.get(pk=concept_id)
    call = Call(
        slug=slug,
        concept=concept,
        agency_id=concept.agency_id,
        fiscal_year=fiscal_year,
        round=round,
        type=type,
        slots=slots,
        title_ja=title_ja,
        title_en=title_en,
        summary_ja=summary_ja,
        summary_en=summary_en,
        ceiling_yen=ceiling_yen,
        opens_at=opens_at,
        closes_at=closes_at,
        announced_at=at,
        is_sample=is_sample,
    )
    ANNOUNCE_CALL.require(actor, call)
    enforce(may_announce(round_number=round, call_type=type, slots=slots))
    call.save()
    CallEdition.objects.create(
        call=call, number=1, published_at=at, text_ja=guidelines_ja, text_en=guidelines_en
    )
    record(
        subject=call,
        clause=CALL_SHAPE,
        details={"slug": slug, "opens_at": opens_at, "closes_at": closes_at, "slots": slots},
    )
    PublicVersion.objects.bump()
    return call
