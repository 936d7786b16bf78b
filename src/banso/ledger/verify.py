"""Verifies receipts, bundles and checkpoints of a banso ledger, offline and alone.

This file needs Python 3.9 or later and nothing else: it imports the standard library only and
opens no connection. Copy it, read it from top to bottom, and run `python3 verify.py FILE…`.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import functools
import hashlib
import io
import itertools
import json
import os
import pathlib
import re
import struct
import sys
import zipfile
import zlib
from datetime import datetime, timedelta, timezone
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

HASH_BYTES = 32


class Wrong(Exception):  # noqa: N818 - named for what it says
    """What a file says is not so: a code that has its sentence, and the facts for it."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts
        self.where = ""


# Section 1. The tree (RFC 9162, section 2.1; the same tree as RFC 6962).


def leaf_hash(commitment: bytes) -> bytes:
    """Hash an entry's commitment into its leaf (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x00" + commitment).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbours into the node above them (RFC 9162, 2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


EMPTY_ROOT = hashlib.sha256(b"").digest()


def root_of_peaks(peaks: Sequence[bytes]) -> bytes:
    """Join the roots of complete subtrees, largest first, into the root of the whole tree."""
    if not peaks:
        return EMPTY_ROOT
    return functools.reduce(lambda right, left: node_hash(left, right), reversed(peaks))


def peaks_of(size: int) -> list[tuple[int, int]]:
    """Name the complete subtrees of a tree, largest first, each by level and index.

    >>> peaks_of(7)
    [(2, 0), (1, 2), (0, 6)]
    """
    levels = reversed(range(size.bit_length()))
    return [(level, (size >> level) - 1) for level in levels if size >> level & 1]


def root_of_tree(size: int, subtree: Callable[[int, int], bytes]) -> bytes:
    """Compute a tree's root from the roots of its complete subtrees."""
    return root_of_peaks([subtree(level, index) for level, index in peaks_of(size)])


class Frontier:
    """A tree that only grows, of which no more is kept than the roots of complete subtrees."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add a leaf on the right, and join what it completes."""
        carry, root = self.size, leaf
        while carry & 1:
            root = node_hash(self.peaks.pop(), root)
            carry >>= 1
        self.peaks.append(root)
        self.size += 1

    def root(self) -> bytes:
        """Compute the root of all leaves so far."""
        return root_of_peaks(self.peaks)


