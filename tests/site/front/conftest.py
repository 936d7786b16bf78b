import threading

import pytest

from banso.site.front.application import Front
from banso.site.front.intake.limits import Limits
from banso.site.front.intake.proxies import TrustedProxies

SLOW = {"/slow/", "/file/slow/", "/upload/slow/"}


class Pages:
    """A WSGI application that notes what it was asked, and waits where it is told to."""

    def __init__(self):
        self.asked = []
        self.has_begun, self.may_go_on = threading.Event(), threading.Event()
        self.closed = 0

    def __call__(self, environ, start_response):
        read = environ["wsgi.input"].read()
        self.asked.append((environ, read))
        if environ["PATH_INFO"] in SLOW:
            self.has_begun.set()
            self.may_go_on.wait(30)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return Parts(self, 40) if environ["PATH_INFO"] == "/long/" else [b"page"]


class Parts:
    def __init__(self, pages, number):
        self.pages, self.left = pages, number

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return b"x" * 100_000

    def close(self):
        self.pages.closed += 1


@pytest.fixture
def pages():
    return Pages()


@pytest.fixture
def front_with(pages, tmp_path):
    def make(*, limits=None, proxies="", troubles=list, signed_in="sessionid=ours"):
        return Front(
            pages,
            limits=limits or Limits(),
            proxies=TrustedProxies.parse(proxies),
            folder=tmp_path / "spool",
            session_cookie="sessionid",
            largest_body=lambda path: 5_000_000 if path.startswith("/upload/") else None,
            is_signed_in=lambda cookies: signed_in.encode() in cookies,
            is_heavy=lambda path: path == "/desk/",
            reads_files=lambda path: path.startswith("/file/"),
            troubles=troubles,
            visitors=1,
            signed_in=1,
            files=1,
        )

    return make
