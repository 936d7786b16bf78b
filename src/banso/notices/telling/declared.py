"""What all apps have told, put together: kinds, events by act, deadlines, words by name."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from banso.web.fronts import fronts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banso.web.fronts.events import Deadlines, Event, NoticeKind, Wording


@cache
def kinds() -> Mapping[str, NoticeKind]:
    """List the kinds of notices, in the order in which a person chooses among them."""
    found = {code: kind for front in fronts().values() for code, kind in front.told.kinds.items()}
    return dict(sorted(found.items(), key=lambda one: one[1].place))


@cache
def events() -> Mapping[str, tuple[Event, ...]]:
    """List what follows from each act, whichever app tells it."""
    found: defaultdict[str, tuple[Event, ...]] = defaultdict(tuple)
    for front in fronts().values():
        for act, told in front.told.events.items():
            found[act] += told
    return dict(found)


@cache
def deadlines() -> Mapping[str, Deadlines]:
    """List what people are reminded of, by name."""
    return {one.name: one for front in fronts().values() for one in front.told.deadlines}


@cache
def wordings() -> Mapping[str, Wording]:
    """List everything that is told, by the name that its notices keep."""
    by_name: dict[str, Wording] = {one.name: one for told in events().values() for one in told}
    return by_name | dict(deadlines())
