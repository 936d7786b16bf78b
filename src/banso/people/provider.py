"""Outside identities by OpenID Connect: by issuer and subject, never by mail (A-46, A-47).

allauth finds this module by its name.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import ProviderException
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.urls import reverse

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
    from django.http import HttpRequest

# Signatures with a key of the provider's; neither none nor a secret that both know.
ALGORITHMS: Final = ("RS256", "PS256", "ES256", "EdDSA")
REQUIRED: Final = ("iss", "sub", "aud", "exp", "iat")
LEEWAY_SECONDS: Final = 30


class Untrusted(ProviderException):  # type: ignore[misc]  # allauth ships no types
    """What a provider answered is not what we asked it for."""


def nonce_of(verifier: str) -> str:
    """Derive the nonce from the secret of one attempt, which the session alone keeps."""
    return hashlib.sha256(f"nonce:{verifier}".encode()).hexdigest()


def verified(token: str, *, keys: dict[str, Any], issuer: str, client_id: str) -> dict[str, Any]:
    """Verify an ID token's signature, issuer, audience and time, and give what it claims."""
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        # A provider with one key alone need not name it.
        [key] = [one for one in keys["keys"] if kid is None or one.get("kid") == kid]
        claims: dict[str, Any] = jwt.decode(
            token,
            jwt.PyJWK(key).key,
            algorithms=list(ALGORITHMS),
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY_SECONDS,
            options={"require": list(REQUIRED)},
        )
    except (jwt.PyJWTError, KeyError, ValueError) as wrong:
        raise Untrusted(f"the ID token cannot be trusted: {wrong}") from wrong
    others = claims["aud"] if isinstance(claims["aud"], list) else []
    if len(others) > 1 and claims.get("azp") != client_id:
        raise Untrusted("the ID token is for several, and not for us")
    return claims


class IdentityAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # as above
    """Trusts nothing of a provider but its signed ID token for this very attempt."""

    nonce = ""

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:  # noqa: ARG002 - allauth's signature
        """Come back to our own address."""
        path = reverse("oidc_callback", kwargs={"provider_id": self.provider_id})
        return str(request.build_absolute_uri(path))

    def get_access_token_data(
        self,
        request: HttpRequest,
        app: SocialApp,
        client: Any,  # noqa: ANN401 - allauth's
        pkce_code_verifier: str = "",
    ) -> dict[str, Any]:
        """Remember which nonce this attempt sent."""
        self.nonce = nonce_of(pkce_code_verifier)
        answer: dict[str, Any] = super().get_access_token_data(
            request, app, client, pkce_code_verifier=pkce_code_verifier
        )
        return answer

    def complete_login(
        self,
        request: HttpRequest,
        app: SocialApp,
        token: SocialToken,  # noqa: ARG002 - allauth's signature
        **named: Any,  # noqa: ANN401 - allauth's
    ) -> SocialLogin:
        """Verify the ID token; what else the provider tells is not asked for."""
        issuer = app.settings["issuer"]
        if self.openid_config.get("issuer") != issuer:
            raise Untrusted("the provider names another issuer than the one configured")
        with get_adapter().get_requests_session() as session:
            keys = session.get(self.openid_config["jwks_uri"]).json()
        claims = verified(
            named["response"].get("id_token") or "",
            keys=keys,
            issuer=issuer,
            client_id=app.client_id,
        )
        told = claims.get("nonce")
        if told != self.nonce and (told or app.settings.get("returns_nonce", True)):
            raise Untrusted("the ID token answers another attempt")
        return self.get_provider().sociallogin_from_response(request, claims)


class IdentityProvider(OpenIDConnectProvider):  # type: ignore[misc]  # as above
    """A provider of outside identities, as the settings name it."""

    id = "oidc"
    name = "OpenID Connect"
    oauth2_adapter_class = IdentityAdapter

    def get_default_scope(self) -> list[str]:
        """Ask for who it is and nothing else; mail and name are not taken over."""
        return ["openid"]

    def get_pkce_params(self) -> dict[str, str]:
        """Send a challenge (PKCE) and the nonce of this attempt."""
        parameters: dict[str, str] = super().get_pkce_params()
        return {**parameters, "nonce": nonce_of(parameters["code_verifier"])}

    def extract_uid(self, data: dict[str, Any]) -> str:
        """Name an identity by issuer and subject together, in one length."""
        named = json.dumps([data["iss"], data["sub"]])
        return hashlib.sha256(named.encode()).hexdigest()

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG002 - allauth's signature
        """Take over nothing about the person."""
        return {}

    def extract_email_addresses(self, data: dict[str, Any]) -> list[Any]:  # noqa: ARG002 - allauth's signature
        """Take over no address: an address links nothing (A-46)."""
        return []

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, str]:
        """Keep issuer and subject, by which its owner tells it from others."""
        return {"iss": data["iss"], "sub": data["sub"]}


provider_classes = [IdentityProvider]
