"""Addresses of councils."""

from __future__ import annotations

from banso.councils import views
from banso.web.addresses import signed_in

app_name = "councils"
urlpatterns = [
    signed_in("my/councils/", views.councils, "councils"),
    signed_in("my/councils/prepare/", views.prepare, "prepare"),
    signed_in("my/councils/invitations/<uuid:membership_id>/", views.invitation, "invitation"),
    signed_in("my/councils/<uuid:council_id>/", views.room, "room"),
    signed_in("my/councils/<uuid:council_id>/leave/", views.leave, "leave"),
    signed_in(
        "my/councils/<uuid:council_id>/representation/",
        views.representation,
        "representation",
    ),
    signed_in("my/councils/<uuid:council_id>/secretariat/", views.secretariat, "secretariat"),
    signed_in(
        "my/councils/<uuid:council_id>/secretariat/representative/",
        views.representative,
        "representative",
    ),
    signed_in(
        "my/councils/<uuid:council_id>/secretariat/consultation/",
        views.consultation,
        "consultation",
    ),
    signed_in(
        "my/councils/<uuid:council_id>/secretariat/establish/", views.establish, "establish"
    ),
    signed_in("my/councils/<uuid:council_id>/secretariat/invite/", views.invite, "invite"),
    signed_in("my/councils/<uuid:council_id>/secretariat/meeting/", views.meeting, "meeting"),
    signed_in(
        "my/councils/<uuid:council_id>/secretariat/agreement/", views.agreement, "agreement"
    ),
    signed_in("my/agreed-items/", views.agreed_items, "agreed_items"),
    signed_in("my/agreed-items/<uuid:agreed_item_id>/", views.agreed_item, "agreed_item"),
]
