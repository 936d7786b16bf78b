"""Every address, by the app that answers it; Japanese at the root, English under /en/."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from banso.site.health import healthz, readyz

APPS = (
    "portal",
    "proofs",
    "catalogue",
    "calls",
    "proposals",
    "review",
    "projects",
    "councils",
    "protected",
    "results",
    "people",
)

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    *i18n_patterns(
        *(path("", include(f"banso.{app}.urls")) for app in APPS),
        path("gallery/", include("banso.web.urls")),
        *([path("demo/", include("banso.rehearsal.urls"))] if settings.IS_DEMO else []),
        prefix_default_language=False,
    ),
]

handler403 = "banso.web.views.forbidden"
handler404 = "banso.web.views.not_found"
handler400 = "banso.site.faults.bad_request"
handler500 = "banso.site.faults.server_error"
