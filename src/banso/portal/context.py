"""What surrounds every page: the menus, the language switch, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from banso.people.actors import VISITOR, Actor
from banso.portal.queries.menu import own_menu, public_menu

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from banso.web.fronts import MenuEntry, PublicPage

Link = tuple[str, str, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chrome:
    """The frame of a page, as plain values for the base template."""

    site_name: str
    language: str
    other_language_address: str
    menu: list[Link]
    my_menu: list[Link] = field(default_factory=list)
    person_name: str = ""
    unseen_notices: int = 0
    notices_address: str = ""
    is_demo: bool = False
    demo_address: str = ""
    sign_in_address: str = ""
    sign_out_address: str = ""
    session_address: str = ""
    audience: str = ""
    restricted: bool = False

    def shown_to(self, audience: str, *, restricted: bool = False) -> Chrome:
        """Name who can see the page (N3); a view says it, after the frame was built."""
        return replace(self, audience=audience, restricted=restricted)


def chrome(request: HttpRequest) -> dict[str, Chrome]:
    """Build the frame for this request; for a visitor it reads nothing but the address."""
    actor: Actor = getattr(request, "actor", VISITOR)
    language = get_language() or settings.LANGUAGE_CODE
    other = "en" if language == "ja" else "ja"
    own = None if actor.is_visitor else own_menu(actor)
    return {
        "chrome": Chrome(
            site_name=_("banso: K Program"),
            language=language,
            other_language_address=translate_url(request.get_full_path(), other),
            menu=_links(request, public_menu()),
            my_menu=_links(request, own.entries) if own else [],
            person_name=own.name(language) if own else "",
            unseen_notices=own.unseen if own else 0,
            notices_address=reverse("notices:notices") if own else "",
            is_demo=settings.IS_DEMO,
            demo_address=reverse("rehearsal:roles") if settings.IS_DEMO else "",
            sign_in_address=reverse("account_login"),
            sign_out_address=reverse("account_logout"),
            session_address=reverse("kept:extend_session") if own else "",
        )
    }


def _links(request: HttpRequest, entries: Iterable[MenuEntry | PublicPage]) -> list[Link]:
    addresses = [(str(entry.label), reverse(entry.address)) for entry in entries]
    current = _current(request.path, [address for _label, address in addresses])
    return [(label, address, address == current) for label, address in addresses]


def _current(path: str, addresses: list[str]) -> str:
    return max((one for one in addresses if path.startswith(one)), key=len, default="")
