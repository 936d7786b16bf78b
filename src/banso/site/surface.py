"""Every address by its name: whom it answers, as the app that routes it says.

An address that says nothing asks for sign-in, and the house test names it (A-01); who sees what
of it is each app's `visible_to`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import Resolver404, URLPattern, get_resolver, resolve
from django.utils.translation import get_language_from_path, override

from banso.web.addresses import Audience, Factor, Surface, audience_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.urls import URLResolver

# What comes around a file in the form that sends it.
ROUND_A_FILE = 100_000

_FORGOTTEN = Audience(Surface.SIGNED_IN)


@cache
def audiences() -> dict[str, Audience]:
    """Read whom each address answers, by its name, from where it is routed."""
    said = {name: audience_of(pattern) for name, pattern in routed()}
    return {name: audience for name, audience in said.items() if audience}


def routed(
    resolver: URLResolver | None = None, namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """List every address that is routed, by its name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routed(pattern, inner)


def surface_of(name: str) -> Surface:
    """Tell whom an address answers, by its name; one that was forgotten asks for sign-in."""
    return audiences().get(name, _FORGOTTEN).surface


def factor_of(name: str) -> Factor:
    """Tell whether an address, by its name, waits for a second factor."""
    return audiences().get(name, _FORGOTTEN).factor


def is_heavy_page(name: str) -> bool:
    """Tell whether an address, by its name, looks over very much."""
    return audiences().get(name, _FORGOTTEN).is_heavy


def is_public(path: str) -> bool:
    """Tell whether a path leads to a page that is the same for every visitor."""
    return surface_of(name_of(path) or "") is Surface.PUBLIC


@lru_cache(maxsize=1024)
def largest_upload(path: str) -> int | None:
    """Tell how much one form may bring to a path that takes a file; others take 1 MB."""
    file_bytes = audiences().get(name_of(path) or "", _FORGOTTEN).file_bytes
    return file_bytes + ROUND_A_FILE if file_bytes else None


@lru_cache(maxsize=4096)
def is_heavy(path: str) -> bool:
    """Tell whether a path leads to a page that looks over very much."""
    return is_heavy_page(name_of(path) or "")


@lru_cache(maxsize=4096)
def reads_files(path: str) -> bool:
    """Tell whether a path leads to an answer that waits for the file store."""
    return audiences().get(name_of(path) or "", _FORGOTTEN).reads_files


def name_of(path: str) -> str | None:
    """Find the name of the address that a path leads to."""
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            return str(resolve(path).view_name)
        except Resolver404:
            return None
