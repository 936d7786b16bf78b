"""A request as Django's WSGI handler takes it."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING, Any

from banso.site.front.intake.proxies import FORWARDING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banso.site.front.intake.proxies import TrustedProxies


class Head:
    """The head of a request, with its client and scheme as far as they can be believed."""

    __slots__ = ("_scope", "client", "cookies", "length", "path", "scheme")

    def __init__(self, scope: Mapping[str, Any], proxies: TrustedProxies) -> None:
        self._scope = scope
        self.path: str = scope["path"]
        self.length: int | None = 0
        self.cookies = b""
        forwarded_for: list[str] = []
        proto = None
        for name, value in scope["headers"]:
            if name == b"content-length":
                self.length = int(value) if value.isdigit() else -1
            elif name == b"transfer-encoding":
                self.length = None
            elif name == b"cookie":
                self.cookies += value + b"; "
            elif name == b"x-forwarded-for":
                forwarded_for.append(value.decode("latin-1"))
            elif name == b"x-forwarded-proto":
                proto = value.decode("latin-1")
        peer = scope["client"][0] if scope.get("client") else ""
        self.client, scheme = proxies.origin(peer, ",".join(forwarded_for), proto)
        self.scheme = scheme or scope["scheme"]

    @property
    def method(self) -> str:
        """The request's method."""
        return str(self._scope["method"])

    @property
    def has_body(self) -> bool:
        """Tell whether a body is still to come."""
        return self.length is None or self.length != 0

    def environ(self, body: IO[bytes], size: int) -> dict[str, Any]:
        """Write the request down for a WSGI handler; what proxies said is not passed on."""
        scope = self._scope
        server = scope.get("server") or ("", None)
        environ = {
            "REQUEST_METHOD": scope["method"],
            "SCRIPT_NAME": "",
            "PATH_INFO": self.path.encode().decode("latin-1"),
            "QUERY_STRING": scope["query_string"].decode("latin-1"),
            "REMOTE_ADDR": self.client,
            "SERVER_NAME": server[0] or "localhost",
            "SERVER_PORT": str(server[1] or 0),
            "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
            "CONTENT_LENGTH": str(size) if size or self.has_body else "",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.scheme,
            "wsgi.input": body,
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }
        for name, value in scope["headers"]:
            # A name with an underscore would pass for the one with a hyphen.
            if name in FORWARDING or b"_" in name or name in _TAKEN_ABOVE:
                continue
            key = _KEYS.get(name) or "HTTP_" + name.decode("latin-1").upper().replace("-", "_")
            text = value.decode("latin-1")
            if key in environ:
                text = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
            environ[key] = text
        return environ


_TAKEN_ABOVE = frozenset({b"content-length", b"transfer-encoding"})
_KEYS = {
    b"content-type": "CONTENT_TYPE",
    b"host": "HTTP_HOST",
    b"cookie": "HTTP_COOKIE",
    b"user-agent": "HTTP_USER_AGENT",
    b"accept": "HTTP_ACCEPT",
    b"accept-language": "HTTP_ACCEPT_LANGUAGE",
    b"accept-encoding": "HTTP_ACCEPT_ENCODING",
}
