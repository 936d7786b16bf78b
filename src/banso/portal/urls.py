"""Addresses of the pages that join apps."""

from __future__ import annotations

from django.urls import path

from banso.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("concepts/<slug:slug>/", views.concept, name="concept"),
    path("rules/", views.rules, name="rules"),
    path("rules/<str:rule_id>/", views.rule, name="rule"),
    path("data/", views.take_away, name="data"),
    path("help/", views.help_page, name="help"),
    path("my/", views.my, name="my"),
    path("my/desk/", views.desk, name="desk"),
]
