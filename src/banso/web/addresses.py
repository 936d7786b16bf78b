"""Addresses that say whom they answer, where they are routed; one that says nothing is no route.

`public("calls/", views.calls, "calls")` reads like Django's `path`, and carries its audience.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, path, reverse
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase
    from django.urls import URLPattern

    View = Callable[..., HttpResponseBase]


_ANY = UUID(int=0)


class Surface(StrEnum):
    """Whom an address answers."""

    PUBLIC = "public"  # everybody, the same page; kept whole for visitors
    LEDGER = "ledger"  # everybody; never kept whole, since it grows with every act
    SIGN_IN = "sign-in"  # everybody, on the way in or out
    SIGNED_IN = "signed-in"  # whoever has signed in; what they see is theirs
    SECRET = "secret"  # noqa: S105 - no password: whoever has the address, which nobody can guess
    MACHINE = "machine"  # whoever watches over the server
    DEMO = "demo"  # everybody, in demo mode alone


class Factor(StrEnum):
    """Whether an address waits for a second factor."""

    NEVER = "never"  # on the way to one, and for what nobody may be kept from
    BY_ROLE = "by-role"  # of whoever holds a role that takes one
    ALWAYS = "always"  # of everybody
    LATELY = "lately"  # of everybody, shown a quarter of an hour ago at most


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an address answers, how many bytes of a file it takes, and whether it is heavy work."""

    surface: Surface
    file_bytes: int = 0
    is_heavy: bool = False
    reads_files: bool = False  # its answer waits for the file store, in threads of their own
    factor: Factor = Factor.BY_ROLE


def public(route: str, view: View, name: str, **facts: object) -> URLPattern:
    """Route a page that is the same for everybody."""
    return _routed(route, view, name, Audience(Surface.PUBLIC), facts)


def ledger(route: str, view: View, name: str) -> URLPattern:
    """Route a page of the ledger, which grows with every act."""
    return _routed(route, view, name, Audience(Surface.LEDGER))


def sign_in(route: str, view: View, name: str) -> URLPattern:
    """Route a page on the way in or out."""
    return _routed(route, view, name, Audience(Surface.SIGN_IN))


def signed_in(
    route: str,
    view: View,
    name: str,
    *,
    file_bytes: int = 0,
    is_heavy: bool = False,
    reads_files: bool = False,
    factor: Factor = Factor.BY_ROLE,
) -> URLPattern:
    """Route a page of a person; `is_heavy` ones look over very much and wait for each other."""
    audience = Audience(
        Surface.SIGNED_IN,
        file_bytes=file_bytes,
        is_heavy=is_heavy,
        reads_files=reads_files,
        factor=factor,
    )
    return _routed(route, view, name, audience)


def secret(route: str, view: View, name: str) -> URLPattern:
    """Route an answer to whoever has the address, from a mail or for a calendar."""
    return _routed(route, view, name, Audience(Surface.SECRET))


def machine(route: str, view: View, name: str) -> URLPattern:
    """Route an answer to whoever watches over the server."""
    return _routed(route, view, name, Audience(Surface.MACHINE))


def demo(route: str, view: View, name: str) -> URLPattern:
    """Route a page that exists in demo mode alone."""
    return _routed(route, view, name, Audience(Surface.DEMO))


def audience_of(pattern: URLPattern) -> Audience | None:
    """Read whom a route answers; nothing where its urls.py did not say it."""
    return getattr(pattern, "audience", None)


def _routed(  # noqa: PLR0917 - as Django's own `path`, with whom it answers
    route: str,
    view: View,
    name: str,
    audience: Audience,
    facts: dict[str, object] | None = None,
) -> URLPattern:
    pattern = path(route, view, facts or {}, name=name)
    pattern.audience = audience  # type: ignore[attr-defined] # Django's own has no such place
    return pattern


def address_of(name: str, part: UUID | str) -> str:
    """Reverse an address of one part, as `reverse` does; the many rows of a list ask for it.

    Only the part differs from row to row, so the rest is worked out once for each language.
    """
    here = (get_language(), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    if isinstance(part, UUID):
        return _reversed(name, _ANY, here).replace(str(_ANY), str(part))
    return _reversed(name, part, here)


@lru_cache(maxsize=4096)
def _reversed(name: str, part: UUID | str, _here: tuple[str | None, ...]) -> str:
    return reverse(name, args=[part])
