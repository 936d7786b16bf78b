import contextlib
import hashlib
import http.server
import json
import threading
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from banso.ledger.signing.notes import SigningKey, succession_note
from banso.ledger.tree import consistency_hashes
from banso.ledger.verify import Checkpoint, Frontier, Note, VerifierKey, cosigned_at, node_hash
from banso.ledger.witness.fetching import SourceUnfit, fetch
from banso.ledger.witness.witnessing import Outcome
from banso.site.command_line import main
from banso.site.console.ledger.witness import SENTENCES

ORIGIN = "banso.localhost/ledger"
LOG = SigningKey.generate(ORIGIN)
OURS = [hashlib.sha256(f"{at}".encode()).digest() for at in range(12)]
THEIRS = [*OURS[:5], *OURS[:4:-1]]
TEXT = "text/plain; charset=utf-8"


def checkpoint(leaves, size):
    tree = Frontier()
    for one in leaves[:size]:
        tree.append(one)
    return Checkpoint(ORIGIN, size, tree.root()).body


def proof(leaves, first, second):
    def subtree(level, index):
        if level == 0:
            return leaves[index]
        return node_hash(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1))

    hashes = [one.hex() for one in consistency_hashes(first, second, subtree)]
    return {"origin": ORIGIN, "first": first, "second": second, "hashes": hashes}


class Log:
    """A log's public addresses; a test replaces what they answer."""

    def __init__(self):
        self.leaves = OURS
        self.size = 3
        self.answers = {}
        self.keys = f"{LOG.verifier_text}\n"
        self.signers = (LOG,)
        self.asked = []
        self.address = ""

    def answer(self, path):
        self.asked.append(path)
        parts = urlsplit(path)
        if parts.path in self.answers:
            return self.answers[parts.path]
        match parts.path:
            case "/ledger/checkpoint":
                return self.signers[0].sign_note(
                    checkpoint(self.leaves, self.size), *self.signers[1:]
                )
            case "/ledger/keys":
                return self.keys
            case "/ledger/consistency":
                words = parse_qs(parts.query)
                first, second = int(words["first"][0]), int(words["second"][0])
                if second > self.size:
                    return 404, {}, b"{}"
                return json.dumps(proof(self.leaves, first, second))
            case _:
                return 404, {}, b""


