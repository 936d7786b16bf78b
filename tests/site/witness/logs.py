import contextlib
import hashlib
import http.server
import json
import threading
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from banso.ledger.signing.notes import SigningKey
from banso.ledger.tree import consistency_hashes
from banso.ledger.verify import Checkpoint, Frontier, Note, node_hash
from banso.site.command_line import main

ORIGIN = "banso.localhost/ledger"
LOG = SigningKey.generate(ORIGIN)
OURS = [hashlib.sha256(f"{at}".encode()).digest() for at in range(12)]
THEIRS = [*OURS[:5], *OURS[:4:-1]]


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


def check(source, state, *words):
    return main(["witness", "check", str(source), "--state", str(state), *words])


def pinned(source, state, *words):
    return check(source, state, "--log-key", LOG.verifier_text, *words)


def cosigned_size(state):
    return Checkpoint.parse(Note.parse(Path(state, "checkpoint").read_text()).body).size


def evidence(state):
    folder = Path(state, "evidence")
    return [one.name for one in folder.iterdir()] if folder.exists() else []


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
