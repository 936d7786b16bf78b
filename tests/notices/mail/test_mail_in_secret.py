"""A mail server is spoken to over TLS that this machine trusts, and signed in to, or not at all."""

import datetime
import ipaddress
import ssl

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.notices.mail.post_office import PostOffice, free_port
from tests.notices.mail.test_mail import what_became

from banso.jobs.models import Job
from banso.ledger.clock import read_clock

pytestmark = pytest.mark.enable_socket
USER, PASSWORD = "banso", "a secret"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of this machine, and the file of its key; it vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + built.public_bytes(serialization.Encoding.PEM)
    )
    return file


def accept(_server, _session, _envelope, _mechanism, told):
    is_right = (told.login, told.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_right, handled=False)


@pytest.fixture
def guarded(certificate, settings):
    """A mail server that takes nothing in clear and from nobody who did not sign in."""
    office = PostOffice()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    controller = Controller(
        office,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        authenticator=accept,
        auth_required=True,
    )
    controller.start()
    settings.MAIL = {
        "host": "127.0.0.1",
        "port": controller.port,
        "user": USER,
        "password": PASSWORD,
        "tls": "starttls",
    }
    yield office
    controller.stop()


def test_mail_leaves_over_tls_once_signed_in(
    guarded, certificate, post, work_through, monkeypatch
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    post(at=read_clock())

    work_through()

    assert (what_became(), guarded.recipients) == ([("sent", "")], ["aoi@example.jp"])


@pytest.mark.parametrize(
    ("facts", "is_trusted", "reason"),
    [
        pytest.param({}, False, "CERTIFICATE_VERIFY_FAILED", id="whom-nobody-vouches-for"),
        pytest.param({"password": "wrong"}, True, "535", id="a-wrong-password"),
        pytest.param({"tls": "at-once"}, True, "The mail server takes no mail", id="another-way"),
    ],
)
def test_without_trust_or_the_right_password_nothing_is_said_and_the_job_says_why(
    guarded, certificate, post, work_through, monkeypatch, settings, facts, is_trusted, reason
):
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    settings.MAIL = settings.MAIL | facts
    post(at=read_clock())

    work_through()

    told = Job.objects.get(kind="notices.deliver_mail").reason
    assert (what_became(), guarded.arrived) == ([("waiting", "")], [])
    assert reason in told
    assert PASSWORD not in told
