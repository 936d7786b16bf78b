"""Addresses of the pages that join apps."""

from __future__ import annotations

from django.urls import path

from banso.portal.views import mine, public

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("concepts/<slug:slug>/", public.concept, name="concept"),
    path("rules/", public.rules, name="rules"),
    path("rules/<str:rule_id>/", public.rule, name="rule"),
    path("data/", public.take_away, name="data"),
    path("help/", public.help_page, name="help"),
    path("my/", mine.my, name="my"),
    path("my/desk/", mine.desk, name="desk"),
]
