"""Where mail leaves: BANSO_MAIL names a server or a provider, with the password beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

# The scheme, its usual port, and how the conversation is encrypted.
SCHEMES: Final = {"smtp": (587, "starttls"), "smtps": (465, "at-once")}
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
PROVIDER: Final = "provider"
HINT: Final = (
    "BANSO_MAIL has to be smtp://user@host:587, smtps://user@host:465 or provider://NAME, with "
    "the password in BANSO_MAIL_PASSWORD or in the file that BANSO_MAIL_PASSWORD_FILE names."
)


class MailUnfit(Exception):  # noqa: N818 - named for what was found
    """What the environment says about mail cannot be used; the message is for the operator."""


def mail_settings(environ: Mapping[str, str]) -> dict[str, Any] | None:
    """Read where mail leaves; nothing where no mail leaves."""
    address = environ.get("BANSO_MAIL", "")
    if not address:
        return None
    parts = urlsplit(address)
    if parts.scheme == PROVIDER and parts.hostname:
        return {"backend": f"anymail.backends.{parts.hostname}.EmailBackend"}
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if parts.scheme not in SCHEMES or not host or parts.password:
        raise MailUnfit(HINT)
    usual, tls = SCHEMES[parts.scheme]
    is_here = host in LOOPBACK and not parts.username
    return {
        "host": host,
        "port": port or usual,
        "user": unquote(parts.username or ""),
        "password": _password(environ),
        # Without a password to protect, a server on this machine need not encrypt.
        "tls": "none" if is_here and tls == "starttls" else tls,
    }


def provider_settings(environ: Mapping[str, str]) -> dict[str, str]:
    """Read what django-anymail is told: ANYMAIL_NAME, or the file that ANYMAIL_NAME_FILE names."""
    found = {}
    for name, value in environ.items():
        if name.startswith("ANYMAIL_") and value:
            setting = name.removeprefix("ANYMAIL_")
            if setting.endswith("_FILE"):
                found[setting.removesuffix("_FILE")] = _read("ANYMAIL_" + setting, value)
            else:
                found[setting] = value
    return found


def sender(environ: Mapping[str, str]) -> str:
    """Read in whose name mail is sent; whoever has it sent by a server has to say so."""
    given = environ.get("BANSO_MAIL_FROM", "")
    if "\n" in given or "\r" in given or (given and "@" not in given):
        raise MailUnfit("BANSO_MAIL_FROM has to be like banso <banso@example.jp>.")
    if environ.get("BANSO_MAIL") and not given:
        raise MailUnfit(
            "BANSO_MAIL is set, so BANSO_MAIL_FROM has to be too, like banso <banso@example.jp>."
        )
    return given or "banso <banso@localhost>"


def site_address(environ: Mapping[str, str]) -> str:
    """Tell under which address readers of a mail find the pages."""
    given = environ.get("BANSO_ADDRESS") or environ.get("BANSO_ORIGINS", "").split(",")[0]
    if given:
        return given.rstrip("/")
    host = environ.get("BANSO_HOSTS", "").split(",")[0]
    if host and environ.get("BANSO_TLS") == "1":
        return f"https://{host}"
    return f"http://127.0.0.1:{environ.get('PORT') or 8000}"


def _password(environ: Mapping[str, str]) -> str:
    path = environ.get("BANSO_MAIL_PASSWORD_FILE", "")
    return (
        _read("BANSO_MAIL_PASSWORD_FILE", path) if path else environ.get("BANSO_MAIL_PASSWORD", "")
    )


def _read(variable: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise MailUnfit(
            f"{variable} names {path}, which cannot be read: {fault.strerror}."
        ) from fault