@contextlib.contextmanager
def listening(answer):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            told = answer(self.path)
            if callable(told):
                with contextlib.suppress(OSError):
                    told(self.wfile)
                return
            status, headers, body = (200, {}, told.encode()) if isinstance(told, str) else told
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def log(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    log = Log()
    with listening(log.answer) as log.address:
        yield log


@pytest.fixture
def state(tmp_path, capsys):
    state = tmp_path / "state"
    assert main(["witness", "new-key", "witness.example.jp", "--state", str(state)]) == 0
    capsys.readouterr()
    return state


def check(source, state, *words):
    return main(["witness", "check", str(source), "--state", str(state), *words])


def pinned(source, state, *words):
    return check(source, state, "--log-key", LOG.verifier_text, *words)


def cosigned_size(state):
    return Checkpoint.parse(Note.parse(Path(state, "checkpoint").read_text()).body).size


def evidence(state):
    folder = Path(state, "evidence")
    return [one.name for one in folder.iterdir()] if folder.exists() else []


def test_a_new_key_prints_what_the_operator_needs_and_hides_the_rest(tmp_path, capsys):
    state = tmp_path / "state"

    status = main(["witness", "new-key", "witness.example.jp", "--state", str(state)])

    told = capsys.readouterr()
    key = VerifierKey.parse(told.out.strip())
    assert (status, key.name, key.kind) == (0, "witness.example.jp", 0x04)
    assert Path(state, "key").read_text().strip() not in told.out + told.err
    assert [one.name for one in state.iterdir() if one.stat().st_mode & 0o077] == []


def test_a_second_key_is_refused_and_shows_the_first(state, capsys):
    status = main(["witness", "new-key", "other.example.jp", "--state", str(state)])

    told = capsys.readouterr()
    assert (status, told.out) == (1, "")
    assert "has a key already, and keeps it: witness.example.jp+" in told.err


@pytest.mark.parametrize("name", ["two words", "a+b", ""])
def test_a_name_that_no_note_can_hold_makes_no_key(tmp_path, name):
    assert main(["witness", "new-key", name, "--state", str(tmp_path / "state")]) == 2
    assert not Path(tmp_path, "state", "key").exists()


@pytest.mark.enable_socket
def test_an_addresss_checkpoints_are_cosigned_as_the_log_grows(log, state, capsys):
    statuses = [pinned(log.address, state)]
    for size in (3, 5, 12):
        log.size = size
        statuses.append(check(f"{log.address}ledger/checkpoint", state))

    assert statuses == [0, 0, 0, 0]
    note = Note.parse(Path(state, "checkpoint").read_text())
    key = SigningKey.parse(Path(state, "key").read_text().strip())
    assert note.body == checkpoint(OURS, 12)
    assert cosigned_at(note, key.cosigner_key)
    assert capsys.readouterr().out.splitlines()[0].startswith(f"Cosigned: {ORIGIN} with 3 entries")


@pytest.mark.enable_socket
def test_the_first_use_shows_the_key_to_compare_and_cosigns_nothing(log, state, capsys):
    log.keys += "\x1b[2Jnot a key\n"

    status = check(log.address, state)

    told = capsys.readouterr()
    assert (status, told.out, Path(state, "checkpoint").exists()) == (1, "", False)
    assert told.err.endswith(f"\n  {LOG.verifier_text}\n")
    assert "by another channel" in told.err


@pytest.mark.enable_socket
def test_the_cosigned_checkpoint_goes_where_it_is_asked_for(log, state, tmp_path, capsys):
    out = tmp_path / "for the operator"

    status = pinned(log.address, state, "--out", str(out), "--json")

    told = json.loads(capsys.readouterr().out)
    assert (status, told["outcome"], told["out"]) == (0, "cosigned", str(out))
    assert Note.parse(out.read_text()).body == checkpoint(OURS, 3)
    assert out.stat().st_mode & 0o777 == 0o644


@pytest.mark.assurance("A-78")
@pytest.mark.enable_socket
def test_a_log_that_shows_another_history_is_refused_with_evidence(log, state, capsys):
    log.size = 8
    pinned(log.address, state)
    log.leaves = THEIRS

    statuses = [check(log.address, state)]
    for size in (10, 6):
        log.size = size
        statuses.append(check(log.address, state, "--json"))

    told = capsys.readouterr()
    assert (statuses, cosigned_size(state)) == ([1, 1, 1], 8)
    outcomes = [json.loads(line)["outcome"] for line in told.out.splitlines()[1:]]
    assert outcomes == ["not-shown", "rolled-back"]
    assert "The log shows two histories" in told.err
    assert len(evidence(state)) == 3


@pytest.mark.enable_socket
def test_a_log_that_gives_an_old_checkpoint_of_its_own_is_told_so(log, state, capsys):
    log.size = 8
    pinned(log.address, state)
    log.answers["/ledger/checkpoint"] = LOG.sign_note(checkpoint(OURS, 3))

    status = check(log.address, state)

    assert (status, evidence(state)) == (1, [])
    assert "is an older one: 3 entries" in capsys.readouterr().err


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


# Hostile addresses.


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


# Files.


def packed(path, leaves, size, **others):
    files = {
        "checkpoint": LOG.sign_note(checkpoint(leaves, size)),
        "bundle.json": json.dumps({"keys": [LOG.verifier_text], "successions": []}),
        "tree.bin": b"".join(leaves[:size]),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (files | others).items():
            archive.writestr(name, text)
    return path


def test_a_bundle_is_checked_by_its_leaves(tmp_path, state, capsys):
    statuses = [
        check(packed(tmp_path / "1.zip", OURS, 6), state),
        pinned(packed(tmp_path / "2.zip", OURS, 6), state),
        check(packed(tmp_path / "3.zip", THEIRS, 8), state),
        check(packed(tmp_path / "4.zip", OURS, 12), state),
    ]

    assert (statuses, cosigned_size(state)) == ([1, 0, 1, 0], 12)
    assert f"  {LOG.verifier_text}\n" in capsys.readouterr().err
    [kept] = evidence(state)
    assert Path(state, "evidence", kept, "leaves.bin").read_bytes() == b"".join(THEIRS[:8])


def test_a_key_that_changed_is_followed_by_the_notes_in_a_bundle(tmp_path, state):
    new = SigningKey.generate(ORIGIN)
    pinned(packed(tmp_path / "1.zip", OURS, 6), state)
    told = json.dumps({"keys": [new.verifier_text], "successions": [succession_note(LOG, new)]})
    note = new.sign_note(checkpoint(OURS, 8))
    bundle = packed(tmp_path / "2.zip", OURS, 8, **{"checkpoint": note, "bundle.json": told})

    assert check(bundle, state) == 0
    assert cosigned_size(state) == 8


@pytest.mark.parametrize(
    "others",
    [
        {"checkpoint": "x" * 70000},
        {"checkpoint": b"\xff\xff"},
        {"checkpoint": b""},
        {"tree.bin": b""},
        {"tree.bin": b"\x00" * (1 << 20)},
        {"bundle.json": "[]"},
        {"bundle.json": '{"keys": 1, "successions": 2}'},
        {"bundle.json": '{"keys": [1], "successions": [{}]}'},
    ],
    ids=["long", "no-text", "empty", "no-leaves", "zeros", "list", "numbers", "objects"],
)
def test_a_bundle_that_is_not_one_is_refused_or_used_for_what_is_whole(tmp_path, state, others):
    pinned(packed(tmp_path / "first.zip", OURS, 6), state)

    status = check(packed(tmp_path / "next.zip", OURS, 8, **others), state)

    assert (status, cosigned_size(state)) in {(0, 8), (1, 6)}
    assert (status == 0) == ("bundle.json" in others)
    assert evidence(state) == []


def test_a_bundle_with_a_broken_byte_is_refused(tmp_path, state):
    pinned(packed(tmp_path / "first.zip", OURS, 6), state)
    whole = packed(tmp_path / "next.zip", OURS, 8).read_bytes()
    broken = tmp_path / "broken.zip"
    for at in range(0, len(whole), 5):
        broken.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])

        assert check(broken, state) in {0, 1}

    assert evidence(state) == []
    assert cosigned_size(state) in {6, 8}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--log-key", "no key"], "--log-key is no verifier key"),
        (["--log-key", LOG.cosigner_text], "--log-key is no verifier key"),
        (["--out", "{state}/key"], "of the witness's own"),
        (["--out", "{state}/../state/log.json"], "of the witness's own"),
        (["--out", "{state}"], "is no place for a file"),
        (["--out", "{state}/missing/file"], "is no place for a file"),
        (["--out", "/dev/null"], "is no place for a file"),
    ],
    ids=["no-key", "a-witnesss-key", "the-key", "the-record", "a-folder", "nowhere", "a-device"],
)
def test_words_that_cannot_be_meant_are_a_usage_error(tmp_path, state, capsys, words, said):
    bundle = packed(tmp_path / "bundle.zip", OURS, 6)
    before = Path(state, "key").read_bytes()

    status = check(bundle, state, *(word.format(state=state) for word in words))

    assert (status, Path(state, "key").read_bytes()) == (2, before)
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path, state, capsys):
    assert check(tmp_path / "missing", state) == 2
    assert "there is no file" in capsys.readouterr().err


