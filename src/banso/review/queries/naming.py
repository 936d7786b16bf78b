"""How words find a proposal, wherever it is listed."""

from __future__ import annotations

from django.db.models import Q


def named_by(word: str, path: str) -> Q:
    """Rows of proposals whose title or institution has the word."""
    names = ("title_ja", "title_en", "institution__name_ja", "institution__name_en")
    named = Q()
    for name in names:
        named |= Q((f"{path}{name}__icontains", word))
    return named
