"""What allauth asks of us about outside identities: they sign in who linked them, nobody else."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from banso.people.accounts.adapter import tell_change

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest

    from banso.people.models import Account


class IdentitiesAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Never makes an account and never links by an address."""

    error_messages = {
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": _(
            "This outside identity is linked with another account. Unlink it there first."
        ),
        "no_password": _(
            "This is your only way to sign in. Set a password or a passkey before you unlink it."
        ),
        "disconnect_last": _(
            "This is your only way to sign in. Set a password or a passkey before you unlink it."
        ),
    }

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Stop an identity that nobody has linked, whatever address it brings (A-46)."""
        connects = sociallogin.state.get("process") == "connect"
        if not sociallogin.is_existing and not (connects and request.user.is_authenticated):
            context = {"has_errors": False}
            page = render(
                request, "socialaccount/not_linked.html", context, status=HTTPStatus.FORBIDDEN
            )
            raise ImmediateHttpResponse(page)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002 - allauth's signature
        """Answer no: accounts are made by our own commands."""
        return False

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        *_more: object,
        **_named: Any,  # noqa: ANN401 - allauth's own
    ) -> None:
        """Keep that an identity was linked or unlinked, and write to its owner."""
        tell_change(self.request, template_prefix, user)
