"""What a browser calls itself, in words that its person knows it by."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

# In this order: each also calls itself by the names of those after it.
_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(program: str) -> str:
    """Name browser and system where we know them; else give what the browser calls itself."""
    browser = next((name for mark, name in _BROWSERS if mark in program), "")
    system = next((name for mark, name in _SYSTEMS if mark in program), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or program[:60] or _("not known")
