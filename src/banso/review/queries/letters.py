"""Letters with results, to those who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banso.review.models import Letter
from banso.review.queries.naming import named_by

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor


def letters_for(viewer: Actor) -> QuerySet[Letter]:
    """List the letters that the viewer may read, the latest first."""
    return (
        Letter.objects.visible_to(viewer)
        .select_related("proposal__call__agency", "proposal__institution")
        .order_by("-sent_at", "pk")
    )


def letters_matching(letters: QuerySet[Letter], words: str) -> QuerySet[Letter]:
    """Keep letters whose proposal or institution is named by every word."""
    for word in words.split():
        letters = letters.filter(named_by(word, "proposal__"))
    return letters


def letter_for(viewer: Actor, letter_id: UUID) -> Letter:
    """Find a letter."""
    return letters_for(viewer).get(pk=letter_id)
