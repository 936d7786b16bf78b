"""Addresses of signing in and out; their names are those that allauth looks for."""

from __future__ import annotations

from allauth.account.views import (
    account_inactive,
    login,
    logout,
    password_change,
)
from django.urls import path
from django.views.generic import RedirectView

urlpatterns = [
    path("accounts/login/", login, name="account_login"),
    path("accounts/logout/", logout, name="account_logout"),
    path("accounts/inactive/", account_inactive, name="account_inactive"),
    path("accounts/password/change/", password_change, name="account_change_password"),
    # Nobody signs up: whoever takes part is registered with their appointments.
    path(
        "accounts/signup/",
        RedirectView.as_view(pattern_name="account_login"),
        name="account_signup",
    ),
]
