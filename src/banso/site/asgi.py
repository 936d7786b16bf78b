"""The web server's entrance: the front, and behind it Django's own WSGI handler."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banso.site.settings")
handler = get_wsgi_application()

from django.conf import settings  # noqa: E402 - settings are ready from here on

from banso.site.front.application import Front  # noqa: E402
from banso.site.front.intake.limits import Limits  # noqa: E402
from banso.site.front.intake.sessions import is_signed_in  # noqa: E402
from banso.site.front.statements import limit_statements  # noqa: E402
from banso.site.readiness import troubles  # noqa: E402
from banso.site.surface import is_heavy, largest_upload, reads_files  # noqa: E402
from banso.web.unanswered import prepare_pages  # noqa: E402

prepare_pages()
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
    reads_files=reads_files,
    troubles=troubles,
    visitors=settings.PAGE_THREADS,
    signed_in=settings.PAGE_THREADS,
    files=settings.FILE_THREADS,
)
