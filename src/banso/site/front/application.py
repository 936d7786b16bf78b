"""The ASGI application: takes requests in whole; Django's WSGI handler answers them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from banso.site.faults import status_of
from banso.site.front.answers import Answer
from banso.site.front.headers import safe_headers
from banso.site.front.intake.bodies import Bodies, Body
from banso.site.front.intake.environ import Head
from banso.site.front.lanes import Lane
from banso.site.front.readiness import Readiness
from banso.site.front.refusals import ClientGone, Refusal
from banso.web.unanswered import (
    MAY_COME_BACK,
    RETRY_AFTER_SECONDS,
    language_of,
    page_of,
    way_back,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from banso.site.front.answers import Handler
    from banso.site.front.intake.bodies import Receive
    from banso.site.front.intake.limits import Limits
    from banso.site.front.intake.proxies import TrustedProxies

    Send = Callable[[dict[str, Any]], Awaitable[None]]

PLAIN = ((b"content-type", b"text/plain"), (b"cache-control", b"no-store"))
CLOSE = (b"connection", b"close")


class Front:
    """One process's entrance: health in the event loop, bodies aside, pages in lanes."""

    def __init__(
        self,
        handler: Handler,
        *,
        limits: Limits,
        proxies: TrustedProxies,
        folder: Path,
        session_cookie: str,
        largest_body: Callable[[str], int | None],
        is_signed_in: Callable[[bytes], bool],
        is_heavy: Callable[[str], bool],
        reads_files: Callable[[str], bool],
        troubles: Callable[[], list[str]],
        visitors: int = 2,
        signed_in: int = 2,
        files: int = 2,
    ) -> None:
        self._handler = handler
        self._limits = limits
        self._proxies = proxies
        self._session_cookie = session_cookie.encode() + b"="
        self._largest_body = largest_body
        self._is_signed_in = is_signed_in
        self._is_heavy = is_heavy
        self._reads_files = reads_files
        self._readiness = Readiness(troubles, limits)
        self.bodies = Bodies(limits, folder)
        self._visitors = Lane("visitors", threads=visitors, waiting=limits.waiting)
        self._signed_in = Lane("signed-in", threads=signed_in, waiting=limits.waiting)
        self._heavy = Lane("heavy", threads=1, waiting=limits.waiting)
        # Whoever waits for the file store, which may be slow, holds no page's thread.
        self._files = Lane("files", threads=files, waiting=limits.waiting)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one connection's request."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == "/healthz":
            await _say(send, HTTPStatus.OK, PLAIN, b"alive\n")
            return
        if path == "/readyz":
            status, body = await self._readiness.tell()
            await _say(send, status, PLAIN, body)
            return
        try:
            await self._answer_by_page(scope, receive, send)
        except Refusal as refusal:
            await refuse(send, refusal.status, scope, lambda: _throw_away(receive, self._limits))
        except ClientGone:
            return
        except OSError as fault:
            # What a body is kept in may have no room, or no descriptor may be left.
            refused = status_of(fault)
            if refused is None:
                raise
            await refuse(send, refused, scope, lambda: _throw_away(receive, self._limits))

    async def _answer_by_page(
        self, scope: Mapping[str, Any], receive: Receive, send: Send
    ) -> None:
        self._look_at(scope)
        head = Head(scope, self._proxies)
        lane = self._lane_of(head)
        if not head.has_body:
            await self._by(lane, head, Body(), receive=receive, send=send)
            return
        most = await self._allowed(head)
        with self.bodies.hold(head.client) as body:
            await self.bodies.read(body, receive, most=most)
            await self._by(lane, head, body, receive=receive, send=send)

    def _lane_of(self, head: Head) -> Lane:
        is_upload = head.has_body and self._largest_body(head.path) is not None
        if is_upload or self._reads_files(head.path):
            return self._files
        if self._session_cookie not in head.cookies:
            return self._visitors
        return self._heavy if self._is_heavy(head.path) else self._signed_in

    def _look_at(self, scope: Mapping[str, Any]) -> None:
        limits, headers = self._limits, scope["headers"]
        address = len(scope["raw_path"]) + len(scope["query_string"])
        if address > limits.address_bytes:
            raise Refusal(HTTPStatus.REQUEST_URI_TOO_LONG)
        size = sum([len(name) + len(value) for name, value in headers])
        if len(headers) > limits.headers or size > limits.header_bytes:
            raise Refusal(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if b"%00" in scope["raw_path"] or b"%00" in scope["query_string"]:
            raise Refusal(HTTPStatus.BAD_REQUEST)

    async def _allowed(self, head: Head) -> int:
        """Tell how large the body may be, before a byte of it is read."""
        is_signed_in = self._session_cookie in head.cookies
        may_bring = head.method == "POST" and is_signed_in
        upload = self._largest_body(head.path) if head.method == "POST" else None
        # A person's text comes in whole, so that the page can say which field is too long.
        text = self._limits.text_bytes if may_bring else self._limits.body_bytes
        most = upload or text
        if head.length is not None and head.length < 0:
            raise Refusal(HTTPStatus.BAD_REQUEST)
        if head.length is not None and head.length > most:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        is_small = head.length is not None and head.length <= self._limits.body_bytes
        if most > self._limits.body_bytes and not is_small:
            # Only somebody with a session costs a look-up, and not in the visitors' lane.
            if not is_signed_in:
                raise Refusal(HTTPStatus.UNAUTHORIZED)
            if not await self._signed_in.run(lambda: self._is_signed_in(head.cookies)):
                raise Refusal(HTTPStatus.UNAUTHORIZED)
        return most

    async def _by(
        self, lane: Lane, head: Head, body: Body, *, receive: Receive, send: Send
    ) -> None:
        environ = head.environ(body.opened(), body.size)
        answer = await lane.run(lambda: Answer(self._handler, environ))
        await send(
            {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        )
        if answer.is_whole:
            await send({"type": "http.response.body", "body": answer.part})
            return
        # Sending to nobody succeeds; that the client left is heard only here.
        left = asyncio.ensure_future(_client_left(receive))
        try:
            while not left.done():
                await self._send_part(answer, send)
                if answer.is_whole:
                    return
                await lane.run(answer.read_on)
        finally:
            left.cancel()
            if not answer.is_whole:
                await lane.run(answer.close)

    async def _send_part(self, answer: Answer, send: Send) -> None:
        message = {
            "type": "http.response.body",
            "body": answer.part,
            "more_body": not answer.is_whole,
        }
        try:
            async with asyncio.timeout(self._limits.send_seconds):
                await send(message)
        except TimeoutError:
            raise ClientGone from None


async def _client_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def refuse(
    send: Send,
    status: HTTPStatus,
    scope: Mapping[str, Any],
    meanwhile: Callable[[], Awaitable[None]],
) -> None:
    """Send our own page for a refusal; `meanwhile`, the rest of what is sent is thrown away."""
    headers = [*safe_headers(), CLOSE]
    if status in MAY_COME_BACK:
        headers.append((b"retry-after", str(RETRY_AFTER_SECONDS).encode()))
    page = _page_for(scope, status)
    await _begin(send, status, headers, len(page))
    # The connection closes as soon as the answer is whole, so its last byte comes last.
    await send({"type": "http.response.body", "body": page[:-1], "more_body": True})
    await meanwhile()
    await send({"type": "http.response.body", "body": page[-1:]})


def _page_for(scope: Mapping[str, Any], status: HTTPStatus) -> bytes:
    """Make our page in the address's language: a part for htmx, else whole, with a way back."""
    path, headers = scope["path"], dict(scope["headers"])
    referer, host = (headers.get(name, b"").decode("latin-1") for name in (b"referer", b"host"))
    as_part = headers.get(b"hx-request") == b"true" and b"hx-boosted" not in headers
    back = "" if as_part else way_back(referer, host, path if scope["method"] == "GET" else "")
    return page_of(status, language_of(path), as_part=as_part, back=back)


async def _throw_away(receive: Receive, limits: Limits) -> None:
    """Let a refused client finish: one that is cut off reads no answer (RFC 9112, 9.6)."""
    thrown_away = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(limits.linger_seconds):
            while thrown_away < limits.linger_bytes:
                message = await receive()
                if message["type"] == "http.disconnect" or not message.get("more_body", False):
                    return
                thrown_away += len(message.get("body", b""))


async def _say(send: Send, status: int, headers: Any, body: bytes) -> None:  # noqa: ANN401 - pairs
    await _begin(send, status, headers, len(body))
    await send({"type": "http.response.body", "body": body})


async def _begin(send: Send, status: int, headers: Any, length: int) -> None:  # noqa: ANN401 - pairs
    counted = [*headers, (b"content-length", str(length).encode())]
    await send({"type": "http.response.start", "status": int(status), "headers": counted})


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
