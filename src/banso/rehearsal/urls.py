"""Addresses of the demo, which exist in demo mode alone."""

from __future__ import annotations

from django.conf import settings

from banso.rehearsal import views
from banso.web.addresses import demo

app_name = "rehearsal"
_PAGES = [
    demo("demo/", views.roles, "roles"),
    demo("demo/step-in/", views.step_in, "step_in"),
]
urlpatterns = _PAGES if settings.IS_DEMO else []
