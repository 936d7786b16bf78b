"""Addresses of the kit's own pages."""

from __future__ import annotations

from banso.web import views
from banso.web.addresses import public, signed_in

app_name = "web"
urlpatterns = [
    public("gallery/", views.gallery, "gallery"),
    signed_in("my/typed/yen/", views.yen, "yen"),
]
