"""Addresses of getting in; those without our namespace have the names that allauth looks for."""

from __future__ import annotations

from functools import partial

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from django.urls import include, path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from banso.people import registry_urls
from banso.people.views import addresses, affiliations, entering, factors, invitations, sign_ins
from banso.people.views.factor_pages import add_passkey, make_codes, set_up_app
from banso.people.views.sign_in import come_back, go_to_provider, identities, sign_in_page
from banso.web.addresses import Factor, sign_in, signed_in


class AccountIdConverter(StringConverter):
    """An account's id as allauth writes it into an address, before the first hyphen."""

    regex = "[0-9A-Za-z]+"


register_converter(AccountIdConverter, "account_id")

_INVITATION = "my/invitations/<uuid:invitation_id>/"

# On the way to a second factor none can be asked for.
own = partial(signed_in, factor=Factor.NEVER)

_own = [
    own("my/sign-in/", sign_ins.own_sign_ins, "sign_ins"),
    own("my/sign-in/sessions/<int:session_id>/end/", sign_ins.end_one_session, "end_session"),
    own("my/sign-in/sessions/end-others/", sign_ins.end_others, "end_others"),
    own("my/sign-in/devices/<uuid:device_id>/end/", sign_ins.end_one_device, "end_device"),
    signed_in(
        "my/sign-in/address/", addresses.change_address, "change_address", factor=Factor.LATELY
    ),
    own("my/sign-in/address/confirm/<str:token>/", addresses.confirm_address, "confirm_address"),
    own(
        "my/sign-in/address/<uuid:change_id>/withdraw/",
        addresses.withdraw_address,
        "withdraw_address",
    ),
    sign_in("accounts/address/stopped/", addresses.address_stopped, "address_stopped"),
    sign_in("accounts/address/stop/<str:token>/", addresses.stop_address, "stop_address"),
    own("my/sign-in/second-factor/", factors.second_factor, "second_factor"),
    signed_in("my/second-factors/", factors.resets, "resets"),
    signed_in(
        "my/second-factors/<uuid:reset_id>/confirm/", factors.confirm_reset, "confirm_reset"
    ),
    signed_in(
        "my/second-factors/<uuid:reset_id>/withdraw/", factors.withdraw_reset, "withdraw_reset"
    ),
    signed_in("my/invitations/", invitations.invitations, "invitations"),
    signed_in("my/invitations/new/", invitations.invite, "invite"),
    signed_in(_INVITATION, invitations.one_invitation, "one_invitation"),
    signed_in(f"{_INVITATION}renew/", invitations.renew, "renew_invitation"),
    signed_in(f"{_INVITATION}withdraw/", invitations.withdraw, "withdraw_invitation"),
    signed_in(f"{_INVITATION}confirm/", invitations.confirm, "confirm_invitation"),
    signed_in("my/affiliations/", affiliations.own_claims, "own_claims"),
    signed_in("my/affiliations/waiting/", affiliations.waiting, "claims"),
    signed_in("my/affiliations/waiting/<uuid:claim_id>/", affiliations.claim, "claim"),
    signed_in(
        "my/affiliations/waiting/<uuid:claim_id>/confirm/", affiliations.confirm, "confirm_claim"
    ),
    sign_in("accounts/invitation/<str:token>/", entering.invitation, "invitation"),
    sign_in("accounts/new/", entering.ask_to_sign_up, "sign_up"),
    sign_in("accounts/new/sent/", entering.sign_up_sent, "sign_up_sent"),
    sign_in("accounts/new/<str:token>/", entering.make_account, "make_account"),
]

urlpatterns = [
    sign_in("accounts/login/", sign_in_page, "account_login"),
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
    own("accounts/password/change/", allauth.password_change, "account_change_password"),
    own("accounts/password/set/", allauth.password_set, "account_set_password"),
    own("accounts/reauthenticate/", allauth.reauthenticate, "account_reauthenticate"),
    # allauth's own sign-up knows no persons, so its name leads to ours.
    sign_in(
        "accounts/signup/",
        RedirectView.as_view(pattern_name="people:sign_up"),
        "account_signup",
    ),
    own("accounts/factors/", mfa.index, "mfa_index"),
    sign_in("accounts/factors/show/", mfa.authenticate, "mfa_authenticate"),
    own("accounts/factors/again/", mfa.reauthenticate, "mfa_reauthenticate"),
    own("accounts/factors/app/set-up/", set_up_app, "mfa_activate_totp"),
    own("accounts/factors/app/remove/", totp.deactivate_totp, "mfa_deactivate_totp"),
    own("accounts/factors/codes/", codes.view_recovery_codes, "mfa_view_recovery_codes"),
    own("accounts/factors/codes/new/", make_codes, "mfa_generate_recovery_codes"),
    own(
        "accounts/factors/codes/recovery-codes.txt",
        codes.download_recovery_codes,
        "mfa_download_recovery_codes",
    ),
    own(
        "accounts/factors/passkeys/",
        RedirectView.as_view(pattern_name="mfa_index"),
        "mfa_list_webauthn",
    ),
    own("accounts/factors/passkeys/set-up/", add_passkey, "mfa_add_webauthn"),
    own(
        "accounts/factors/passkeys/again/",
        passkeys.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
    ),
    own(
        "accounts/factors/passkeys/<int:pk>/remove/",
        passkeys.remove_webauthn,
        "mfa_remove_webauthn",
    ),
    own("accounts/factors/passkeys/<int:pk>/rename/", passkeys.edit_webauthn, "mfa_edit_webauthn"),
    sign_in("accounts/login/passkey/", passkeys.login_webauthn, "mfa_login_webauthn"),
    own("accounts/identities/", identities, "socialaccount_connections"),
    sign_in("accounts/identities/<slug:provider_id>/", go_to_provider, "oidc_login"),
    sign_in("accounts/identities/<slug:provider_id>/back/", come_back, "oidc_callback"),
    sign_in(
        "accounts/identities/none/cancelled/",
        social.login_cancelled,
        "socialaccount_login_cancelled",
    ),
    sign_in(
        "accounts/identities/none/sign-up/",
        RedirectView.as_view(pattern_name="account_login"),
        "socialaccount_signup",
    ),
    path("", include((_own, "people"))),
    path("", include((registry_urls.urlpatterns, "registry"))),
    path("", include((registry_urls.own_urlpatterns, "record"))),
]
