"""Addresses of calls."""

from __future__ import annotations

from django.urls import path

from banso.calls.views import desk, public

app_name = "calls"
urlpatterns = [
    path("calls/", public.calls, name="calls"),
    path("calls.csv", public.calls_csv, name="calls_csv"),
    path("calls.json", public.calls_json, name="calls_json"),
    path("calls/<slug:slug>/", public.call, name="call"),
    path("my/desk/calls/new/", desk.announce, name="announce"),
]
