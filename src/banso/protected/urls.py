"""Addresses of protected information."""

from __future__ import annotations

from django.urls import path

from banso.protected import views

app_name = "protected"
urlpatterns = [
    path("my/received/", views.register, name="register"),
    path("my/received/<uuid:offer_id>/", views.offer, name="offer"),
    path("my/received/<uuid:offer_id>/content/", views.content, name="content"),
    path("my/provided/", views.provided, name="provided"),
    path("my/provided/<uuid:item_id>/", views.item, name="item"),
    path("my/councils/<uuid:council_id>/offer/", views.offer_item, name="offer_item"),
]
