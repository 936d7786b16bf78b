"""Signing in: allauth's own pages, with the outside identities that are configured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.views import LoginView
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.views import ConnectionsView
from django.http import Http404

from banso.people.provider import IdentityAdapter

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


class SignIn(LoginView):  # type: ignore[misc]  # allauth ships no types
    """Address and password, a passkey, or an outside identity."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:  # noqa: ANN401 - allauth's own
        """Name the providers."""
        shown: dict[str, Any] = super().get_context_data(**named)
        return {**shown, "providers": get_adapter().list_providers(self.request)}


class Identities(ConnectionsView):  # type: ignore[misc]  # as above
    """The outside identities that one has linked."""

    def get_context_data(self, **named: Any) -> dict[str, Any]:  # noqa: ANN401 - allauth's own
        """Name the providers, and what is linked."""
        shown: dict[str, Any] = super().get_context_data(**named)
        return {
            **shown,
            "providers": get_adapter().list_providers(self.request),
            "linked": shown["form"].accounts,
        }


def go_to_provider(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Lead to a provider, to sign in or to link."""
    return _answered(OAuth2LoginView, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Take what a provider answered."""
    return _answered(OAuth2CallbackView, request, provider_id)


def _answered(view: Any, request: HttpRequest, provider_id: str) -> HttpResponseBase:  # noqa: ANN401 - allauth's
    try:
        answer: HttpResponseBase = view.adapter_view(IdentityAdapter(request, provider_id))(
            request
        )
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return answer


sign_in_page = SignIn.as_view()
identities = Identities.as_view()
