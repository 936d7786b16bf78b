import json
import threading
from pathlib import Path

import pytest
from tests.site.witness.logs import (
    LOG,
    ORIGIN,
    OURS,
    check,
    checkpoint,
    cosigned_size,
    evidence,
    pinned,
    proof,
)

from banso.ledger.signing.notes import SigningKey, succession_note
from banso.ledger.witness.fetching import SourceUnfit, fetch

LONG = json.dumps({"first": 3, "second": 8, "hashes": ["00" * 32] * 900})


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("{}", id="no-proof"),
        pytest.param("[]", id="a-list"),
        pytest.param("null", id="null"),
        pytest.param("[" * 30000, id="deep"),
        pytest.param(LONG, id="long"),
        pytest.param(json.dumps(proof(OURS, 3, 7) | {"second": 8}), id="of-another-size"),
        pytest.param(json.dumps(proof(OURS, 4, 8)), id="of-other-sizes"),
        pytest.param(json.dumps(proof(OURS, 3, 8) | {"hashes": "00" * 32}), id="no-list"),
        pytest.param(json.dumps(proof(OURS, 3, 8) | {"hashes": [1, 2]}), id="numbers"),
        pytest.param(json.dumps(proof(OURS, 3, 8) | {"hashes": ["00"]}), id="short-hashes"),
        pytest.param((404, {}, b"{}"), id="refused"),
    ],
)
def test_an_answer_that_is_no_proof_is_kept_as_evidence(log, state, answer):
    pinned(log.address, state)
    log.size = 8
    log.answers["/ledger/consistency"] = answer

    status = check(log.address, state)

    assert (status, cosigned_size(state)) == (1, 3)
    [kept] = evidence(state)
    assert kept.startswith("not-shown-3-8-")


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    "answer", [(500, {}, b""), (503, {}, b""), (429, {}, b""), (204, {}, b"")]
)
def test_a_server_that_is_out_of_order_is_no_evidence(log, state, capsys, answer):
    pinned(log.address, state)
    log.size = 8
    log.answers["/ledger/consistency"] = answer

    status = check(log.address, state)

    assert (status, cosigned_size(state), evidence(state)) == (1, 3, [])
    assert f"answered {answer[0]}" in capsys.readouterr().err


@pytest.mark.enable_socket
def test_a_key_that_changes_is_followed_by_the_notes_at_the_address(log, state, capsys):
    new = SigningKey.generate(ORIGIN)
    pinned(log.address, state)
    log.keys = f"{new.verifier_text}\n{LOG.verifier_text}\n\n{succession_note(LOG, new)}"
    log.signers, log.size = (new, LOG), 5

    statuses = [check(log.address, state)]
    log.signers, log.size = (new,), 8
    statuses.append(pinned(log.address, state))

    assert (statuses, cosigned_size(state)) == ([0, 0], 8)
    assert new.verifier_text in capsys.readouterr().out


def endless(wfile):
    wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    while True:
        wfile.write(b"x" * 65536)


def endless_headers(wfile):
    wfile.write(b"HTTP/1.0 200 OK\r\n")
    while True:
        wfile.write(b"X-Header: x\r\n")


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("answer", "said"),
    [
        pytest.param(endless, "is longer than", id="endless"),
        pytest.param((200, {}, b"x" * 70000), "is longer than", id="huge"),
        pytest.param(endless_headers, "could not be fetched", id="endless-headers"),
        pytest.param(lambda wfile: None, "could not be fetched", id="silent"),
        pytest.param(
            lambda wfile: wfile.write(b"\xff" * 99), "could not be fetched", id="no-http"
        ),
        pytest.param((200, {}, b"\xff\xfe\x00"), "is not text", id="non-text"),
        pytest.param((200, {}, b"<html>"), "gave no checkpoint", id="a-page"),
        pytest.param((404, {}, b""), "answered 404", id="missing"),
        pytest.param(
            (302, {"Location": "http://elsewhere.example/"}, b""), "elsewhere", id="away"
        ),
        pytest.param(
            (302, {"Location": "http://127.0.0.1:1/"}, b""), "elsewhere", id="other-port"
        ),
        pytest.param((302, {"Location": "file:///etc/hosts"}, b""), "elsewhere", id="a-file"),
        pytest.param(
            (302, {"Location": "//u@elsewhere.example/"}, b""), "elsewhere", id="no-scheme"
        ),
        pytest.param((302, {"Location": "/ledger/checkpoint"}, b""), "without end", id="a-loop"),
        pytest.param((302, {}, b""), "without end", id="nowhere"),
    ],
)
def test_a_hostile_address_is_refused_in_a_sentence(log, state, capsys, answer, said):
    log.answers["/ledger/checkpoint"] = answer

    status = pinned(log.address, state)

    told = capsys.readouterr()
    assert (status, told.out, Path(state, "checkpoint").exists()) == (1, "", False)
    assert said in told.err
    assert told.err.startswith("banso: ")
    assert told.err.count("\n") == 1


@pytest.mark.enable_socket
def test_a_redirection_on_the_same_host_is_followed(log, state):
    log.answers["/ledger/checkpoint"] = (302, {"Location": "/moved"}, b"")
    log.answers["/moved"] = LOG.sign_note(checkpoint(OURS, 3))

    assert pinned(log.address, state) == 0


@pytest.mark.enable_socket
def test_an_answer_that_drips_for_ever_is_given_up(log):
    over = threading.Event()

    def dripping(wfile):
        wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
        while not over.wait(0.02):
            wfile.write(b"x")

    log.answers["/"] = dripping

    with pytest.raises(SourceUnfit, match=r"did not answer within 0\.2 seconds"):
        fetch(log.address, longest=1 << 16, seconds=0.2)
    over.set()


@pytest.mark.enable_socket
def test_a_server_that_says_nothing_is_given_up(log):
    over = threading.Event()
    log.answers["/"] = lambda wfile: over.wait(30)

    with pytest.raises(SourceUnfit, match="could not be fetched: timed out"):
        fetch(log.address, longest=1 << 16, of_each=0.2)
    over.set()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("ftp://banso.example.jp/", "ftp: is not fetched"),
        ("file:///etc/hosts", "file: is not fetched"),
        ("https://", "is no address of a log"),
        ("https://name:word@banso.example.jp/", "is no address of a log"),
        ("http://[::1", "is no address"),
        ("http://127.0.0.1:99999/", "is no address"),
    ],
)
def test_an_address_of_another_kind_is_not_fetched(state, capsys, monkeypatch, source, said):
    assert pinned(source, state) == 1
    assert said in capsys.readouterr().err
