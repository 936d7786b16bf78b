"""Addresses of the kit's own pages."""

from __future__ import annotations

from django.urls import path

from banso.web import views

app_name = "web"
urlpatterns = [path("", views.gallery, name="gallery")]
