import http.client
import re
import socket
import ssl
import time
from urllib.parse import urlencode

import pytest
from tests.site.served.conftest import free_port, serving
from tests.site.served.proxies import HOST, NGINX, make_certificate, nginx, small_proxy

PROXIES = [
    pytest.param(small_proxy, id="small-proxy"),
    pytest.param(
        nginx,
        id="nginx",
        marks=pytest.mark.skipif(NGINX is None, reason="not run: nginx is not here"),
    ),
]


pytestmark = pytest.mark.assurance("A-48")


@pytest.fixture(scope="module")
def port(data):
    with serving(
        data, BANSO_TLS="1", BANSO_TRUSTED_PROXIES="127.0.0.1/32", BANSO_HOSTS=HOST
    ) as one:
        yield one


@pytest.fixture(params=PROXIES)
def proxied(request, port, tmp_path):
    make_certificate(tmp_path)
    tls, plain = free_port(), free_port()
    with request.param(tmp_path, port=port, tls=tls, plain=plain):
        wait_until_listening(tls)
        yield tls, plain


def wait_until_listening(port):
    for _ in range(200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nobody listens on {port}")


def ask(port, path, *, method="GET", body=None, is_secure=True, **headers):
    if is_secure:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=60, context=context)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, {"Host": HOST, **headers})
        response = connection.getresponse()
        return response.status, response.msg, response.read().decode()
    finally:
        connection.close()


def test_pages_come_over_tls_without_a_loop_and_say_so(proxied):
    tls, plain = proxied

    status, headers, page = ask(tls, "/en/")
    redirected, to, _ = ask(plain, "/en/calls/", is_secure=False)
    wanted, sign_in, _ = ask(tls, "/en/my/")

    assert (status, "<h1" in page) == (200, True)
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")
    assert "camera=()" in headers["Permissions-Policy"]
    assert (redirected, to["Location"]) == (301, f"https://{HOST}/en/calls/")
    assert (wanted, sign_in["Location"]) == (302, "/en/accounts/login/?next=/en/my/")


def test_cookies_are_for_this_host_alone_and_a_form_is_taken(proxied):
    tls, _ = proxied

    _, headers, page = ask(tls, "/en/accounts/login/")
    [cookie] = headers.get_all("Set-Cookie")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    fields = {"csrfmiddlewaretoken": token, "login": "a@example.jp", "password": "not-the-one"}
    status, _, _ = ask(
        tls,
        "/en/accounts/login/",
        method="POST",
        body=urlencode(fields),
        Cookie=cookie.partition(";")[0],
        Origin=f"https://{HOST}",
        **{"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert cookie.startswith("__Host-csrftoken=")
    assert {"Path=/", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert status in {200, 422}


def test_who_claims_to_speak_for_others_is_not_believed(proxied):
    tls, _ = proxied

    claims = {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example"}
    status, _, page = ask(tls, "/en/", **claims)

    assert (status, "evil.example" in page) == (200, False)


@pytest.mark.parametrize("size", [1_000_001, 8_000_000])
def test_a_body_that_is_too_large_gets_our_page_through_the_proxy(proxied, size):
    tls, _ = proxied

    status, _, page = ask(tls, "/en/accounts/login/", method="POST", body=b"x" * size)

    assert status == 413
    assert "That is more than this page takes" in page
