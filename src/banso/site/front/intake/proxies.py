"""Which machines may say for whom they speak, and what client and scheme a request has."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

UNIX = "unix"
FORWARDING = frozenset(
    {
        *(b"forwarded", b"x-real-ip", b"x-forwarded-for", b"x-forwarded-proto"),
        *(b"x-forwarded-host", b"x-forwarded-port", b"x-forwarded-prefix", b"x-forwarded-server"),
        *(b"x-forwarded-ssl", b"x-forwarded-scheme", b"x-url-scheme"),
    }
)


class TransportUnfit(Exception):  # noqa: N818 - named for what happened
    """The settings of the transport contradict each other; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """The networks whose word about client and scheme counts, and whether a Unix socket's does."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    has_unix: bool = False

    @classmethod
    def parse(cls, text: str) -> TrustedProxies:
        """Read networks separated by commas, or `unix`.

        >>> TrustedProxies.parse("unix").trusts("")
        True
        """
        words = [word.strip() for word in text.split(",") if word.strip()]
        try:
            networks = tuple(ip_network(word) for word in words if word != UNIX)
        except ValueError as wrong:
            raise TransportUnfit(
                f"BANSO_TRUSTED_PROXIES has to be networks like 127.0.0.1/32, or unix, separated "
                f"by commas: {wrong}."
            ) from None
        return cls(networks, UNIX in words)

    def __bool__(self) -> bool:
        return self.has_unix or bool(self.networks)

    def trusts(self, address: str) -> bool:
        """Tell whether an address, or a Unix socket's empty one, is a proxy of ours."""
        if not address:
            return self.has_unix
        try:
            one = ip_address(address)
        except ValueError:
            return False
        return any(one in network for network in self.networks)

    def origin(
        self, peer: str, forwarded_for: str | None, proto: str | None
    ) -> tuple[str, str | None]:
        """Find the client, from the right past our own proxies, and the scheme that it used."""
        if not self.trusts(peer):
            return peer, None
        scheme = (proto or "").rpartition(",")[2].strip().lower()
        client = peer
        for word in reversed((forwarded_for or "").split(",")):
            hop = word.strip()
            if not _is_address(hop):
                break
            client = hop
            if not self.trusts(hop):
                break
        return client, scheme if scheme in {"http", "https"} else None


def require_transport(*, is_behind_tls: bool, proxies: TrustedProxies) -> None:
    """Refuse what would send every visitor from an address to itself for ever."""
    if is_behind_tls and not proxies:
        raise TransportUnfit(
            "BANSO_TLS=1 needs BANSO_TRUSTED_PROXIES, the address of the proxy that ends TLS (for "
            "example 127.0.0.1/32): otherwise no request could be known to come over TLS, and "
            "every address would redirect to itself."
        )


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
