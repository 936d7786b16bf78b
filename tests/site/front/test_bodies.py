from http import HTTPStatus

import pytest
from tests.site.front.driver import Asgi, ask

from banso.site.front.intake.descriptors import most_connections
from banso.site.front.intake.limits import Limits

OURS = ("cookie", "sessionid=ours")


def post(path, pieces, *headers, length=None):
    size = sum(len(piece) for piece in pieces if isinstance(piece, bytes))
    declared = ("content-length", str(size if length is None else length))
    return Asgi(path, method="POST", headers=[declared, *headers], pieces=pieces)


def test_a_body_in_pieces_reaches_the_page_whole(front_with, pages):
    [answered] = ask(front_with(), post("/form/", [b"a=", b"1&", b"b=2"]))

    [(environ, read)] = pages.asked
    assert (answered.status, answered.body) == (HTTPStatus.OK, b"page")
    assert (environ["CONTENT_LENGTH"], read) == ("7", b"a=1&b=2")


def test_a_large_body_lies_in_a_file_without_a_name_and_is_gone_afterwards(
    front_with, pages, tmp_path
):
    front = front_with()
    file = [b"x" * 400_000] * 3

    [answered] = ask(front, post("/upload/", file, OURS))

    [(_, read)] = pages.asked
    assert (answered.status, len(read)) == (HTTPStatus.OK, 1_200_000)
    assert list((tmp_path / "spool").iterdir()) == []
    assert front.bodies.kept_bytes == 0


@pytest.mark.parametrize(
    ("path", "headers", "length", "status"),
    [
        pytest.param("/form/", [], 1_000_001, 413, id="more-than-a-form"),
        pytest.param("/form/", [OURS], 10_000_001, 413, id="more-than-anybody-writes"),
        pytest.param("/form/", [("cookie", "sessionid=made-up")], 1_000_001, 401, id="no-session"),
        pytest.param("/upload/", [], 1_000_001, 401, id="file-of-a-visitor"),
        pytest.param("/upload/", [("cookie", "sessionid=made-up")], 1_000_001, 401, id="made-up"),
        pytest.param("/upload/", [OURS], 5_000_001, 413, id="more-than-a-file"),
        pytest.param("/form/", [], "many", 400, id="no-number"),
    ],
)
def test_what_may_not_come_is_refused_before_a_byte_is_read(
    front_with, pages, tmp_path, path, headers, length, status
):
    [answered] = ask(front_with(), post(path, [b"x" * 1000], *headers, length=length))

    assert (answered.status, answered.read, pages.asked) == (status, 0, [])
    assert answered.headers[b"connection"] == b"close"
    assert not (tmp_path / "spool").exists()


def test_a_long_paste_of_somebody_signed_in_reaches_the_form_that_says_which_field(
    front_with, pages
):
    [answered] = ask(front_with(), post("/form/", [b"x" * 900_000] * 3, OURS))

    assert (answered.status, len(pages.asked[0][1])) == (HTTPStatus.OK, 2_700_000)


def test_htmx_is_refused_with_a_part_and_a_browser_with_a_way_back(front_with):
    came_from = [("host", "banso.example"), ("referer", "https://banso.example/en/my/?a=<1>")]
    whole = post("/en/form/", [b"x"], *came_from, length=2_000_000)
    part = post("/en/form/", [b"x"], *came_from, ("hx-request", "true"), length=2_000_000)

    ask(front_with(), whole, part)

    assert (whole.status, part.status) == (413, 413)
    assert 'href="/en/my/?a=&lt;1&gt;"' in whole.body.decode()
    assert part.body.decode().startswith('<section class="refusal" id="error" role="alert"')


def test_a_body_of_unknown_length_is_counted_while_it_comes(front_with, pages):
    chunked = [("transfer-encoding", "chunked")]
    request = Asgi("/en/form/", method="POST", headers=chunked, pieces=[b"x" * 300_000] * 9)

    [answered] = ask(front_with(), request)

    assert (answered.status, pages.asked) == (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, [])
    assert answered.read == 1_200_000
    assert b"That is more than this page takes" in answered.body