def _climb(node: int, last: int, start: bytes, hashes: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Climb by a proof: the root of what ends at the node, and the root of the whole tree."""
    first = second = start
    for sibling in hashes:
        if last == 0:
            raise Wrong("proof-does-not-fit")
        if node & 1 or node == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise Wrong("proof-does-not-fit")
    return first, second


def root_of_inclusion(index: int, size: int, leaf: bytes, hashes: Sequence[bytes]) -> bytes:
    """Climb from a leaf to the root that an inclusion proof gives (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise Wrong("proof-does-not-fit")
    return _climb(index, size - 1, leaf, hashes)[1]


def is_consistent(  # noqa: PLR0917 - two trees and a proof, as the RFC names them
    first_size: int,
    first_root: bytes,
    second_size: int,
    second_root: bytes,
    hashes: Sequence[bytes],
) -> bool:
    """Tell whether the second tree only added leaves to the first (RFC 9162, 2.1.4.2)."""
    if first_size == second_size:
        return not hashes and first_root == second_root
    if first_size == 0:
        return not hashes and first_root == EMPTY_ROOT
    if not 0 < first_size < second_size:
        return False
    node, last = first_size - 1, second_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    start, *path = hashes or [b""] if node else [first_root, *hashes]
    try:
        return _climb(node, last, start, path) == (first_root, second_root)
    except Wrong:
        return False


# Section 2. Ed25519 signatures (RFC 8032, section 5.1), verification only.
# A point is (X, Y, Z, T) with x = X/Z, y = Y/Z and x·y = T/Z.

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_BASE = bytes([0x58]) + bytes([0x66]) * 31


def _add(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """Add two points (RFC 8032, 5.1.4)."""
    low, high = (a[1] - a[0]) * (b[1] - b[0]) % _P, (a[1] + a[0]) * (b[1] + b[0]) % _P
    cross, double = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
    e, f, g, h = high - low, double - cross, double + cross, high + low
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


@functools.lru_cache(maxsize=32)
def _doublings(encoded: bytes) -> list[tuple[int, ...]]:
    """List a point, decoded (RFC 8032, 5.1.3), twice it, four times it and so on.

    Only a point's one canonical form is read. One of small order gives an empty list: as a key
    it would let everyone sign.
    """
    number = int.from_bytes(encoded, "little")
    y, is_odd = number % 2**255, number >> 255
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if x * x % _P != square:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if y >= _P or x * x % _P != square or (x == 0 and is_odd):
        return []
    x = _P - x if x & 1 != is_odd else x
    points: list[tuple[int, ...]] = [(x, y, 1, x * y % _P)]
    while len(points) < _ORDER.bit_length():
        points.append(_add(points[-1], points[-1]))
    return [] if points[3][0] == 0 else points


def _times(points: list[tuple[int, ...]], factor: int) -> tuple[int, ...]:
    chosen = [point for place, point in enumerate(points) if factor >> place & 1]
    return functools.reduce(_add, chosen, (0, 1, 1, 0))


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the key signed the message (RFC 8032, 5.1.7, without the cofactor)."""
    if len(public) != HASH_BYTES or len(signature) != 2 * HASH_BYTES:
        return False
    r, s = signature[:HASH_BYTES], int.from_bytes(signature[HASH_BYTES:], "little")
    key = _doublings(public)
    if not key or s >= _ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % _ORDER
    x, y, z, t = _times(key, k)
    x, y, z, _ = _add(_times(_doublings(_BASE), s), (-x, y, z, -t))  # R = S·B - k·A
    x, y = x * pow(z, -1, _P) % _P, y * pow(z, -1, _P) % _P
    return (y | (x & 1) << 255).to_bytes(HASH_BYTES, "little") == r


# Section 3. Signed notes and checkpoints (c2sp.org/signed-note, /tlog-checkpoint and
# /tlog-cosignature).

LOG_KEY, COSIGNER_KEY = 0x01, 0x04
LONGEST_NOTE, MOST_SIGNATURES = 1 << 20, 100
SUCCESSION = "banso key succession"
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)  # noqa: UP017 - Python 3.9 has no other name
_NAME = re.compile(r"[^\s+\x00-\x1f]+")
_NOTE = re.compile(r"([^\x00-\x09\x0b-\x1f]*\n)\n((?:— [^\n]*\n){1,100})")
_CHECKPOINT = re.compile(r"([^\n]+)\n(0|[1-9][0-9]{0,17})\n([^\n]{44})\n((?:[^\n]+\n)*)")


def _malformed(what: str, found: str) -> Wrong:
    return Wrong("malformed", what=what, found=found[:80])


def _differs(what: str, expected: object, found: object) -> Wrong:
    return Wrong("differs", what=what, expected=expected, found=found)


def _from_base64(text: str, what: str) -> bytes:
    """Decode base64 in its one canonical form (RFC 4648, sections 3.5 and 4)."""
    try:
        decoded = base64.b64decode(text, validate=True)
    except ValueError as refused:
        raise _malformed(what, text) from refused
    if base64.b64encode(decoded).decode() != text:
        raise _malformed(what, text)
    return decoded


class VerifierKey(NamedTuple):
    """A public key with its name: of a log (0x01), or of a witness who cosigns (0x04)."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read `name+key id+base64`, and refuse a key id that is not the key's."""
        name, _, rest = text.partition("+")
        material = _from_base64(rest.partition("+")[2], "verifier key")
        key = cls(name, material[0] if material else 0, material[1:])
        is_known = key.kind in {LOG_KEY, COSIGNER_KEY} and len(key.public) == HASH_BYTES
        if not is_known or not _NAME.fullmatch(name) or key.text != text:
            raise _malformed("verifier key", text)
        return key

    @property
    def id(self) -> bytes:
        """The four bytes that a signature line begins with."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:4]

    @property
    def text(self) -> str:
        """The key as people pass it on."""
        material = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{material}"


class Signature(NamedTuple):
    """One signature line of a note."""

    name: str
    key_id: bytes
    signature: bytes

    @classmethod
    def parse(cls, line: str) -> Signature:
        """Read `— name base64`."""
        name, _, encoded = line[2:].partition(" ")
        decoded = _from_base64(encoded, "note")
        if not _NAME.fullmatch(name) or not decoded[4:]:
            raise _malformed("note", line)
        return cls(name, decoded[:4], decoded[4:])

    @property
    def line(self) -> str:
        """The line as it stands in the note, without its end."""
        return f"— {self.name} {base64.b64encode(self.key_id + self.signature).decode()}"


class Note(NamedTuple):
    """A signed text; the body ends in a newline and is what the keys signed."""

    body: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, text: str) -> Note:
        """Read a note; nothing in it is true before `signed_by` says so."""
        found = _NOTE.fullmatch(text) if len(text) <= LONGEST_NOTE else None
        if found is None:
            raise _malformed("note", text)
        return cls(found[1], tuple(Signature.parse(line) for line in found[2][:-1].split("\n")))

    @property
    def text(self) -> str:
        """The note as it is passed on."""
        return "\n".join([self.body, *(one.line for one in self.signatures), ""])

    def signatures_of(self, key: VerifierKey) -> list[bytes]:
        """Pick the signatures that name this key."""
        return [one.signature for one in self.signatures if one[:2] == (key.name, key.id)]


def signed_by(note: Note, key: VerifierKey) -> bool:
    """Tell whether the log's key signed the note, and no signature in its name is another's."""
    found = note.signatures_of(key) if key.kind == LOG_KEY else []
    message = note.body.encode()
    return bool(found) and all(ed25519_verify(key.public, message, one) for one in found)


def cosigned_message(body: str, seconds: int) -> bytes:
    """Write what a witness signs: that it saw this checkpoint at this second."""
    return f"cosignature/v1\ntime {seconds}\n{body}".encode()


def cosigned_at(note: Note, key: VerifierKey) -> datetime | None:
    """Tell when the witness first cosigned the note, if it did (c2sp.org/tlog-cosignature)."""
    instants = []
    for one in note.signatures_of(key) if key.kind == COSIGNER_KEY else []:
        seconds = int.from_bytes(one[:8], "big")
        if not ed25519_verify(key.public, cosigned_message(note.body, seconds), one[8:]):
            return None
        try:
            instants.append(_EPOCH + timedelta(seconds=seconds))
        except OverflowError:  # a year that no calendar has
            return None
    return min(instants, default=None)


class Checkpoint(NamedTuple):
    """A tree that the log vouches for: whose, how many leaves, which root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, body: str) -> Checkpoint:
        """Read the body of a checkpoint's note."""
        found = _CHECKPOINT.fullmatch(body)
        if found is None:
            raise _malformed("checkpoint", body)
        root = _from_base64(found[3], "checkpoint")
        if len(root) != HASH_BYTES:
            raise _malformed("checkpoint", body)
        return cls(found[1], int(found[2]), root, tuple(found[4].split("\n")[:-1]))

    @property
    def body(self) -> str:
        """The lines that the log signs."""
        root = base64.b64encode(self.root).decode()
        return "\n".join([self.origin, str(self.size), root, *self.extensions, ""])


def succession_body(new: VerifierKey) -> str:
    """Write the text with which an old key of a log names the new one; both sign it."""
    return f"{SUCCESSION}\n{new.name}\n{new.text}\n"


def successor_in(note: Note, old: VerifierKey) -> VerifierKey | None:
    """Tell which key the old key named, if both it and the new key signed that."""
    lines = note.body.split("\n")
    if len(lines) != 4 or lines[:2] != [SUCCESSION, old.name]:  # noqa: PLR2004 - three lines, ended
        return None
    new = VerifierKey.parse(lines[2])
    is_named = new != old and note.body == succession_body(new)
    return new if is_named and signed_by(note, old) and signed_by(note, new) else None


def check_signature(note: Note, keys: Sequence[VerifierKey]) -> None:
    """Demand the signature of one of these keys, and no false one in the name of any."""
    named = [key for key in keys if note.signatures_of(key)]
    for key in named:
        if not signed_by(note, key):
            raise Wrong("signature-does-not-fit", key=key.text)
    if not named:
        raise Wrong("not-signed-by-the-log")


# Section 4. Reading strictly: one form for each thing, so that one meaning has one spelling.

Kinds = dict[str, Any]
ENTRY: Kinds = {"id": str, "actor": str, "act": str, "subject_type": str, "subject_id": str}
ENTRY |= {"clause": str, "at": datetime, "details": dict}
KEYS: Kinds = {"version": (1,), "origin": str, "keys": [str], "successions": [str]}
KEYS |= {"witnesses": [{"organisation": str, "key": str}]}
EARLY: Kinds = KEYS | {"banso": ("receipt",), "served_at": datetime, "salt": bytes, "text": str}
EARLY |= {"commitment": bytes, "leaf": bytes, "index": (None,), "proof": [], "checkpoint": (None,)}
RECEIPT = EARLY | {"index": int, "proof": [bytes], "checkpoint": str}
BUNDLE: Kinds = KEYS | {"banso": ("bundle",), "made_at": datetime, "reader": ("auditor", "person")}
BUNDLE |= {"size": int, "checkpoints": int, "opened": int, "erased": int}
PAST: Kinds = {"size": int, "signed_at": datetime, "note": str}
SEALED: Kinds = {"index": int, "leaf": bytes}
ERASED, OPENED = SEALED | {"erased": datetime}, SEALED | {"salt": bytes, "text": str}
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return dict(pairs)


def _no_float(text: str) -> float:
    raise ValueError(f"{text} is no whole number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_no_float, parse_constant=_no_float
)


def parse_json(text: str | bytes, *, is_canonical: bool = False) -> dict[str, Any]:
    """Read an object without floats, repeated names or depth that no honest file has.

    An entry has one canonical form besides: sorted names, no spaces.
    """
    try:
        found = _DECODER.decode(text if isinstance(text, str) else text.decode())
        if is_canonical and _CANONICAL.encode(found) != text:
            raise ValueError("not canonical")
    except (ValueError, RecursionError) as refused:
        raise _malformed("JSON", repr(text[:80])) from refused
    if type(found) is not dict:
        raise _malformed("JSON", repr(text[:80]))
    return found


def fields(value: Any, kinds: Kinds) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Take an object that has exactly these fields, each of its kind."""
    if type(value) is not dict or value.keys() != kinds.keys():
        raise _malformed("fields", repr(list(value) if type(value) is dict else type(value)))
    found = {}
    for name, kind in kinds.items():
        try:
            found[name] = _value(value[name], kind)
        except ValueError as refused:
            raise _malformed(name, type(value[name]).__name__) from refused
    return found


def _value(value: Any, kind: Any) -> Any:  # noqa: ANN401 - any JSON; a kind is a type, values, or what a list or an object holds
    if kind is str and type(value) is str:
        value.encode()  # refuses half a character
        return value
    if kind is bytes and type(value) is str:
        found = bytes.fromhex(value)
        if len(found) == HASH_BYTES and found.hex() == value:
            return found
    elif kind is datetime and type(value) is str:
        at = datetime.fromisoformat(value[:-1]).replace(tzinfo=timezone.utc)  # noqa: UP017 - Python 3.9
        if at.isoformat(timespec="microseconds").replace("+00:00", "Z") == value:
            return at
    elif isinstance(kind, dict):
        return fields(value, kind)
    elif isinstance(kind, list) and type(value) is list and len(value) <= MOST_SIGNATURES:
        if kind or not value:
            return [_value(one, kind[0]) for one in value]
    elif type(value) is kind or (isinstance(kind, tuple) and value in kind and value is not True):
        return value
    raise ValueError(kind)


# Section 5. What was found out, and the keys by which signatures count.


class Report:
    """What was found out about one file, up to the first thing that is wrong."""

    def __init__(self, file: str, kind: str = "unknown") -> None:
        self.file, self.kind, self.origin = file, kind, ""
        self.findings: list[dict[str, Any]] = []
        self.keys: list[VerifierKey] = []
        self.earlier_keys: list[VerifierKey] = []
        self.head: Checkpoint | None = None
        self.entry: tuple[bytes, datetime, int | None] | None = None
        self.bundle: Bundle | None = None

    def say(self, result: str, code: str, where: str = "", **facts: Any) -> None:  # noqa: ANN401 - as the sentence needs
        """Add what was found out: right, unchecked or wrong; the sentences are in section 9."""
        self.findings.append({"result": result, "code": code, "where": where, "facts": facts})


def find_keys(report: Report, facts: dict[str, Any], given: Sequence[VerifierKey]) -> None:
    """Find the keys that count: the file's, from the first that was given.

    A key counts when one that counts named it. The other way round proves nothing: anyone can
    sign that they were replaced by a key.
    """
    report.origin = facts["origin"]
    keys = [VerifierKey.parse(text) for text in facts["keys"]]
    notes = [Note.parse(text) for text in facts["successions"]]
    named = [successor_in(note, old) for note, old in zip(notes, keys)]  # noqa: B905 - Python 3.9
    if named != keys[1:] or not keys or any(key[:2] != (report.origin, LOG_KEY) for key in keys):
        raise Wrong("keys-do-not-succeed", origin=report.origin)
    known = [place for place, key in enumerate(keys) if key in given]
    if given and not known:
        raise Wrong("given-key-is-not-here", origin=report.origin)
    first = known[0] if given else 0
    report.earlier_keys, report.keys = keys[:first], keys[first:]
    if not given:
        report.say("unchecked", "key-from-the-file", key=keys[0].text)
    if first:
        before = [key.text for key in report.earlier_keys]
        report.say("unchecked", "keys-before-the-given", keys=before)
    if keys[1:]:
        report.say("right", "keys-succeed", count=len(keys))


def check_head(report: Report, text: str) -> tuple[Checkpoint, Note]:
    """Read the file's checkpoint, which a key that counts must have signed."""
    note = Note.parse(text)
    head = Checkpoint.parse(note.body)
    if head.origin != report.origin:
        raise _differs("origin", report.origin, head.origin)
    check_signature(note, report.keys)
    report.head = head
    key = ", ".join(key.text for key in report.keys if note.signatures_of(key))
    report.say("right", "checkpoint-signed", origin=head.origin, size=head.size, key=key)
    return head, note


def check_witnesses(report: Report, note: Note, stated: list[dict[str, str]]) -> None:
    """Say which organisations saw the checkpoint, and when."""
    seen = 0
    for witness in stated:
        key = VerifierKey.parse(witness["key"])
        at = cosigned_at(note, key)
        if key.kind != COSIGNER_KEY:
            raise _malformed("verifier key", key.text)
        if at is None and note.signatures_of(key):
            raise Wrong("signature-does-not-fit", key=key.text)
        if at is not None:
            report.say("right", "witnessed", at=at, **witness)
            seen += 1
    if not seen:
        report.say("unchecked", "no-witness")


# Section 6. A receipt: one entry, as its person keeps it.

BEGIN, END = b"-----BEGIN BANSO RECEIPT-----", b"-----END BANSO RECEIPT-----"
LONGEST_FILE = 1 << 26
SEQUENCED_WITHIN = timedelta(seconds=60)


def receipt_in(data: bytes) -> bytes | None:
    """Find the receipt between its marks, in a text or in a PDF; None where there is none."""
    if BEGIN not in data and END not in data:
        return None
    before, *inside = data.split(BEGIN)
    parts = inside[0].split(END) if len(inside) == 1 else []
    if len(parts) != 2 or END in before:  # noqa: PLR2004 - what is inside, what is after
        raise _malformed("receipt", f"{BEGIN.decode()} … {END.decode()}")
    return parts[0].strip()


def _bind(facts: dict[str, Any]) -> bytes:
    """Bind an entry's text as the ledger does: commitment over salt and text, then the leaf."""
    bound = hashlib.sha256(facts["salt"] + facts["text"].encode()).digest()
    if leaf_hash(bound) != facts["leaf"]:
        raise Wrong("leaf-differs")
    return bound


def check_receipt(report: Report, inside: bytes, given: Sequence[VerifierKey]) -> None:
    """Check a receipt from the entry's text up to the signed checkpoint."""
    report.kind = "receipt"
    read = parse_json(inside)
    facts = fields(read, EARLY if read.get("checkpoint") is None else RECEIPT)
    if _bind(facts) != facts["commitment"]:
        raise Wrong("leaf-differs")
    entry = fields(parse_json(facts["text"], is_canonical=True), ENTRY)
    index = facts["index"]
    bound = {name: entry[name] for name in ENTRY if name != "details"}
    report.say("right", "entry-bound", **bound)
    find_keys(report, facts, given)
    if index is None:
        report.say("unchecked", "not-sequenced-yet", at=entry["at"])
    else:
        head, note = check_head(report, facts["checkpoint"])
        if root_of_inclusion(index, head.size, facts["leaf"], facts["proof"]) != head.root:
            raise Wrong("proof-does-not-fit")
        report.say("right", "entry-included", index=index, size=head.size)
    report.say("unchecked", "only-stated")
    report.entry = facts["leaf"], entry["at"], index
    if index is not None:
        check_witnesses(report, note, facts["witnesses"])


# Section 7. A bundle: every leaf of the log, and the texts that its reader may see.

STREAMED = ("checkpoints.jsonl", "entries.jsonl", "tree.bin")
MEMBERS = ("README.txt", "verify.py", "bundle.json", "checkpoint", *STREAMED)
LONGEST_LINE, LONGEST_MEMBER, MOST_COMPRESSED = 1 << 22, 1 << 24, 200
_OURS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError)
_UNREADABLE = (LookupError, OverflowError, RuntimeError, ValueError)


class Bundle:
    """A tree of leaves: its complete subtrees, each level of them as one run of bytes."""

    def __init__(self, origin: str, leaves: bytes, signed_at: datetime) -> None:
        self.origin, self.signed_at = origin, signed_at
        self.size, self.levels = len(leaves) // HASH_BYTES, [leaves]
        sha256, pair = hashlib.sha256, 2 * HASH_BYTES
        while len(level := self.levels[-1]) > HASH_BYTES:
            pairs = range(0, len(level) - HASH_BYTES, pair)
            above = [sha256(b"\x01" + level[one : one + pair]).digest() for one in pairs]
            self.levels.append(b"".join(above))

    def subtree(self, level: int, index: int) -> bytes:
        """Give the root of a complete subtree."""
        return self.levels[level][index * HASH_BYTES : (index + 1) * HASH_BYTES]

    def root(self, size: int) -> bytes:
        """Compute the root of the first `size` leaves."""
        return root_of_tree(size, self.subtree)

    def index_of(self, leaf: bytes) -> int | None:
        """Find a leaf."""
        found = (index for index in range(self.size) if self.subtree(0, index) == leaf)
        return next(found, None)


class Past(NamedTuple):
    """A checkpoint that the log signed on its way; the instant is stated, not signed."""

    size: int
    root: bytes
    signed_at: datetime


def check_bundle(report: Report, file: IO[bytes], given: Sequence[VerifierKey]) -> None:
    """Check a bundle: what it holds, and what would unpack to far more than it is."""
    report.kind = "bundle"
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            names = sorted(member.filename for member in members)
            if names != sorted(MEMBERS) or any(one.compress_type not in _OURS for one in members):
                raise _malformed("bundle", ", ".join(names))
            for member in members:
                most = MOST_COMPRESSED * (member.compress_size + (1 << 14))
                most = most if member.filename in STREAMED else min(most, LONGEST_MEMBER)
                if member.file_size > most:
                    raise _malformed(member.filename, f"{member.file_size:,} bytes")
            _check_archive(report, archive, given)
    except (*_DAMAGED, *_UNREADABLE) as damaged:
        raise _malformed("bundle", str(damaged)) from damaged


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as member, io.BufferedReader(member, 1 << 20) as buffered:  # type: ignore[type-var]  # it reads into a buffer
        while line := buffered.readline(LONGEST_LINE):
            if not line.endswith(b"\n"):
                raise _malformed("line", f"{len(line):,} bytes")
            yield line[:-1]


def _check_archive(report: Report, archive: zipfile.ZipFile, given: Sequence[VerifierKey]) -> None:
    """Check keys, checkpoint, every earlier checkpoint, every entry, and the stored tree."""
    facts = fields(parse_json(archive.read("bundle.json")), BUNDLE)
    find_keys(report, facts, given)
    head, note = check_head(report, archive.read("checkpoint").decode())
    past = check_past(report, head, _lines(archive, "checkpoints.jsonl"))
    stored = archive.read("tree.bin")
    bundle, counts, late = check_entries(_lines(archive, "entries.jsonl"), past, stored)
    check_tree(bundle, stored, past)
    counts |= {"size": bundle.size, "checkpoints": len(past)}
    for name, count in counts.items():
        if facts[name] != count:
            raise _differs(name, count, facts[name])
    report.say("right", "only-added", count=len(past), since=past[0].size)
    sealed = bundle.size - counts["opened"] - counts["erased"]
    report.say("right", "entries-fit", "", sealed=sealed, **counts)
    if late:
        report.say("unchecked", "sequenced-late", count=len(late), index=late[0])
    report.say("unchecked", "only-stated")
    archive.read("README.txt")  # for its checksum alone
    if archive.read("verify.py") != pathlib.Path(__file__).read_bytes():
        report.say("unchecked", "other-script")
    report.bundle = bundle
    # At the end, because what a witness's key says takes nothing from what is shown above.
    check_witnesses(report, note, facts["witnesses"])


def check_past(report: Report, head: Checkpoint, lines: Iterable[bytes]) -> list[Past]:
    """Read all checkpoints in their order, of which the last is the bundle's."""
    past: list[Past] = []
    try:
        for line in lines:
            facts = fields(parse_json(line), PAST)
            note = Note.parse(facts["note"])
            one = Checkpoint.parse(note.body)
            if one[:2] != (head.origin, facts["size"]):
                raise _differs("size", facts["size"], one.size)
            check_signature(note, [*report.earlier_keys, *report.keys])
            if past and (one.size <= past[-1].size or facts["signed_at"] < past[-1].signed_at):
                raise Wrong("not-in-order")
            past.append(Past(one.size, one.root, facts["signed_at"]))
    except Wrong as wrong:
        wrong.where = f"checkpoints.jsonl:{len(past) + 1}"
        raise
    if not past or past[-1][:2] != (head.size, head.root):
        found = past[-1].root.hex() if past else ""
        raise _differs("checkpoints.jsonl", head.root.hex(), found)
    return past


def parse_line(line: bytes) -> tuple[int, bytes, datetime | None, bool]:
    """Read one entry: index, leaf, instant where its text is there, and whether it is erased."""
    read = parse_json(line)
    facts = fields(read, OPENED if "text" in read else ERASED if "erased" in read else SEALED)
    at = None
    if "text" in facts:
        _bind(facts)
        at = fields(parse_json(facts["text"], is_canonical=True), ENTRY)["at"]
    return facts["index"], facts["leaf"], at, "erased" in facts


def check_entries(
    lines: Iterable[bytes], past: Sequence[Past], stored: bytes
) -> tuple[Bundle, dict[str, int], list[int]]:
    """Read all entries, and compare their tree with the signed one; `stored` is tree.bin.

    Gives their tree, how many are of which kind, and which were dated back or sequenced late.
    """
    head, refused, size = past[-1], None, 0
    leaves, counts, late = bytearray(), {"opened": 0, "erased": 0}, []
    later, first = iter(past), Past(0, b"", head.signed_at)
    try:
        for line in lines:
            if size == head.size:
                raise _differs("entries", head.size, size + 1)
            index, leaf, at, is_erased = parse_line(line)
            if index != size:
                raise _differs("index", size, index)
            while first.size <= index:
                first = next(later)
            if at is not None and at > first.signed_at:
                raise Wrong("dated-after-its-checkpoint", at=at, by=first.signed_at)
            if at is not None and first.signed_at - at > SEQUENCED_WITHIN:
                late.append(index)
            counts["opened"] += at is not None
            counts["erased"] += is_erased
            leaves += leaf
            size += 1
        if size < head.size:
            raise _differs("entries", head.size, size)
    except Wrong as wrong:
        refused = wrong
        refused.where = f"entries.jsonl:{size + 1}"
    bundle = Bundle("", bytes(leaves), head.signed_at)
    if refused is not None or bundle.root(head.size) != head.root:
        raise _first_wrong(bundle, _stored_tree(stored, head.size), past, refused)
    return bundle, counts, late


def _stored_tree(stored: bytes, size: int) -> Bundle:
    """Cut tree.bin into its levels, of which nothing is true before it fits the signed root."""
    tree = Bundle("", b"", _EPOCH)
    lengths = [(size >> level) * HASH_BYTES for level in range(max(1, size.bit_length()))]
    starts = itertools.accumulate([0, *lengths])
    tree.levels = [stored[start : start + length] for start, length in zip(starts, lengths)]  # noqa: B905 - Python 3.9
    return tree


def _first_wrong(
    bundle: Bundle, stored: Bundle, past: Sequence[Past], refused: Wrong | None
) -> Wrong:
    """Name the first entry that is not the signed one, or the shortest range that holds it.

    Where tree.bin does not fit the signed root, the checkpoints on the way still tell up to
    which size the entries are the signed ones.
    """
    size = past[-1].size
    fits = stored.root(size) == past[-1].root
    found = _first_difference(bundle, stored, size) if fits else None
    if fits and found is None and refused is not None:
        return refused
    start, stop = found or (0, size)
    for one in past:
        if one.size > bundle.size or bundle.root(one.size) != one.root:
            stop = min(stop, one.size)
            break
        start = max(start, one.size)
    if refused is not None and (stop - start > 1 or start >= bundle.size):
        return refused
    wrong = Wrong("entry-differs", index=start, stop=stop)
    wrong.where = f"entries.jsonl:{start + 1}"
    return wrong


def _first_difference(bundle: Bundle, stored: Bundle, size: int) -> tuple[int, int] | None:
    """Go down from the signed root: whatever hashes to what is above it is the signed tree."""
    peaks = reversed(peaks_of(size))
    nodes = [(level, index, stored.subtree(level, index)) for level, index in peaks]
    while nodes:
        level, index, expected = nodes.pop()
        start, stop = index << level, (index + 1) << level
        if start >= bundle.size:
            continue
        if stop <= bundle.size and bundle.subtree(level, index) == expected:
            continue
        left, right = (stored.subtree(level - 1, 2 * index + side) for side in (0, 1))
        if level == 0 or node_hash(left, right) != expected:
            return start, stop
        nodes += [(level - 1, 2 * index + 1, right), (level - 1, 2 * index, left)]
    return None


def check_tree(bundle: Bundle, stored: bytes, past: Sequence[Past]) -> None:
    """Compare the tree of the entries with tree.bin, and with every earlier root."""
    length = sum(map(len, bundle.levels))
    if len(stored) != length:
        raise _differs("tree.bin", length, len(stored))
    tree = _stored_tree(stored, bundle.size)
    for level, hashes in enumerate(tree.levels):
        for index in range(bundle.size >> level) if hashes != bundle.levels[level] else ():
            expected, found = bundle.subtree(level, index), tree.subtree(level, index)
            if found != expected:
                raise _differs(f"tree.bin {level}/{index}", expected.hex(), found.hex())
    for one in past:
        if bundle.root(one.size) != one.root:
            raise Wrong("earlier-tree-differs", size=one.size, signed_at=one.signed_at)


# Section 8. Files that meet: what one shows of another.


def check_note(report: Report, text: str, keys: Sequence[VerifierKey]) -> None:
    """Check a checkpoint that came alone, by the keys given or learnt from other files."""
    report.kind = "checkpoint"
    report.origin = Checkpoint.parse(Note.parse(text).body).origin
    report.keys = [key for key in keys if key.name == report.origin]
    if report.keys:
        check_head(report, text)
    else:
        report.say("unchecked", "no-key", origin=report.origin)


def compare(reports: Sequence[Report]) -> Report:
    """Hold the files against each other: omissions, and two views of one log."""
    together = Report(", ".join(report.file for report in reports), "together")
    for pair in itertools.combinations(reports, 2):
        one, other = sorted(pair, key=_reach, reverse=True)
        if one.origin != other.origin:
            continue
        _compare_heads(together, one, other)
        if one.bundle is None:
            _compare_entries(together, one, other)
        else:
            _compare_entry(together, one.bundle, one.file, other)
    return together


def _reach(report: Report) -> tuple[bool, int]:
    """Of two files, that which shows more: a bundle, and the larger tree."""
    return report.bundle is not None, report.head.size if report.head else 0


def _compare_heads(together: Report, one: Report, other: Report) -> None:
    if one.head is None or other.head is None:
        return
    facts = {"file": other.file, "other": one.file}
    size, root = one.head[1:3]
    if one.bundle is not None and other.head.size <= size:
        size, root = other.head.size, one.bundle.root(other.head.size)
    if other.head.size != size:
        together.say("unchecked", "needs-a-larger-bundle", **facts)
    elif other.head.root == root:
        together.say("right", "same-tree", size=size, **facts)
    elif any(key in other.keys for key in one.keys):
        together.say("wrong", "split-view", size=size, **facts)
    else:
        together.say("wrong", "split-view-of-unlike-keys", size=size, **facts)


def _compare_entry(together: Report, bundle: Bundle, file: str, other: Report) -> None:
    """Find the receipt's entry in the bundle, or show that it is missing."""
    if other.entry is None:
        return
    leaf, at, stated = other.entry
    facts = {"file": other.file, "other": file}
    index = bundle.index_of(leaf)
    is_due = bundle.signed_at - at > SEQUENCED_WITHIN if stated is None else stated < bundle.size
    if index is not None and stated in {None, index}:
        together.say("right", "entry-in-the-bundle", index=index, **facts)
    elif index is not None:
        together.say("wrong", "entry-at-another-index", index=index, stated=stated, **facts)
    elif not is_due:
        together.say("unchecked", "needs-a-larger-bundle", **facts)
    elif stated is None:
        together.say("wrong", "entry-omitted", at=at, by=bundle.signed_at, **facts)
    else:
        together.say("wrong", "signed-entry-omitted", at=at, by=bundle.signed_at, **facts)


def _compare_entries(together: Report, one: Report, other: Report) -> None:
    """Two receipts can refute each other even where their checkpoints cannot be compared."""
    first, second = one.entry or (b"", _EPOCH, None), other.entry or (b"", _EPOCH, None)
    is_known = first[2] is not None and second[2] is not None
    if is_known and (first[2] == second[2]) != (first[0] == second[0]):
        facts = {"file": one.file, "other": other.file, "index": first[2], "second": second[2]}
        together.say("wrong", "receipts-contradict", "", **facts)


# Section 9. The sentences: for every code one in English and one in Japanese.
# The formatter would spread each pair over four lines.
# ruff: noqa: E501, TRY301 - a sentence stands on one line; a line's fault is named with its place
# fmt: off
SENTENCES = {
    # What introduces and what ends the sentences.
    "right": ("checked", "確認"), "unchecked": ("not checked", "未確認"), "wrong": ("WRONG", "誤り"),
    "all-right": ("Nothing wrong was found.", "誤りは見つかりませんでした。"),
    "all-unchecked": ("Nothing could be checked.", "確かめられたものはありません。"),
    "all-wrong": ("Something is wrong.", "誤りが見つかりました。"),
    # What was checked and is so.
    "entry-bound": ("The text gives the commitment and the leaf: {act} at {at}, on {subject_type} {subject_id}, clause {clause}, by {actor}, entry {id}.",
                    "本文はコミットメントと葉のハッシュ値に一致します。{act}、{at}、対象 {subject_type} {subject_id}、条項 {clause}、行った人 {actor}、記録の番号 {id}。"),
    "entry-included": ("The entry is in the tree of {size} entries, at index {index} counted from 0.",
                       "この記録は、{size}件の記録の木に入っています。位置は、0から数えて{index}です。"),
    "checkpoint-signed": ("The log {origin} signed the checkpoint of {size} entries. Key: {key}",
                          "記録簿 {origin} は、{size}件のチェックポイントに署名しています。鍵: {key}"),
    "keys-succeed": ("{count} keys of the log follow each other; each old key signed for the new one.",
                     "記録簿の鍵は{count}個が順に続いており、新しい鍵には前の鍵の署名があります。"),
    "witnessed": ("{organisation} cosigned the checkpoint: all of it was in the log by {at}. Key: {key}",
                  "{organisation}が、このチェックポイントに署名しています。内容は、{at} までに記録簿に入っていました。鍵: {key}"),
    "only-added": ("All {count} signed checkpoints, from {since} entries on, are of this one tree: the log only added entries.",
                   "{since}件の時点からの署名された{count}個のチェックポイントは、すべてこの木のものです。記録簿は、記録を加えただけです。"),
    "entries-fit": ("All {size} entries are the signed ones, in their order: {opened} with their text, {sealed} not for this reader and {erased} stated to be erased, of which the leaf hashes are here.",
                    "{size}件の記録は、すべて署名された内容と順序のとおりです。本文があるものは{opened}件です。この写しを読む人に見せられない{sealed}件と、消去済みと記載された{erased}件は、葉のハッシュ値だけです。"),
    "entry-in-the-bundle": ("{file}: its entry stands in {other}, at index {index}.",
                            "{file}: この記録は、{other} の位置{index}にあります。"),
    "same-tree": ("{file} and {other} show the same tree, up to {size} entries.",
                  "{file} と {other} は、{size}件まで同じ木を示しています。"),
    # What could not be checked, and what would help.
    "key-from-the-file": ("The log's key was taken from the file itself. Compare it with the key that the log publishes elsewhere, or give that one with --key. Key: {key}",
                          "記録簿の鍵は、このファイルから読み取りました。別の場所で公開されている鍵と見比べるか、その鍵を --key で指定してください。鍵: {key}"),
    "keys-before-the-given": ("The key given does not vouch for keys before it. Give the oldest key to check what they signed. Keys: {keys}",
                              "指定された鍵では、それより前の鍵を確かめられません。前の鍵の署名も確かめるには、最も古い鍵を指定してください。鍵: {keys}"),
    "no-witness": ("No organisation cosigned this checkpoint. Keep it, and compare it with what others received.",
                   "このチェックポイントに署名した立会機関はありません。保管し、ほかの人が受け取ったものと見比べてください。"),
    "not-sequenced-yet": ("This receipt has no signature, because the entry was not yet in the tree. Fetch a new one 60 seconds after {at}. Should there be none, verify this one with a bundle signed later: it shows the omission.",
                          "記録がまだ木に入っていなかったため、この記録証には署名がありません。{at} の60秒後より後に、新しい記録証を受け取ってください。受け取れないときは、それより後に署名された検証用の写しと一緒に検証すると、記録が抜けていることが分かります。"),
    "only-stated": ("Not signed, only stated: the lines around a receipt's marks, the names of organisations, when a receipt or bundle was made and for whom, and the instants of checkpoints and erasures.",
                    "次のものは記載だけで、署名されていません。記録証の印の外の文、機関の名前、記録証や写しを作成した時刻と相手、チェックポイントと消去の時刻。"),
    "sequenced-late": ("{count} entries entered the tree more than 60 seconds after their instant, the first at index {index}. Ask why: the worker may have stood still, or they were dated back.",
                       "{count}件の記録は、その時刻から60秒を過ぎて木に入りました。最初のものは位置{index}です。処理が止まっていたのか、さかのぼった日付なのかを問い合わせてください。"),
    "other-script": ("The verify.py inside the bundle is not this script. Run neither unless you know where it comes from.",
                     "写しの中の verify.py は、このスクリプトと異なります。どちらも、入手元が分かる場合にだけ実行してください。"),
    "no-key": ("Nothing was checked: a checkpoint alone needs the log's key. Give it with --key, or a receipt or bundle of {origin} beside it.",
               "何も確かめていません。チェックポイントだけを確かめるには、記録簿の鍵が必要です。--key で指定するか、{origin} の記録証か検証用の写しを一緒に渡してください。"),
    # What is not so.
    "dated-after-its-checkpoint": ("The entry is dated {at}, after the checkpoint that first contains it ({by}).",
                                   "記録の時刻 {at} が、それを最初に含むチェックポイント({by})より後です。"),
    "differs": ("{what}: {expected} expected, {found} found.",
                "{what}: {expected} であるはずですが、{found} です。"),
    "earlier-tree-differs": ("The log signed another tree of {size} entries at {signed_at}: since then an entry was changed, removed or put in. With its signature this is proof.",
                             "記録簿は {signed_at} に、{size}件の別の木に署名しています。その後に、記録が変更されたか、除かれたか、差し込まれました。署名があるため、これが証拠になります。"),
    "entry-at-another-index": ("{file}: its entry was signed at index {stated}, and stands in {other} at index {index}.",
                               "{file}: この記録は位置{stated}で署名されましたが、{other} では位置{index}にあります。"),
    "entry-differs": ("The first entry that is not the signed one stands at index {index}, or after it and before {stop}.",
                      "署名された内容と異なる最初の記録は、位置{index}か、それより後で{stop}より前にあります。"),
    "entry-omitted": ("{file}: the entry of {at} is missing in {other}, signed by its own word at {by}. The receipt has no signature, so it shows the omission without proving it: ask the log for its account.",
                      "{file}: {at} の記録が {other}(記載された署名の時刻は {by})にありません。記録証には署名がないため、抜けていることは分かりますが、証拠にはなりません。記録簿の運用者に説明を求めてください。"),
    "given-key-is-not-here": ("The file is of the log {origin}, and none of its keys is one given with --key. If the key given is newer than the file, give the one before it, or take the file again.",
                              "このファイルは記録簿 {origin} のもので、--key で指定された鍵がありません。"),
    "leaf-differs": ("The entry's text and salt do not give its commitment and leaf: one of them was changed.",
                     "記録の本文とソルトから、コミットメントと葉のハッシュ値が得られません。どれかが変更されています。"),
    "malformed": ("{what}: not in the form in which the log writes it ({found}).",
                  "{what}: 記録簿が書く形ではありません({found})。"),
    "not-in-order": ("The checkpoint is not later and larger than the one before it.",
                     "チェックポイントが、一つ前より後で、件数が多いものになっていません。"),
    "not-signed-by-the-log": ("The checkpoint has no signature of a key that counts here.",
                              "チェックポイントに、ここで認められる鍵の署名がありません。"),
    "receipts-contradict": ("{file} and {other} contradict each other: one index holds one entry (indexes {index} and {second}). This proves that the log changed what it had signed.",
                            "{file} と {other} は矛盾します。一つの位置には一つの記録があるはずです(位置{index}と位置{second})。記録簿が署名済みの内容を変えた証拠です。"),
    "signature-does-not-fit": ("A signature does not fit its key: the text or the signature was changed. Key: {key}",
                               "署名が鍵に合いません。本文か署名が変更されています。鍵: {key}"),
    "signed-entry-omitted": ("{file}: the signed entry of {at} is missing in {other} ({by}). This proves that the log left it out.",
                             "{file}: 署名された {at} の記録が、{other}({by})にありません。記録簿がこの記録を除いた証拠です。"),
    "split-view": ("{file} and {other} show two different trees of {size} entries, both signed by the log. This proves that it showed different people different things.",
                   "{file} と {other} は、どちらも署名がある{size}件の木ですが、内容が異なります。記録簿が、人によって異なる内容を見せた証拠です。"),
    "split-view-of-unlike-keys": ("{file} and {other} show two different trees of {size} entries, signed by keys that no succession joins. Find out which key is the log's.",
                                  "{file} と {other} は、{size}件の異なる木を示しています。署名した鍵のつながりは分かりません。どちらが記録簿の鍵かを確かめてください。"),
    "keys-do-not-succeed": ("The keys are not those of {origin}, each new one signed for by itself and by the one before it.",
                            "{origin} の鍵ではないか、鍵の引き継ぎに、前の鍵と新しい鍵の両方の署名がそろっていません。"),
    "proof-does-not-fit": ("The proof does not lead from the entry at its index to the signed root.",
                           "記録の位置から、署名された木の根に至る証明になっていません。"),
    "needs-a-larger-bundle": ("{file} and {other} cannot be compared: a later bundle of the log would show whether they fit.",
                              "{file} と {other} は比べられません。より新しい検証用の写しがあれば、合うかどうかを確かめられます。"),
}
# fmt: on


def _shown(value: object) -> str:
    """Write a fact for people; what a terminal would act upon is spelled out."""
    if isinstance(value, datetime):
        with contextlib.suppress(OverflowError):  # the last hours of the year 9999
            value = value.astimezone(timezone(timedelta(hours=9)))
    text = f"{value:,}" if type(value) is int else str(value)
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text) or "–"


