"""Two reverse proxies that end TLS: the shipped configuration of nginx, and one of ours."""

import datetime as dt
import http.client
import http.server
import shutil
import ssl
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NGINX = shutil.which("nginx")
HOST = "banso.example.jp"
SHIPPED = Path(__file__).parents[3] / "deploy" / "nginx.conf"
FRAME = """daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ }}
http {{ access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
{site} }}
"""


def make_certificate(folder):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


@contextmanager
def nginx(folder, *, port, tls, plain):
    site = SHIPPED.read_text()
    for shipped, ours in (
        ("127.0.0.1:8000", f"127.0.0.1:{port}"),
        ("listen 443 ssl", f"listen 127.0.0.1:{tls} ssl"),
        ("listen 80", f"listen 127.0.0.1:{plain}"),
        ("/etc/banso/tls", str(folder)),
    ):
        assert shipped in site
        site = site.replace(shipped, ours)
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, site=site))
    proxy = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        yield
    finally:
        proxy.terminate()
        proxy.wait(30)


@contextmanager
def small_proxy(folder, *, port, tls, plain):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    with (
        http.server.ThreadingHTTPServer(("127.0.0.1", tls), handler_for(port)) as secure,
        http.server.ThreadingHTTPServer(("127.0.0.1", plain), ToTls) as insecure,
    ):
        secure.socket = context.wrap_socket(secure.socket, server_side=True)
        threads = [threading.Thread(target=one.serve_forever) for one in (secure, insecure)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            for one in (secure, insecure):
                one.shutdown()
            for thread in threads:
                thread.join()


class ToTls(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(301)
        self.send_header("Location", f"https://{self.headers['Host']}{self.path}")
        self.end_headers()

    def log_message(self, *_words):
        """Say nothing."""


def handler_for(port):
    class ToBanso(ToTls):
        def do_GET(self):
            length = int(self.headers.get("Content-Length") or 0)
            headers = {
                name: value
                for name, value in self.headers.items()
                if not name.lower().startswith(("x-forwarded-", "forwarded"))
            }
            headers["X-Forwarded-For"] = self.client_address[0]
            headers["X-Forwarded-Proto"] = "https"
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request(self.command, self.path, self.rfile.read(length), headers)
            answer = connection.getresponse()
            content = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"content-length", "server", "date"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            connection.close()

        do_POST = do_GET  # noqa: N815 - the name that http.server calls

    return ToBanso
