"""Every address, by the app that answers it; Japanese at the root, English under /en/."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.module_loading import module_has_submodule

from banso.site.health import healthz, readyz
from banso.web.addresses import machine

_URLS = [
    f"banso.{app}.urls"
    for app in settings.APPS
    if module_has_submodule(import_module(f"banso.{app}"), "urls")
]

urlpatterns = [
    machine("healthz", healthz, "healthz"),
    machine("readyz", readyz, "readyz"),
    *i18n_patterns(
        *(path("", include(urls)) for urls in _URLS),
        prefix_default_language=False,
    ),
]

handler403 = "banso.web.views.forbidden"
handler404 = "banso.web.views.not_found"
handler400 = "banso.site.faults.bad_request"
handler500 = "banso.site.faults.server_error"