def as_text(reports: Sequence[Report], *, japanese: bool) -> str:
    """Write the reports for people: for each file, one sentence a finding with its place."""
    lines = []
    for report in reports:
        lines.append(_shown(report.file))
        for one in report.findings:
            facts = {name: _shown(value) for name, value in one["facts"].items()}
            said = SENTENCES[one["code"]][japanese].format_map(facts)
            where = one["where"] and one["where"] + ": "
            lines.append(f"  [{SENTENCES[one['result']][japanese]}] {where}{said}")
    return "\n".join([*lines, SENTENCES["all-" + verdict_of(reports)][japanese], ""])


def as_json(reports: Sequence[Report]) -> str:
    """Write the reports as one document, for programs."""
    names = ("file", "kind", "findings")
    files = [{name: getattr(one, name) for name in names} for one in reports]
    document = {"verdict": verdict_of(reports), "files": files}
    return json.dumps(document, indent=1, default=str) + "\n"


# Section 10. The command line.


def check_file(file: str, given: Sequence[VerifierKey], learnt: Sequence[VerifierKey]) -> Report:
    """Check one file, whatever it is; the first thing that is wrong ends its report."""
    report = Report(file)
    try:
        with pathlib.Path(file).open("rb") as opened:
            data = opened.read(LONGEST_FILE + 1)
            if data.startswith(b"PK"):
                check_bundle(report, opened, given)
            elif len(data) > LONGEST_FILE:
                raise _malformed("file", f"> {LONGEST_FILE:,} bytes")
            elif (inside := receipt_in(data)) is not None:
                check_receipt(report, inside, given)
            else:
                check_note(report, data.decode(), given or learnt)
    except UnicodeDecodeError:
        report.say("wrong", "malformed", what="note", found="…")
    except Wrong as wrong:
        report.say("wrong", wrong.code, wrong.where, **wrong.facts)
    return report


