"""Addresses of the pages that join apps."""

from __future__ import annotations

from banso.portal.views import mine
from banso.portal.views import public as views
from banso.web.addresses import public, signed_in

app_name = "portal"
urlpatterns = [
    public("", views.home, "home"),
    public("concepts/<slug:slug>/", views.concept, "concept"),
    public("rules/", views.rules, "rules"),
    public("rules/<str:rule_id>/", views.rule, "rule"),
    public("data/", views.take_away, "data"),
    public("help/", views.help_page, "help"),
    signed_in("my/", mine.my, "my"),
    signed_in("my/desk/", mine.desk, "desk", is_heavy=True),
]
