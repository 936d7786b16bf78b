"""What the pages that join apps give to everybody's menus."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from banso.web.fronts import Applies, Front, MenuEntry, PublicPage

FRONT = Front(
    public_pages=(PublicPage(place=80, label=_("Rules"), address="portal:rules"),),
    menu=(
        MenuEntry(
            place=0,
            label=_("To do"),
            address="portal:my",
            applies=Applies(role=lambda _viewer: True),
        ),
        MenuEntry(
            place=50,
            label=_("Desk"),
            address="portal:desk",
            applies=Applies(role=lambda viewer: bool(viewer.agencies or viewer.directs)),
        ),
    ),
)
