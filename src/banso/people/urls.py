"""Addresses of signing in and out; their names are those that allauth looks for."""

from __future__ import annotations

from allauth.account.views import (
    account_inactive,
    login,
    logout,
    password_change,
)
from django.views.generic import RedirectView

from banso.web.addresses import sign_in, signed_in

urlpatterns = [
    sign_in("accounts/login/", login, "account_login"),
    sign_in("accounts/logout/", logout, "account_logout"),
    sign_in("accounts/inactive/", account_inactive, "account_inactive"),
    signed_in("accounts/password/change/", password_change, "account_change_password"),
    # Nobody signs up: people who take part are registered with their appointments.
    sign_in(
        "accounts/signup/",
        RedirectView.as_view(pattern_name="account_login"),
        "account_signup",
    ),
]
