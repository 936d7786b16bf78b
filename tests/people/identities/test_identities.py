import time
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse
from oidc_provider_mock import run_server_in_thread
from tests.people.factories import AccountFactory

from banso.people.models import Account, SignIn
from banso.people.provider import Untrusted, verified

PASSWORD = "伴走 runs alongside"
# The provider's own library warns of itself in the provider's own thread.
pytestmark = [
    pytest.mark.enable_socket,
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
]


@pytest.fixture(scope="module")
def issuer():
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def configured(issuer, settings):
    app = {
        "provider_id": "gakunin",
        "name": "学認",
        "client_id": "banso",
        "secret": "a-secret",
        "settings": {"issuer": issuer, "server_url": issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
    return app


@pytest.fixture
def account(db):
    return AccountFactory(email="aoi@example.jp", password=make_password(PASSWORD))


def begin(browser, process="login"):
    page = reverse("oidc_login", args=["gakunin"])
    return browser.post(f"{page}?process={process}&next=/my/receipts/")["Location"]


def consent(address, subject):
    """Answer as a person does on the provider's page, and give where it leads back to."""
    answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def signed_in(account):
    browser = Client()
    browser.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    return browser


def linked(account, subject):
    browser = signed_in(account)
    browser.get(consent(begin(browser, "connect"), subject))
    return browser


def test_the_page_of_signing_in_offers_what_is_configured(db, configured):
    assert "学認でログインする" in Client().get(reverse("account_login")).text


def test_an_identity_is_linked_by_its_owner_and_signs_in_from_then_on(account, configured):
    linked(account, "subject-1")
    browser = Client()

    back = browser.get(consent(begin(browser), "subject-1"))

    assert back["Location"] == "/my/receipts/"
    assert browser.get("/my/").status_code == HTTPStatus.OK
    assert SignIn.objects.filter(outcome="identity-linked").count() == 1


@pytest.mark.assurance("A-46")
def test_an_identity_with_a_known_address_but_an_unknown_subject_never_links(
    account, configured, issuer
):
    requests.put(
        f"{issuer}/users/aoi@example.jp",
        json={"email": "aoi@example.jp", "email_verified": True},
        timeout=10,
    )
    browser = Client()

    page = browser.get(consent(begin(browser), "aoi@example.jp"))

    assert page.status_code == HTTPStatus.FORBIDDEN
    assert "アカウントと連携していません" in page.text
    assert (SocialAccount.objects.count(), Account.objects.count()) == (0, 1)
    assert browser.get("/my/")["Location"].startswith("/accounts/login/")


def test_an_identity_of_another_is_not_taken_over(account, configured):
    linked(account, "subject-1")
    other = AccountFactory(password=make_password(PASSWORD))

    linked(other, "subject-1")

    assert SocialAccount.objects.get().user == account


def test_an_identity_is_unlinked_by_its_owner(account, configured):
    browser = linked(account, "subject-1")
    identity = SocialAccount.objects.get()

    browser.post(reverse("socialaccount_connections"), {"account": identity.pk})

    assert not SocialAccount.objects.exists()
    assert SignIn.objects.filter(outcome="identity-unlinked").count() == 1


def test_nobody_unlinks_anothers(account, configured):
    linked(account, "subject-1")
    other = signed_in(AccountFactory(password=make_password(PASSWORD)))

    other.post(reverse("socialaccount_connections"), {"account": SocialAccount.objects.get().pk})

    assert SocialAccount.objects.count() == 1


@pytest.mark.assurance("A-47")
def test_what_is_sent_carries_state_nonce_and_challenge(db, configured):
    sent = [parse_qs(urlsplit(begin(Client())).query) for _ in range(2)]

    for name in ("state", "nonce", "code_challenge"):
        assert sent[0][name] != sent[1][name]
    assert sent[0]["code_challenge_method"] == ["S256"]
    assert sent[0]["scope"] == ["openid"]


@pytest.mark.assurance("A-47")
def test_an_answer_to_another_attempt_or_a_second_time_signs_nobody_in(account, configured):
    linked(account, "subject-1")
    browser, other = Client(), Client()
    back = consent(begin(browser), "subject-1")
    begin(other)
    stolen = other.get(back)
    browser.get(back)
    browser.post(reverse("account_logout"))

    replayed = browser.get(back)

    assert "ログインできませんでした" in stolen.text
    assert other.get("/my/").status_code == HTTPStatus.FOUND
    assert "ログインできませんでした" in replayed.text
    assert browser.get("/my/").status_code == HTTPStatus.FOUND


@pytest.mark.assurance("A-47")
def test_a_code_of_another_attempt_is_refused(account, configured):
    linked(account, "subject-1")
    browser, thief = Client(), Client()
    code = parse_qs(urlsplit(consent(begin(browser), "subject-1")).query)["code"][0]
    own = urlsplit(consent(begin(thief), "thief"))
    state = parse_qs(own.query)["state"][0]

    thief.get(f"{own.path}?code={code}&state={state}")

    assert thief.get("/my/").status_code == HTTPStatus.FOUND


def test_a_provider_that_names_another_issuer_is_refused(account, configured):
    linked(account, "subject-1")
    browser = Client()
    back = consent(begin(browser), "subject-1")
    configured["settings"]["issuer"] = "https://other.example"

    browser.get(back)

    assert browser.get("/my/").status_code == HTTPStatus.FOUND


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ISSUER, CLIENT = "https://id.example", "banso"
KEYS = {
    "keys": [
        jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True)
        | {"kid": "one", "alg": "RS256"}
    ]
}


def token(key=KEY, algorithm="RS256", kid="one", without=(), **changes):
    now = int(time.time())
    claims = {"iss": ISSUER, "sub": "s", "aud": CLIENT, "iat": now, "exp": now + 60}
    claims = {name: value for name, value in (claims | changes).items() if name not in without}
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": kid})


def check(text):
    return verified(text, keys=KEYS, issuer=ISSUER, client_id=CLIENT)


def test_a_right_token_is_trusted():
    assert check(token())["sub"] == "s"


@pytest.mark.assurance("A-47")
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(token(iss="https://evil.example"), id="issuer"),
        pytest.param(token(iss=ISSUER + "/"), id="issuer-with-a-slash"),
        pytest.param(token(aud="other"), id="audience"),
        pytest.param(token(aud=["other"]), id="audience-list"),
        pytest.param(token(aud=[CLIENT, "other"]), id="several-without-azp"),
        pytest.param(token(aud=[CLIENT, "other"], azp="other"), id="several-for-another"),
        pytest.param(token(exp=int(time.time()) - 120), id="expired"),
        pytest.param(token(iat=int(time.time()) + 600), id="from-the-future"),
        pytest.param(token(nbf=int(time.time()) + 600), id="not-yet"),
        pytest.param(token(OTHER_KEY), id="another-key"),
        pytest.param(token(kid="two"), id="unknown-key"),
        pytest.param(token(None, "none"), id="alg-none"),
        pytest.param(token("a" * 32, "HS256"), id="a-shared-secret"),
        pytest.param(token(without=("exp",)), id="no-end"),
        pytest.param(token(without=("iat",)), id="no-beginning"),
        pytest.param(token(without=("sub",)), id="no-subject"),
        pytest.param(token(without=("aud",)), id="no-audience"),
        pytest.param(token(without=("iss",)), id="no-issuer"),
        pytest.param(token()[:-3] + "abc", id="signature-changed"),
        pytest.param(token().rsplit(".", 1)[0] + ".", id="signature-missing"),
        pytest.param("", id="empty"),
        pytest.param("a.b.c", id="no-token"),
    ],
)
def test_a_token_that_is_not_ours_signs_nobody_in(text):
    with pytest.raises(Untrusted):
        check(text)