def test_a_refused_client_may_finish_so_that_it_reads_the_answer(front_with, tmp_path):
    request = post("/form/", [b"x" * 300_000] * 9, length=2_700_000)

    [answered] = ask(front_with(), request)

    assert answered.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert (answered.read, answered.thrown_away) == (0, 2_700_000)
    assert [message.get("more_body", False) for message in answered.sent[1:]] == [True, False]
    assert not (tmp_path / "spool").exists()


@pytest.mark.parametrize(
    ("pieces", "thrown_away"),
    [
        pytest.param([b"x" * 300] * 9, 1_200, id="too-much"),
        pytest.param([b"x", 30.0, b"x"], 1, id="too-slow"),
    ],
)
def test_a_refused_client_is_not_listened_to_for_long(front_with, pieces, thrown_away):
    short = Limits(linger_bytes=1_000, linger_seconds=0.2)

    [answered] = ask(front_with(limits=short), post("/form/", pieces, length=2_000_000))

    assert answered.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert answered.thrown_away == thrown_away


def test_a_visitors_file_of_unknown_length_is_refused_before_a_byte_is_read(front_with):
    chunked = [("transfer-encoding", "chunked")]

    [answered] = ask(front_with(), Asgi("/upload/", method="POST", headers=chunked, pieces=[b"x"]))

    assert (answered.status, answered.read) == (HTTPStatus.UNAUTHORIZED, 0)


def test_a_trickle_ends_and_a_slow_line_does_not(front_with, pages):
    hasty = Limits(grace_seconds=0.3, bytes_per_second=1_000.0)
    trickle = post("/form/", [b"x", 0.2, b"x", 0.2, b"x", 0.2, b"x"])
    slow_line = post("/form/", [b"x" * 500, 0.2, b"x" * 500, 0.2, b"x" * 500])

    ask(front_with(limits=hasty), trickle, slow_line)

    assert (trickle.status, slow_line.status) == (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.OK)
    assert "送信に時間がかかりすぎました" in trickle.body.decode()
    assert [len(read) for _, read in pages.asked] == [1500]


def test_a_body_that_breaks_off_reaches_no_page_and_is_refused_to_who_is_still_there(
    front_with, pages
):
    front = front_with()
    request = post("/form/", [b"x", None], length=50)

    ask(front, request)

    assert (request.status, pages.asked, front.bodies.kept_bytes) == (400, [], 0)
    assert request.headers[b"connection"] == b"close"


def test_one_client_sends_so_many_bodies_at_once_and_another_still_sends(front_with):
    front = front_with(limits=Limits(bodies_of_client=1))
    held = post("/form/", [0.3, b"x"])
    turned_away = post("/form/", [b"x"])
    other = post("/form/", [b"x"])
    other.scope["client"] = ("203.0.113.10", "1")

    ask(front, held, turned_away, other)

    assert [one.status for one in (held, turned_away, other)] == [200, 429, 200]
    assert turned_away.headers[b"retry-after"] == b"10"


def test_all_bodies_together_have_a_bound(front_with):
    front = front_with(limits=Limits(spool_bytes=1_000))
    held = post("/form/", [b"x" * 900, 0.3, b"x"])
    too_much = post("/form/", [0.1, b"x" * 900])

    ask(front, held, too_much)

    assert (held.status, too_much.status) == (HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE)
    assert front.bodies.kept_bytes == 0


@pytest.mark.parametrize(
    ("descriptors", "connections"), [(16, 8), (64, 8), (1_024, 480), (1_000_000, 2_048)]
)
def test_a_process_takes_as_many_connections_as_it_has_descriptors_for(descriptors, connections):
    assert most_connections(descriptors) == connections
