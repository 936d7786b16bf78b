"""Addresses of protected information."""

from __future__ import annotations

from banso.protected.views import provided, received
from banso.web.addresses import Factor, signed_in

app_name = "protected"
urlpatterns = [
    signed_in("my/received/", received.register, "register"),
    signed_in("my/received/<uuid:offer_id>/", received.offer, "offer"),
    signed_in(
        "my/received/<uuid:offer_id>/content/", received.content, "content", factor=Factor.LATELY
    ),
    signed_in("my/provided/", provided.provided, "provided", factor=Factor.ALWAYS),
    signed_in("my/provided/<uuid:item_id>/", provided.item, "item", factor=Factor.ALWAYS),
    signed_in(
        "my/councils/<uuid:council_id>/offer/",
        provided.offer_item,
        "offer_item",
        factor=Factor.ALWAYS,
    ),
]
