"""Addresses of the demo, mounted in demo mode only."""

from __future__ import annotations

from django.urls import path

from banso.rehearsal import views

app_name = "rehearsal"
urlpatterns = [
    path("", views.roles, name="roles"),
    path("step-in/", views.step_in, name="step_in"),
]
