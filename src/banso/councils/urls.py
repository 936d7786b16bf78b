"""Addresses of councils."""

from __future__ import annotations

from django.urls import path

from banso.councils import views

app_name = "councils"
urlpatterns = [
    path("my/councils/", views.councils, name="councils"),
    path("my/councils/prepare/", views.prepare, name="prepare"),
    path("my/councils/invitations/<uuid:membership_id>/", views.invitation, name="invitation"),
    path("my/councils/<uuid:council_id>/", views.room, name="room"),
    path("my/councils/<uuid:council_id>/leave/", views.leave, name="leave"),
    path(
        "my/councils/<uuid:council_id>/representation/",
        views.representation,
        name="representation",
    ),
    path("my/councils/<uuid:council_id>/secretariat/", views.secretariat, name="secretariat"),
    path(
        "my/councils/<uuid:council_id>/secretariat/representative/",
        views.representative,
        name="representative",
    ),
    path(
        "my/councils/<uuid:council_id>/secretariat/consultation/",
        views.consultation,
        name="consultation",
    ),
    path(
        "my/councils/<uuid:council_id>/secretariat/establish/", views.establish, name="establish"
    ),
    path("my/councils/<uuid:council_id>/secretariat/invite/", views.invite, name="invite"),
    path("my/councils/<uuid:council_id>/secretariat/meeting/", views.meeting, name="meeting"),
    path(
        "my/councils/<uuid:council_id>/secretariat/agreement/", views.agreement, name="agreement"
    ),
    path("my/agreed-items/", views.agreed_items, name="agreed_items"),
    path("my/agreed-items/<uuid:agreed_item_id>/", views.agreed_item, name="agreed_item"),
]
