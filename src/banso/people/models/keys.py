"""Rows that are found by words of their names, whatever kanji, kana or letters these are in."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from banso.engines.names.keys import sought_pieces, sought_words

Named = TypeVar("Named", bound=models.Model)


class FoundByWords(models.QuerySet[Named]):
    """Queries over what has a search key."""

    def matching(self, words: str) -> Self:
        """Keep the rows whose names or numbers contain every word; no word keeps none."""
        return self.filter(words_in(words))


def words_in(words: str, path: str = "") -> Q:
    """Ask for rows whose key, or the key of what is at the end of a path, has every word.

    The pieces are what the index finds; the key itself says whether they are beside each other.
    """
    sought = sought_words(words)
    if not sought:
        return Q(pk__in=())
    asked = Q()
    for word in sought:
        asked &= Q((f"{path}search_key__contains", word))
        asked &= Q((f"{path}search_pieces__contains", sought_pieces(word)))
    return asked
