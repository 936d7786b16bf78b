"""Who sends a large body, asked before a byte of it is read."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest


def is_signed_in(cookies: bytes) -> bool:
    """Look the session of a request up, before its body is read."""
    try:
        named = SimpleCookie(cookies.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return False
    if named is None:
        return False
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(named.value)
    try:
        return bool(get_user(request).is_authenticated)
    finally:
        close_old_connections()