@pytest.mark.parametrize("has_folder", [True, False])
def test_a_witness_without_a_key_is_told_how_to_make_one(tmp_path, capsys, has_folder):
    state = tmp_path / "other"
    if has_folder:
        state.mkdir()

    status = pinned(packed(tmp_path / "bundle.zip", OURS, 6), state)

    assert status == 1
    assert "Run `banso witness new-key NAME --state" in capsys.readouterr().err


def test_every_outcome_has_its_sentence():
    assert set(SENTENCES) == set(Outcome)


@pytest.mark.enable_socket
def test_a_log_whose_keys_cannot_be_fetched_is_still_checked(log, state):
    log.answers["/ledger/keys"] = (500, {}, b"")

    assert pinned(log.address, state) == 0


def test_a_bundle_without_its_tree_shows_nothing(tmp_path, state, capsys):
    pinned(packed(tmp_path / "first.zip", OURS, 6), state)
    bundle = tmp_path / "next.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("checkpoint", LOG.sign_note(checkpoint(OURS, 8)))

    assert (check(bundle, state), cosigned_size(state)) == (1, 6)
    assert "A proof is missing" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path, capsys):
    file = tmp_path / "file"
    file.write_text("")

    status = main(["witness", "new-key", "witness.example.jp", "--state", str(file / "state")])

    assert (status, capsys.readouterr().err) == (1, f"banso: {file / 'state'}: Not a directory\n")


def test_a_new_key_is_told_to_programs_as_one_document(tmp_path, capsys):
    words = ["--state", str(tmp_path / "state"), "--json"]

    status = main(["witness", "new-key", "witness.example.jp", *words])

    [told] = json.loads(capsys.readouterr().out).items()
    assert (status, told[0]) == (0, "verifier_key")
    assert VerifierKey.parse(told[1]).name == "witness.example.jp"


@pytest.mark.parametrize("text", ["", "\xff", "PRIVATE+KEY+a+00+AA==", "é"])
def test_a_damaged_key_cosigns_nothing(tmp_path, state, capsys, text):
    Path(state, "key").write_bytes(text.encode("latin-1"))

    status = pinned(packed(tmp_path / "bundle.zip", OURS, 6), state)

    assert (status, Path(state, "checkpoint").exists()) == (1, False)
    assert "key is damaged" in capsys.readouterr().err


def test_a_record_of_two_logs_cosigns_nothing(tmp_path, state, capsys):
    bundle = packed(tmp_path / "bundle.zip", OURS, 6)
    pinned(bundle, state)
    log = Path(state, "log.json")
    other = SigningKey.generate("other.example/log").verifier_text
    log.write_text(log.read_text().replace(LOG.verifier_text, other))

    assert check(bundle, state) == 1
    assert "log.json is damaged" in capsys.readouterr().err
