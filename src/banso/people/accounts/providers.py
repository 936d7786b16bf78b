"""Providers of outside identities, read from the file that BANSO_IDENTITY_PROVIDERS names."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Mapping

NEEDED = ("id", "name", "issuer", "client_id")


def identity_providers(environ: Mapping[str, str]) -> list[dict[str, Any]]:
    """Read each `[[provider]]`: 学認's OIDC proxy, GビズID, ORCID; none is fine."""
    named = environ.get("BANSO_IDENTITY_PROVIDERS", "")
    if not named:
        return []
    try:
        told = tomllib.loads(Path(named).read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as wrong:
        raise ImproperlyConfigured(f"BANSO_IDENTITY_PROVIDERS: {wrong}") from None
    return [_provider(one) for one in told.get("provider", [])]


def form_targets(providers: list[dict[str, Any]]) -> list[str]:
    """Name the origins to which a form of ours may lead on, so that a browser follows."""
    addresses = (one["settings"] for one in providers)
    origins = (urlsplit(one.get("authorizes_at") or one["issuer"]) for one in addresses)
    return sorted({f"{one.scheme}://{one.netloc}" for one in origins})


def _provider(told: dict[str, Any]) -> dict[str, Any]:
    missing = [name for name in NEEDED if not told.get(name)]
    if missing:
        raise ImproperlyConfigured(
            f"BANSO_IDENTITY_PROVIDERS: a provider lacks {', '.join(missing)}."
        )
    issuer = urlsplit(told["issuer"])
    if issuer.scheme != "https" and issuer.hostname not in {"localhost", "127.0.0.1"}:
        raise ImproperlyConfigured(f"BANSO_IDENTITY_PROVIDERS: {told['issuer']} is not https.")
    return {
        "provider_id": told["id"],
        "name": told["name"],
        "client_id": told["client_id"],
        "secret": _secret(told),
        "settings": {
            "issuer": told["issuer"],
            "server_url": told["issuer"].rstrip("/"),
            "authorizes_at": told.get("authorizes_at", ""),
            "returns_nonce": told.get("returns_nonce", True),
        },
    }


def _secret(told: dict[str, Any]) -> str:
    file = told.get("client_secret_file")
    if not file:
        return str(told.get("client_secret", ""))
    try:
        return Path(file).read_text("utf-8").strip()
    except OSError as wrong:
        raise ImproperlyConfigured(f"BANSO_IDENTITY_PROVIDERS: {wrong}") from None
