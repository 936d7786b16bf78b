"""The web server's entrance: the front, and behind it Django's own WSGI handler."""

from __future__ import annotations

import os
from http.cookies import CookieError, SimpleCookie
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banso.site.settings")
handler = get_wsgi_application()

from django.conf import settings  # noqa: E402 - settings are ready from here on
from django.contrib.auth import get_user  # noqa: E402
from django.db import connections  # noqa: E402
from django.http import HttpRequest  # noqa: E402

from banso.site.front.application import Front  # noqa: E402
from banso.site.front.limits import Limits  # noqa: E402
from banso.site.front.statements import limit_statements  # noqa: E402
from banso.site.readiness import troubles  # noqa: E402
from banso.site.surface import is_heavy, largest_upload  # noqa: E402


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
        connections.close_all()


limit_statements(settings.STATEMENT_SECONDS["signed-in"])
application = Front(
    handler,
    limits=Limits(),
    proxies=settings.TRUSTED_PROXIES,
    folder=settings.DATA / "tmp",
    session_cookie=settings.SESSION_COOKIE_NAME,
    largest_body=largest_upload,
    is_signed_in=is_signed_in,
    is_heavy=is_heavy,
    troubles=troubles,
    visitors=settings.PAGE_THREADS,
    signed_in=settings.PAGE_THREADS,
)
