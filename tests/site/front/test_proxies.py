import pytest
from tests.site.front.driver import Asgi, ask

from banso.site.front.intake.proxies import TransportUnfit, TrustedProxies, require_transport

FORWARDED = [
    ("x-forwarded-for", "198.51.100.1, 192.0.2.7, 127.0.0.2"),
    ("x-forwarded-proto", "https"),
    ("x-forwarded-host", "evil.example"),
    ("forwarded", "for=198.51.100.1"),
    ("x_forwarded_for", "198.51.100.2"),
]


@pytest.mark.parametrize(
    ("peer", "trusted", "client", "scheme"),
    [
        pytest.param("127.0.0.1", "127.0.0.0/8", "192.0.2.7", "https", id="from-the-right"),
        pytest.param("127.0.0.1", "", "127.0.0.1", "http", id="nobody-is-trusted"),
        pytest.param("203.0.113.9", "127.0.0.0/8", "203.0.113.9", "http", id="stranger"),
        pytest.param("", "unix,127.0.0.2", "192.0.2.7", "https", id="unix-socket"),
    ],
)
def test_client_and_scheme_are_believed_from_trusted_proxies_alone(
    front_with, pages, peer, trusted, client, scheme
):
    ask(front_with(proxies=trusted), Asgi("/", headers=FORWARDED, client=peer))

    [(environ, _)] = pages.asked
    assert (environ["REMOTE_ADDR"], environ["wsgi.url_scheme"]) == (client, scheme)
    assert [name for name in environ if "FORWARDED" in name] == []


def test_a_forwarded_client_that_is_no_address_is_not_believed():
    proxies = TrustedProxies.parse("127.0.0.1")

    assert proxies.origin("127.0.0.1", "'; DROP TABLE", "gopher") == ("127.0.0.1", None)


def test_tls_without_a_trusted_proxy_is_refused_in_a_sentence():
    with pytest.raises(TransportUnfit, match="every address would redirect to itself"):
        require_transport(is_behind_tls=True, proxies=TrustedProxies())


def test_networks_that_cannot_be_read_are_refused_in_a_sentence():
    with pytest.raises(TransportUnfit, match="BANSO_TRUSTED_PROXIES has to be networks"):
        TrustedProxies.parse("my-proxy")