def check_files(files: Sequence[str], given: Sequence[VerifierKey]) -> list[Report]:
    """Check each file alone, then all together; keys of receipts and bundles serve notes too."""
    reports = [check_file(file, given, ()) for file in files]
    learnt = [key for report in reports for key in report.keys]
    for place, report in enumerate(reports):
        if report.kind == "checkpoint" and not report.keys:
            reports[place] = check_file(report.file, given, learnt)
    together = compare(reports)
    return [*reports, together] if together.findings else reports


def verdict_of(reports: Sequence[Report]) -> str:
    """Sum up: wrong, else unchecked where some file could not be checked at all, else right."""
    findings = [finding for report in reports for finding in report.findings]
    if any(finding["result"] == "wrong" for finding in findings):
        return "wrong"
    return "unchecked" if any(finding["code"] == "no-key" for finding in findings) else "right"


def main(words: Sequence[str] | None = None) -> int:
    """Check files; 0 when nothing is wrong, 1 when something is, 2 when nothing was checked."""
    terminal = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    language = "ja" if next(filter(None, terminal), "").startswith("ja") else "en"
    parser = argparse.ArgumentParser(prog="verify.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", metavar="FILE", help="receipt, bundle or checkpoint")
    parser.add_argument(
        "--key", type=VerifierKey.parse, action="append", default=[], help="the log's key"
    )
    parser.add_argument("--lang", choices=("ja", "en"), default=language)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    try:
        chosen = parser.parse_args(words)
        reports = check_files(chosen.files, chosen.key)
    except (OSError, Wrong) as refused:
        parser.error(str(refused))
    out = as_json(reports) if chosen.json else as_text(reports, japanese=chosen.lang == "ja")
    sys.stdout.buffer.write(out.encode("utf-8", "backslashreplace"))
    return {"right": 0, "wrong": 1, "unchecked": 2}[verdict_of(reports)]


if __name__ == "__main__":
    sys.exit(main())
