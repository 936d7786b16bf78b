import asyncio
import threading
from http import HTTPStatus

import pytest
from tests.site.front.driver import Asgi, ask

from banso.site.front.intake.limits import Limits

SESSION = [("cookie", "theme=dark; sessionid=ours")]


def test_slow_pages_of_one_kind_stop_neither_the_others_nor_health(front_with, pages):
    front = front_with()
    slow = Asgi("/slow/", headers=SESSION)
    others = [
        Asgi("/page/"),
        Asgi("/desk/", headers=SESSION),
        Asgi("/healthz"),
        Asgi("/readyz"),
    ]

    async def one_after_the_other():
        stuck = asyncio.ensure_future(front(slow.scope, slow.receive, slow.send))
        for one in others:
            await asyncio.wait_for(front(one.scope, one.receive, one.send), 20)
        is_still_stuck = not stuck.done()
        pages.may_go_on.set()
        await stuck
        return is_still_stuck

    assert asyncio.run(one_after_the_other())
    assert [one.body for one in others] == [b"page", b"page", b"alive\n", b"ready\n"]
    assert slow.body == b"page"


def test_a_full_queue_turns_away_at_once(front_with, pages):
    front = front_with(limits=Limits(waiting=0))
    slow, next_one = Asgi("/slow/"), Asgi("/en/page/")

    async def while_one_is_slow():
        stuck = asyncio.ensure_future(front(slow.scope, slow.receive, slow.send))
        await asyncio.sleep(0)
        await front(next_one.scope, next_one.receive, next_one.send)
        pages.may_go_on.set()
        await stuck

    asyncio.run(while_one_is_slow())

    assert (next_one.status, slow.status) == (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.OK)
    assert b"We cannot answer for the moment" in next_one.body


FILE = Asgi("/file/slow/", headers=SESSION)
UPLOAD = Asgi(
    "/upload/slow/",
    method="POST",
    headers=[*SESSION, ("content-length", "9")],
    pieces=[b"x" * 9],
)


@pytest.mark.parametrize("slow", [pytest.param(FILE, id="read"), pytest.param(UPLOAD, id="sent")])
def test_who_waits_for_the_file_store_holds_no_thread_of_a_page(front_with, pages, slow):
    front = front_with()
    others = [
        Asgi("/en/page/"),
        Asgi("/en/page/", headers=SESSION),
        Asgi("/desk/", headers=SESSION),
    ]

    async def while_one_is_slow():
        stuck = asyncio.ensure_future(front(slow.scope, slow.receive, slow.send))
        await asyncio.to_thread(pages.has_begun.wait, 20)
        for other in others:
            await front(other.scope, other.receive, other.send)
        is_stuck = not stuck.done()
        pages.may_go_on.set()
        await stuck
        return is_stuck

    assert asyncio.run(while_one_is_slow())
    assert [one.status for one in (slow, *others)] == [HTTPStatus.OK] * 4


def test_troubles_are_told_a_line_each_and_asked_once_for_all(front_with):
    asked = []

    def troubles():
        asked.append(threading.current_thread().name)
        return ["the disk is full", "the worker is not there"]

    answers = ask(front_with(troubles=troubles), *(Asgi("/readyz") for _ in range(5)))

    assert {one.status for one in answers} == {HTTPStatus.SERVICE_UNAVAILABLE}
    assert {one.body for one in answers} == {b"the disk is full\nthe worker is not there\n"}
    assert asked == ["readiness_0"]


def test_readiness_that_cannot_be_told_in_time_is_not_ready(front_with):
    may_end = threading.Event()
    front = front_with(troubles=lambda: may_end.wait(30) and [], limits=Limits(ready_seconds=0.1))

    [answered] = ask(front, Asgi("/readyz"), Asgi("/healthz"))[:1]
    may_end.set()

    assert (answered.status, answered.body[:12]) == (
        HTTPStatus.SERVICE_UNAVAILABLE,
        b"whether all ",
    )


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        pytest.param(Asgi("/en/a%00b"), 400, id="nul"),
        pytest.param(Asgi("/en/?q=%00"), 400, id="nul-in-query"),
        pytest.param(Asgi("/en/" + "a" * 9_000), 414, id="long-address"),
        pytest.param(Asgi("/en/", headers=[("x", "y")] * 101), 431, id="many-headers"),
        pytest.param(Asgi("/en/", headers=[("x", "y" * 33_000)]), 431, id="large-headers"),
    ],
)
def test_what_cannot_be_read_gets_our_page_and_reaches_no_view(
    front_with, pages, request_, status
):
    ask(front_with(), request_)

    assert (request_.status, pages.asked) == (status, [])
    words = "The address is too long" if status == 414 else "We could not read this request"
    assert words in request_.body.decode()
    assert b'href="/en/"' in request_.body
    assert request_.headers[b"x-content-type-options"] == b"nosniff"


def test_a_long_answer_comes_whole_and_is_closed(front_with, pages):
    request = Asgi("/long/")

    ask(front_with(), request)

    assert (len(request.body), pages.closed) == (4_000_000, 1)


def test_a_long_answer_ends_when_its_client_leaves(front_with, pages):
    request = Asgi("/long/", pieces=[None])

    ask(front_with(), request)

    assert len(request.body) < 4_000_000
    assert pages.closed == 1


def test_a_client_that_takes_nothing_holds_no_thread(front_with, pages):
    front = front_with(limits=Limits(send_seconds=0.2))
    taker, other = Asgi("/long/"), Asgi("/page/")

    async def take_nothing(message):
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    async def both():
        stuck = asyncio.ensure_future(front(taker.scope, taker.receive, take_nothing))
        await asyncio.wait_for(front(other.scope, other.receive, other.send), 20)
        await stuck

    asyncio.run(both())

    assert (other.body, pages.closed) == (b"page", 1)
