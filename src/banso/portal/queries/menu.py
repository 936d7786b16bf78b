"""Which of the signed-in pages apply to a person (N2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from banso.notices.queries.notices import unseen_count
from banso.portal.queries.applying import ForSome
from banso.web.fronts import fronts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banso.people.actors import Actor
    from banso.people.models import Person
    from banso.web.fronts import MenuEntry, PublicPage


# The name under which the one query about a person counts their notices.
UNSEEN: Final = "unseen_notices"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMenu:
    """A signed-in person's name and the entries that apply to them."""

    person: Person
    entries: Sequence[MenuEntry]
    unseen: int

    def name(self, language: str) -> str:
        """Write the person's name as the page's language does."""
        return self.person.name_en if language == "en" else self.person.name_ja


def own_menu(viewer: Actor) -> OwnMenu:
    """Find out in one query what applies to the viewer; roles are known from the actor."""
    person, entries = _own_entries().that_apply(viewer)
    return OwnMenu(person=person, entries=entries, unseen=getattr(person, UNSEEN))


@cache
def public_menu() -> Sequence[PublicPage]:
    """List the pages of everybody's menu."""
    pages = (page for front in fronts().values() for page in front.public_pages)
    return sorted(pages, key=attrgetter("place"))


@cache
def _own_entries() -> ForSome[MenuEntry]:
    entries = (entry for front in fronts().values() for entry in front.menu)
    return ForSome(sorted(entries, key=attrgetter("place")), also={UNSEEN: unseen_count()})
