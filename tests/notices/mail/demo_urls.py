"""The site's addresses with those that exist in demo mode alone."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from banso.notices import urls as notices
from banso.rehearsal import urls as rehearsal
from banso.site.urls import handler400, handler403, handler404, handler500
from banso.site.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *i18n_patterns(
        path("", include(([*notices.urlpatterns, *notices.DEMO_PAGES], "notices"))),
        path("", include((rehearsal._PAGES, "rehearsal"))),  # noqa: SLF001 - they are not routed
        prefix_default_language=False,
    ),
    *site,
]
