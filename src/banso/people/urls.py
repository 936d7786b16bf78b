"""Addresses of getting in; those without our namespace have the names that allauth looks for."""

from __future__ import annotations

from allauth.account import views as allauth
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from banso.people import registry_urls
from banso.people.views import sign_ins
from banso.web.addresses import sign_in, signed_in


class AccountIdConverter(StringConverter):
    """An account's id as allauth writes it into an address, before the first hyphen."""

    regex = "[0-9A-Za-z]+"


register_converter(AccountIdConverter, "account_id")

_own = [
    signed_in("my/sign-in/", sign_ins.own_sign_ins, "sign_ins"),
    signed_in(
        "my/sign-in/sessions/<int:session_id>/end/", sign_ins.end_one_session, "end_session"
    ),
    signed_in("my/sign-in/sessions/end-others/", sign_ins.end_others, "end_others"),
    signed_in("my/sign-in/devices/<uuid:device_id>/end/", sign_ins.end_one_device, "end_device"),
]

urlpatterns = [
    sign_in("accounts/login/", allauth.login, "account_login"),
    sign_in("accounts/logout/", allauth.logout, "account_logout"),
    sign_in("accounts/inactive/", allauth.account_inactive, "account_inactive"),
    sign_in("accounts/password/reset/", allauth.password_reset, "account_reset_password"),
    sign_in(
        "accounts/password/reset/done/",
        allauth.password_reset_done,
        "account_reset_password_done",
    ),
    sign_in(
        "accounts/password/reset/set/<account_id:uidb36>-<str:key>/",
        allauth.password_reset_from_key,
        "account_reset_password_from_key",
    ),
    sign_in(
        "accounts/password/reset/set/done/",
        allauth.password_reset_from_key_done,
        "account_reset_password_from_key_done",
    ),
    signed_in("accounts/password/change/", allauth.password_change, "account_change_password"),
    signed_in("accounts/password/set/", allauth.password_set, "account_set_password"),
    signed_in("accounts/reauthenticate/", allauth.reauthenticate, "account_reauthenticate"),
    # Nobody signs up by themselves yet.
    sign_in(
        "accounts/signup/",
        RedirectView.as_view(pattern_name="account_login"),
        "account_signup",
    ),
    path("", include((_own, "people"))),
    path("", include((registry_urls.urlpatterns, "registry"))),
]
