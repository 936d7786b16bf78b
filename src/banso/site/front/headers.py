"""The headers that Django's middleware would have set, for pages of the front's own."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings


@lru_cache(maxsize=1)
def safe_headers() -> tuple[tuple[bytes, bytes], ...]:
    """Give the headers that Django's middleware would have set."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy,
        "permissions-policy": settings.PERMISSIONS_POLICY,
        "referrer-policy": settings.SECURE_REFERRER_POLICY,
        "x-content-type-options": "nosniff",
        "x-frame-options": settings.X_FRAME_OPTIONS,
        "cache-control": "no-store",
    }
    return tuple((name.encode(), value.encode()) for name, value in headers.items())
