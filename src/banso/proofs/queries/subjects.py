"""What a record was about, in a title that its person may still read; never protected content."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from django.utils.functional import lazy

from banso.web.fronts import fronts, in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from banso.ledger.models import Entry
    from banso.people.actors import Actor

Subject: TypeAlias = tuple[str, str]

# A receipt's file says it in both languages, so it is written when it is shown.
_title = lazy(in_language, str)


def titles_of(viewer: Actor, entries: Iterable[Entry]) -> Mapping[Subject, str]:
    """Find the titles of what these entries were about, in one query for each kind of thing."""
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        asked[entry.subject_type].append(entry.subject_id)
    return {
        (kind, str(key)): _title(japanese, english)
        for front in fronts().values()
        for kind, titled in front.titles.items()
        if kind in asked
        for key, japanese, english in titled(viewer, asked[kind])
    }
