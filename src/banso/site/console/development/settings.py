"""Settings of `banso dev`: faults and queries are shown, and nothing is kept.

The program's own settings hold for everything else, so what is seen here is what is served.
"""

from __future__ import annotations

from banso.site.settings import *  # noqa: F403 - all but what follows

DEBUG = True
# A whole page that is kept would hide that its template changed.
MIDDLEWARE = [
    "banso.site.middleware.queries_shown.QueriesShownMiddleware",
    *(one for one in MIDDLEWARE if "public_cache" not in one),  # noqa: F405
]
# Files of pages are served where they lie, under their own names.
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
