"""A proxy before a store that answers as stores do when they are not well."""

import http.client
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SLOW_DOWN = (
    b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
)
DENIED = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
KEPT = ("content-type", "content-range", "etag", "last-modified", "x-amz-checksum-sha256")
MEANWHILE = 0.05


class FaultyProxy(ThreadingHTTPServer):
    """What is asked goes on to the store, and what it answers suffers from the fault that is set.

    `methods` says which requests suffer; the others pass.
    """

    daemon_threads = True

    def __init__(self, store):
        super().__init__(("127.0.0.1", 0), Handler)
        self.store = urlsplit(store).netloc
        self.fault, self.methods = "", frozenset()
        self.asked = []
        self.has_ended = threading.Event()

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.server_port}"

    @contextmanager
    def suffering(self, fault, *methods):
        self.fault, self.methods = fault, frozenset(methods)
        try:
            yield
        finally:
            self.fault, self.methods = "", frozenset()

    def is_suffering(self, fault, method):
        is_hit = not self.methods or method in self.methods
        return self.fault == fault and is_hit and not self.has_ended.is_set()


class Handler(BaseHTTPRequestHandler):
    """One connection of a client's."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        self.server.asked.append((self.command, self.path))
        length = int(self.headers.get("Content-Length") or 0)
        if self.is_later_part() and self.server.is_suffering("break", self.command):
            self.rfile.read(length // 2)
            self.close_connection = True
            return
        body = self.rfile.read(length)
        if self.wait_while("hang"):
            self.close_connection = True
            return
        fault = self.server.fault
        is_hit = bool(fault) and self.server.is_suffering(fault, self.command)
        if is_hit and fault == "busy":
            self.give(503, SLOW_DOWN)
        elif is_hit and fault == "refused":
            self.give(403, DENIED)
        else:
            self.pass_on(body, fault if is_hit else "")

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer  # noqa: N815 - named by the library

    def is_later_part(self):
        """Tell whether this is a piece of a large file after its first one."""
        numbers = parse_qs(urlsplit(self.path).query).get("partNumber", ["1"])
        return int(numbers[0]) > 1

    def pass_on(self, body, fault):
        store = http.client.HTTPConnection(self.server.store, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name != "Connection"}
        store.request(self.command, self.path, body, headers)
        answer = store.getresponse()
        content = answer.read()
        store.close()
        if fault == "wrong":
            content = bytes(255 - byte for byte in content)
        self.head(answer.status, answer.headers, len(content))
        if self.command == "HEAD":
            return
        if fault == "cut":
            self.wfile.write(content[: len(content) // 2])
            self.close_connection = True
        elif fault == "trickle":
            self.trickle(content)
        else:
            self.wfile.write(content)

    def head(self, status, headers, length):
        self.send_response(status)
        for name in KEPT:
            if name in headers:
                self.send_header(name, headers[name])
        given = headers.get("Content-Length") if self.command == "HEAD" else str(length)
        self.send_header("Content-Length", given or "0")
        self.end_headers()

    def give(self, status, content):
        self.send_response(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def trickle(self, content):
        """Send a byte a second for as long as the fault lasts and somebody listens."""
        for place in range(len(content)):
            try:
                self.wfile.write(content[place : place + 1])
                self.wfile.flush()
            except OSError:
                break
            if not self.server.is_suffering("trickle", self.command):
                break
            self.server.has_ended.wait(1)
        self.close_connection = True

    def wait_while(self, fault):
        """Wait for as long as the fault lasts; tell whether it did at all."""
        waited = False
        while self.server.is_suffering(fault, self.command):
            waited = True
            time.sleep(MEANWHILE)
        return waited

    def log_message(self, *_words):
        """Stay silent; what was asked is kept."""


@contextmanager
def faulty_proxy(store):
    """Run the proxy before the store at an address."""
    with FaultyProxy(store) as proxy:
        thread = threading.Thread(target=proxy.serve_forever, args=[0.05])
        thread.start()
        try:
            yield proxy
        finally:
            proxy.has_ended.set()
            proxy.shutdown()
            thread.join()
