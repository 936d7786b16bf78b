"""Reading kept text: one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.kept.models import KeptText

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.ledger.record import Acting


def kept_texts_of(viewer: Acting) -> QuerySet[KeptText]:
    """List what is kept of the viewer, latest first."""
    return KeptText.objects.visible_to(viewer).order_by("-kept_at", "pk")


def kept_for(viewer: Acting, form: str, subject: str) -> list[KeptText]:
    """List what the viewer left in one form about one thing, latest first."""
    return list(kept_texts_of(viewer).filter(form=form, subject=subject))


def kept_text_of(viewer: Acting, kept_id: UUID) -> KeptText:
    """Find one text that is kept of the viewer."""
    return KeptText.objects.visible_to(viewer).get(pk=kept_id)
