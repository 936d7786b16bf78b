"""The few addresses that the kit's own templates and sentences need."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import include, path


def _blank(request, **_named):
    return HttpResponse()


urlpatterns = i18n_patterns(
    path("", include("banso.web.urls")),
    path("rules/", include(([path("<str:clause_id>/", _blank, name="rule")], "portal"))),
    prefix_default_language=False,
)
