"""Verifies receipts, bundles and checkpoints of a banso ledger, offline and alone.

This file needs Python 3.9 or later and nothing else: it imports the standard library only and
opens no connection. Copy it, read it from top to bottom, and run `python3 verify.py FILE…`.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import contextlib
import functools
import hashlib
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
    from collections.abc import Callable, Iterator, Sequence

HASH_BYTES = 32
UTC = timezone.utc  # noqa: UP017 - the short name came with Python 3.11
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    *left, root = peaks
    for peak in reversed(left):
        root = node_hash(peak, root)
    return root


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


def root_of_inclusion(index: int, size: int, leaf: bytes, hashes: Sequence[bytes]) -> bytes:
    """Climb from a leaf to the root that an inclusion proof gives (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise Wrong("index-outside-the-tree", index=index, size=size)
    node, last, root = index, size - 1, leaf
    for sibling in hashes:
        if last == 0:
            raise Wrong("proof-of-wrong-length", index=index, size=size)
        if node & 1 or node == last:
            root = node_hash(sibling, root)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise Wrong("proof-of-wrong-length", index=index, size=size)
    return root


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
    is_complete = first_size & (first_size - 1) == 0
    path = [first_root, *hashes] if is_complete else list(hashes)
    return bool(path) and _climb(first_size, second_size, path) == (first_root, second_root)


def _climb(first_size: int, second_size: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    node, last = first_size - 1, second_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if node & 1 or node == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        node, last = node >> 1, last >> 1
    return (first, second) if last == 0 else None


# Section 2. Ed25519 signatures (RFC 8032, section 5.1), verification only.
# A point is (X, Y, Z, T) with x = X/Z, y = Y/Z and x·y = T/Z.

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_SQRT_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_NEUTRAL = (0, 1, 1, 0)
_BASE = bytes([0x58]) + bytes([0x66]) * 31


def _add(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """Add two points (RFC 8032, 5.1.4)."""
    ax, ay, az, at = a
    bx, by, bz, bt = b
    low, high = (ay - ax) * (by - bx) % _P, (ay + ax) * (by + bx) % _P
    cross, double = 2 * at * bt * _D % _P, 2 * az * bz % _P
    e, f, g, h = high - low, double - cross, double + cross, high + low
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _decoded(encoded: bytes) -> tuple[int, ...] | None:
    """Decode a point, in its one canonical form only (RFC 8032, 5.1.3)."""
    number = int.from_bytes(encoded, "little")
    y, is_odd = number & ((1 << 255) - 1), number >> 255
    if y >= _P:
        return None
    u, v = (y * y - 1) % _P, (_D * y * y + 1) % _P
    x = u * pow(v, 3, _P) * pow(u * pow(v, 7, _P), (_P - 5) // 8, _P) % _P
    if v * x * x % _P != u:
        x = x * _SQRT_MINUS_ONE % _P
    if v * x * x % _P != u or (x == 0 and is_odd):
        return None
    x = _P - x if x & 1 != is_odd else x
    return (x, y, 1, x * y % _P)


def _encoded(point: tuple[int, ...]) -> bytes:
    """Encode a point (RFC 8032, 5.1.2)."""
    inverse = pow(point[2], -1, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(HASH_BYTES, "little")


@functools.lru_cache(maxsize=32)
def _multiples(encoded: bytes) -> list[list[tuple[int, ...]]] | None:
    """List 0…15 times the point, times each power of sixteen; None for no usable point.

    The list makes a signature of a known key some ten times cheaper than doubling and adding.
    A point of small order is no key: with it, everyone could sign.
    """
    point = _decoded(encoded)
    if point is None:
        return None
    rows = []
    for _ in range(64):
        row: list[tuple[int, ...]] = [_NEUTRAL]
        for _ in range(15):
            row.append(_add(row[-1], point))
        rows.append(row)
        point = _add(row[-1], point)
    is_of_small_order = _encoded(rows[0][8]) == _encoded(_NEUTRAL)
    return None if is_of_small_order else rows


def _times(rows: list[list[tuple[int, ...]]], factor: int) -> tuple[int, ...]:
    product: tuple[int, ...] = _NEUTRAL
    for row in rows:
        product = _add(product, row[factor & 15])
        factor >>= 4
    return product


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the key signed the message (RFC 8032, 5.1.7, without the cofactor)."""
    if len(public) != HASH_BYTES or len(signature) != 2 * HASH_BYTES:
        return False
    r, s = signature[:HASH_BYTES], int.from_bytes(signature[HASH_BYTES:], "little")
    key, base = _multiples(public), _multiples(_BASE)
    if key is None or base is None or s >= _ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % _ORDER
    # R = S·B - k·A, and -k·A = (order - k)·A only without a small-order part: negate the point.
    x, y, z, t = _times(key, k)
    return _encoded(_add(_times(base, s), (_P - x, y, z, _P - t))) == r


# Section 3. Signed notes and checkpoints (c2sp.org/signed-note, /tlog-checkpoint and
# /tlog-cosignature).

LOG_KEY, COSIGNER_KEY = 0x01, 0x04
LONGEST_NOTE = 1 << 20
MOST_SIGNATURES = 100
_KEY_ID_BYTES, _TIME_BYTES = 4, 8
_KEY_NAME = re.compile(r"[^\s+\x00-\x1f]+")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,17}")


def _from_base64(text: str) -> bytes:
    """Decode base64 in its one canonical form (RFC 4648, sections 3.5 and 4)."""
    try:
        decoded = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error) as refused:
        raise Wrong("not-base64", text=text[:80]) from refused
    if base64.b64encode(decoded).decode() != text:
        raise Wrong("not-base64", text=text[:80])
    return decoded


def key_id(name: str, kind: int, public: bytes) -> bytes:
    """Compute the four bytes that name a key in a signature line."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:_KEY_ID_BYTES]


class VerifierKey(NamedTuple):
    """A public key with its name: of a log (0x01), or of a witness who cosigns (0x04)."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read `name+key id+base64`, and refuse a key id that is not the key's."""
        name, *rest = text.split("+", 2)
        if len(rest) != 2 or not _KEY_NAME.fullmatch(name):  # noqa: PLR2004 - id and key
            raise Wrong("not-a-verifier-key", text=text[:200])
        material = _from_base64(rest[1])
        key = cls(name, material[0] if material else 0, material[1:])
        is_known = key.kind in {LOG_KEY, COSIGNER_KEY} and len(key.public) == HASH_BYTES
        if not is_known or key.id.hex() != rest[0]:
            raise Wrong("not-a-verifier-key", text=text[:200])
        return key

    @property
    def id(self) -> bytes:
        """The key id, which a signature line begins with."""
        return key_id(self.name, self.kind, self.public)

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
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        if dash != "—" or not _KEY_NAME.fullmatch(name):
            raise Wrong("not-a-note", line=line[:80])
        decoded = _from_base64(encoded)
        if len(decoded) <= _KEY_ID_BYTES:
            raise Wrong("not-a-note", line=line[:80])
        return cls(name, decoded[:_KEY_ID_BYTES], decoded[_KEY_ID_BYTES:])

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
        body, blank, lines = text.rpartition("\n\n")
        if len(text) > LONGEST_NOTE or not blank or not lines.endswith("\n"):
            raise Wrong("not-a-note", line=text[:80])
        if _CONTROL.search(text) or lines.count("\n") > MOST_SIGNATURES:
            raise Wrong("not-a-note", line=text[:80])
        signatures = tuple(Signature.parse(line) for line in lines[:-1].split("\n"))
        return cls(body + "\n", signatures)

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


def cosigned_at(note: Note, key: VerifierKey) -> datetime | None:
    """Tell when the witness first cosigned the note, if it did (c2sp.org/tlog-cosignature)."""
    found = note.signatures_of(key) if key.kind == COSIGNER_KEY else []
    instants = [_cosigned_at(note.body, key.public, one) for one in found]
    known = [instant for instant in instants if instant is not None]
    return min(known) if known and len(known) == len(instants) else None


def cosigned_message(body: str, seconds: int) -> bytes:
    """Write what a witness signs: that it saw this checkpoint at this second."""
    return f"cosignature/v1\ntime {seconds}\n{body}".encode()


def _cosigned_at(body: str, public: bytes, signature: bytes) -> datetime | None:
    seconds = int.from_bytes(signature[:_TIME_BYTES], "big")
    message = cosigned_message(body, seconds)
    if not ed25519_verify(public, message, signature[_TIME_BYTES:]):
        return None
    try:
        return EPOCH + timedelta(seconds=seconds)
    except OverflowError:  # a year that no calendar has
        return None


class Checkpoint(NamedTuple):
    """A tree that the log vouches for: whose, how many leaves, which root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, body: str) -> Checkpoint:
        """Read the body of a checkpoint's note."""
        origin, *rest = body[:-1].split("\n")
        if len(rest) < 2 or not all([body.endswith("\n"), origin, *rest]):  # noqa: PLR2004 - size and root
            raise Wrong("not-a-checkpoint", text=body[:200])
        size, root, *extensions = rest
        if not _DECIMAL.fullmatch(size) or len(_from_base64(root)) != HASH_BYTES:
            raise Wrong("not-a-checkpoint", text=body[:200])
        return cls(origin, int(size), _from_base64(root), tuple(extensions))

    @property
    def body(self) -> str:
        """The lines that the log signs."""
        root = base64.b64encode(self.root).decode()
        return "\n".join([self.origin, str(self.size), root, *self.extensions, ""])


SUCCESSION = "banso key succession"


def succession_body(new: VerifierKey) -> str:
    """Write the text with which an old key of a log names the new one; both sign it."""
    return f"{SUCCESSION}\n{new.name}\n{new.text}\n"


def successor_in(note: Note, old: VerifierKey) -> VerifierKey | None:
    """Tell which key the old key named, if both it and the new key signed that."""
    lines = note.body.split("\n")
    if len(lines) != 4 or lines[:2] != [SUCCESSION, old.name]:  # noqa: PLR2004 - three lines, ended
        return None
    new = VerifierKey.parse(lines[2])
    if new == old:
        return None
    is_signed = note.body == succession_body(new) and signed_by(note, old) and signed_by(note, new)
    return new if is_signed else None


def check_signature(note: Note, keys: Sequence[VerifierKey]) -> bool:
    """Tell whether one of these keys signed; a false signature in its name is wrong."""
    named = [key for key in keys if note.signatures_of(key)]
    for key in named:
        if not signed_by(note, key):
            raise Wrong("signature-does-not-fit", key=key.text)
    return bool(named)


# Section 4. Reading strictly: one form for each thing, so that one meaning has one spelling.

_NOTHING = type(None)
_INSTANT = re.compile(
    r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
    r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z"
)
_CANONICAL = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_float(text: str) -> float:
    raise ValueError(f"{text} is no whole number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_no_float, parse_constant=_no_float
)
# Where the canonical form is asked for, a repeated name is found by that, at half the time.
_FAST_DECODER = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def parse_json(text: str | bytes, decoder: json.JSONDecoder = _DECODER) -> Any:  # noqa: ANN401 - whatever the file says
    """Read JSON without floats, repeated names or depth that no honest file has."""
    try:
        return decoder.decode(text if isinstance(text, str) else text.decode())
    except (ValueError, RecursionError) as refused:
        raise Wrong("not-json", text=repr(text[:80])) from refused


def _fields(value: Any, kinds: dict[str, tuple[type, ...]]) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """Take an object that has exactly these fields, of exactly these types."""
    if type(value) is not dict or value.keys() != kinds.keys():
        raise Wrong("unexpected-fields", expected=sorted(kinds))
    for name, allowed in kinds.items():
        if type(value[name]) not in allowed:
            raise Wrong("unexpected-value", field=name)
    return value


def _texts(values: list[Any], field: str) -> list[str]:
    if len(values) > MOST_SIGNATURES or not all(isinstance(value, str) for value in values):
        raise Wrong("unexpected-value", field=field)
    return values


def _bytes_of(text: str, field: str) -> bytes:
    """Read 32 bytes in lower-case hexadecimal."""
    try:
        value = bytes.fromhex(text)
    except ValueError as refused:
        raise Wrong("unexpected-value", field=field) from refused
    if len(value) != HASH_BYTES or value.hex() != text:
        raise Wrong("unexpected-value", field=field)
    return value


def _instant(text: str, field: str) -> datetime:
    """Read an instant in its one form: UTC, microseconds, Z."""
    if not _INSTANT.fullmatch(text):
        raise Wrong("unexpected-value", field=field)
    try:
        return datetime.fromisoformat(text[:-1]).replace(tzinfo=UTC)
    except ValueError as refused:  # the 31st of a short month
        raise Wrong("unexpected-value", field=field) from refused


def _leaf_of(salt: bytes, text: str) -> bytes:
    """Bind an entry's text as the ledger does: commitment over salt and text, then the leaf."""
    try:
        return leaf_hash(hashlib.sha256(salt + text.encode()).digest())
    except UnicodeEncodeError as refused:  # half a surrogate pair
        raise Wrong("unexpected-value", field="text") from refused


_ENTRY: dict[str, tuple[type, ...]] = {
    "id": (str,),
    "actor": (str,),
    "act": (str,),
    "subject_type": (str,),
    "subject_id": (str,),
    "clause": (str,),
    "at": (str,),
    "details": (dict,),
}


def parse_entry(text: str) -> dict[str, Any]:
    """Read an entry's text, which has one canonical form: sorted names, no spaces."""
    entry = _fields(parse_json(text, _FAST_DECODER), _ENTRY)
    is_canonical = False
    with contextlib.suppress(RecursionError):
        is_canonical = _CANONICAL.encode(entry) == text
    if not is_canonical:
        raise Wrong("not-canonical")
    if not _INSTANT.fullmatch(entry["at"]):
        raise Wrong("unexpected-value", field="at")
    return entry


# Section 5. What was found out, and the keys by which signatures count.


class Finding(NamedTuple):
    """One thing that was found out: right, unchecked or wrong; its sentence is in section 9."""

    result: str
    code: str
    facts: dict[str, object]
    where: str = ""


class Report:
    """What was found out about one file, up to the first thing that is wrong."""

    def __init__(self, file: str, kind: str = "unknown") -> None:
        self.file = file
        self.kind = kind
        self.findings: list[Finding] = []
        self.keys: list[VerifierKey] = []
        self.has_older_keys = False
        self.head: Checkpoint | None = None
        self.receipt: Receipt | None = None
        self.bundle: Bundle | None = None

    def right(self, code: str, **facts: object) -> None:
        """Say what was checked and is so."""
        self.findings.append(Finding("right", code, facts))

    def unchecked(self, code: str, **facts: object) -> None:
        """Say what could not be checked."""
        self.findings.append(Finding("unchecked", code, facts))

    def wrong(self, wrong: Wrong) -> None:
        """Say what is not so, and where."""
        self.findings.append(Finding("wrong", wrong.code, wrong.facts, wrong.where))

    @property
    def is_right(self) -> bool:
        """Tell whether nothing wrong was found."""
        return all(finding.result != "wrong" for finding in self.findings)


def trust_keys(report: Report, facts: dict[str, Any], given: Sequence[VerifierKey]) -> None:
    """Find the keys that count: those given, else the file's first, and their successors.

    A key counts when a key that counts already named it. The other way round proves nothing:
    anyone can sign that they were replaced by a key.
    """
    origin = facts["origin"]
    stated = [VerifierKey.parse(text) for text in _texts(facts["keys"], "keys")]
    notes = [Note.parse(text) for text in _texts(facts["successions"], "successions")]
    if not stated or any(key[:2] != (origin, LOG_KEY) for key in stated):
        raise Wrong("key-of-another-log", origin=origin)
    report.keys = _given_for(origin, given) or stated[:1]
    if not given:
        report.unchecked("key-from-the-file", key=stated[0].text)
    used = _follow(report.keys, notes)
    missing = [key.text for key in stated if key not in report.keys]
    if missing and not given:
        raise Wrong("key-without-succession", key=missing[0])
    if not given and (used < len(notes) or len(notes) != len(stated) - 1):
        raise Wrong("succession-does-not-fit")
    if not given and stated != report.keys:
        raise Wrong("unexpected-value", field="keys")
    if missing:
        report.has_older_keys = True
        report.unchecked("keys-before-the-given", keys=missing)
    if len(report.keys) > 1:
        report.right("keys-succeed", count=len(report.keys))


def _given_for(origin: str, given: Sequence[VerifierKey]) -> list[VerifierKey]:
    chosen = [key for key in given if key.name == origin]
    if given and not chosen:
        raise Wrong("given-key-of-another-log", origin=origin)
    return chosen


def _follow(keys: list[VerifierKey], notes: list[Note]) -> int:
    """Add each key that a key of the list named, in the order of the notes; count the notes."""
    used = 0
    for note in notes:
        successors = [successor_in(note, key) for key in keys]
        found = [key for key in successors if key is not None]
        keys += [key for key in found[:1] if key not in keys]
        used += bool(found)
    return used


def check_head(report: Report, text: str, origin: str) -> Note:
    """Read the file's checkpoint, which a key that counts must have signed."""
    note = Note.parse(text)
    head = Checkpoint.parse(note.body)
    if head.origin != origin:
        raise Wrong("checkpoint-of-another-log", origin=head.origin)
    if not check_signature(note, report.keys):
        raise Wrong("checkpoint-not-signed", origin=origin)
    report.head = head
    report.right("checkpoint-signed", origin=origin, size=head.size)
    return note


def check_witnesses(report: Report, note: Note, stated: list[Any]) -> None:
    """Say which organisations saw the checkpoint, and when."""
    seen = 0
    for value in stated[:MOST_SIGNATURES]:
        witness = _fields(value, {"organisation": (str,), "key": (str,)})
        key, organisation = VerifierKey.parse(witness["key"]), witness["organisation"]
        if key.kind != COSIGNER_KEY:
            raise Wrong("not-a-verifier-key", text=key.text)
        if note.signatures_of(key):
            at = cosigned_at(note, key)
            if at is None:
                raise Wrong("cosignature-does-not-fit", organisation=organisation, key=key.text)
            report.right("witnessed", organisation=organisation, at=at, key=key.text)
            seen += 1
    if not seen:
        report.unchecked("no-witness")


# Section 6. A receipt: one entry, as its person keeps it.

BEGIN, END = b"-----BEGIN BANSO RECEIPT-----", b"-----END BANSO RECEIPT-----"
LONGEST_RECEIPT = 1 << 24
SEQUENCED_WITHIN = timedelta(seconds=60)
_RECEIPT: dict[str, tuple[type, ...]] = {
    "banso": (str,),
    "version": (int,),
    "origin": (str,),
    "salt": (str,),
    "text": (str,),
    "commitment": (str,),
    "leaf": (str,),
    "index": (int, _NOTHING),
    "proof": (list,),
    "checkpoint": (str, _NOTHING),
    "keys": (list,),
    "successions": (list,),
    "witnesses": (list,),
    "served_at": (str,),
}


class Receipt(NamedTuple):
    """What a receipt says that other files can confirm or refute."""

    origin: str
    leaf: bytes
    at: datetime
    position: int | None


def receipt_in(data: bytes) -> bytes | None:
    """Find the receipt between its marks, in a text or in a PDF; None where there is none."""
    _, begin, rest = data.partition(BEGIN)
    inside, end, after = rest.partition(END)
    if not begin and END not in data:
        return None
    if not begin or not end or BEGIN in rest or END in after or len(inside) > LONGEST_RECEIPT:
        raise Wrong("not-one-receipt")
    return inside.strip()


def check_receipt(report: Report, inside: bytes, given: Sequence[VerifierKey]) -> None:
    """Check a receipt from the entry's text up to the signed checkpoint."""
    report.kind = "receipt"
    facts = _fields(parse_json(inside), _RECEIPT)
    if (facts["banso"], facts["version"]) != ("receipt", 1):
        raise Wrong("unknown-version")
    _instant(facts["served_at"], "served_at")
    leaf, at = _check_entry(report, facts)
    trust_keys(report, facts, given)
    if facts["checkpoint"] is not None and facts["index"] is not None:
        _check_inclusion(report, facts, leaf)
    elif facts["checkpoint"] is None and facts["index"] is None and not facts["proof"]:
        report.unchecked("not-sequenced-yet", until=at + SEQUENCED_WITHIN)
    else:
        raise Wrong("unexpected-value", field="checkpoint")
    report.unchecked("only-between-marks")
    report.receipt = Receipt(facts["origin"], leaf, at, facts["index"])


def _check_entry(report: Report, facts: dict[str, Any]) -> tuple[bytes, datetime]:
    salt, text = _bytes_of(facts["salt"], "salt"), facts["text"]
    leaf = _leaf_of(salt, text)
    if hashlib.sha256(salt + text.encode()).hexdigest() != facts["commitment"]:
        raise Wrong("commitment-differs")
    if leaf.hex() != facts["leaf"]:
        raise Wrong("leaf-differs")
    entry = parse_entry(text)
    at = _instant(entry["at"], "at")
    names = ("id", "actor", "act", "subject_type", "subject_id", "clause")
    report.right("entry-bound", at=at, **{name: entry[name] for name in names})
    return leaf, at


def _check_inclusion(report: Report, facts: dict[str, Any], leaf: bytes) -> None:
    note = check_head(report, facts["checkpoint"], facts["origin"])
    hashes = [_bytes_of(one, "proof") for one in _texts(facts["proof"], "proof")]
    head, index = Checkpoint.parse(note.body), facts["index"]
    if root_of_inclusion(index, head.size, leaf, hashes) != head.root:
        raise Wrong("proof-does-not-fit", index=index, size=head.size)
    report.right("entry-included", index=index, size=head.size, hashes=len(hashes))
    check_witnesses(report, note, facts["witnesses"])


# Section 7. A bundle: every leaf of the log, and the texts that its reader may see.

MEMBERS = (
    "README.txt",
    "verify.py",
    "bundle.json",
    "checkpoint",
    "checkpoints.jsonl",
    "entries.jsonl",
    "tree.bin",
)
LONGEST_LINE = 1 << 22
LONGEST_MEMBER = 1 << 24
MOST_COMPRESSED = 200
_CHUNK = 1 << 20
LONGEST_FILE = 1 << 26
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_BUNDLE: dict[str, tuple[type, ...]] = {
    "banso": (str,),
    "version": (int,),
    "origin": (str,),
    "size": (int,),
    "made_at": (str,),
    "reader": (str,),
    "keys": (list,),
    "successions": (list,),
    "witnesses": (list,),
    "checkpoints": (int,),
    "opened": (int,),
    "erased": (int,),
}


class Past(NamedTuple):
    """A checkpoint that the log signed on its way; the instant is stated, not signed."""

    size: int
    root: bytes
    signed_at: str
    late_before: str


class Bundle:
    """The whole tree of a bundle: each level's complete subtrees, as one run of bytes."""

    def __init__(self, origin: str, leaves: bytes, signed_at: datetime) -> None:
        self.origin = origin
        self.size = len(leaves) // HASH_BYTES
        self.signed_at = signed_at
        self.levels = [leaves]
        while len(self.levels[-1]) > HASH_BYTES:
            self.levels.append(_level_above(self.levels[-1]))

    def subtree(self, level: int, index: int) -> bytes:
        """Give the root of a complete subtree."""
        return self.levels[level][index * HASH_BYTES : (index + 1) * HASH_BYTES]

    def root(self, size: int) -> bytes:
        """Compute the root of the first `size` leaves."""
        return root_of_tree(size, self.subtree)

    def index_of(self, leaf: bytes) -> int | None:
        """Find a leaf."""
        place = self.levels[0].find(leaf)
        while place % HASH_BYTES and place != -1:
            place = self.levels[0].find(leaf, place + 1)
        return None if place == -1 else place // HASH_BYTES


def _level_above(level: bytes) -> bytes:
    sha256, pair = hashlib.sha256, 2 * HASH_BYTES
    pairs = range(0, len(level) - HASH_BYTES, pair)
    return b"".join([sha256(b"\x01" + level[one : one + pair]).digest() for one in pairs])


def stored_hashes(size: int) -> int:
    """Count the complete subtrees of a tree, which tree.bin holds: n + n/2 + n/4, and so on."""
    return sum(size >> level for level in range(size.bit_length()))


def check_bundle(report: Report, file: IO[bytes], given: Sequence[VerifierKey]) -> None:
    """Check a bundle: keys, checkpoint, every entry, the tree, every earlier checkpoint."""
    report.kind = "bundle"
    try:
        with zipfile.ZipFile(file) as archive:
            _check_members(archive)
            _check_archive(report, archive, given)
    except _DAMAGED as damaged:
        raise Wrong("archive-damaged", reason=str(damaged)[:200]) from damaged


def _check_members(archive: zipfile.ZipFile) -> None:
    """Refuse what is not exactly our files, and what would unpack to far more than it is."""
    members = archive.infolist()
    if sorted(member.filename for member in members) != sorted(MEMBERS):
        raise Wrong("not-these-files", names=[member.filename[:80] for member in members[:20]])
    for member in members:
        if member.file_size > MOST_COMPRESSED * (member.compress_size + _CHUNK // 100):
            raise Wrong("too-much-compressed", member=member.filename)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > LONGEST_MEMBER:
        raise Wrong("too-long", member=name)
    return archive.read(name)


def _lines(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Read a file line by line; each line ends."""
    rest = b""
    with archive.open(name) as member:
        while chunk := member.read(_CHUNK):
            *lines, rest = (rest + chunk).split(b"\n")
            if len(rest) > LONGEST_LINE:
                raise Wrong("too-long", member=name)
            yield from lines
    if rest:
        raise Wrong("line-not-ended", member=name)


def _check_archive(report: Report, archive: zipfile.ZipFile, given: Sequence[VerifierKey]) -> None:
    facts = _fields(parse_json(_read(archive, "bundle.json")), _BUNDLE)
    if (facts["banso"], facts["version"]) != ("bundle", 1):
        raise Wrong("unknown-version")
    _instant(facts["made_at"], "made_at")
    if facts["reader"] not in {"auditor", "person"}:
        raise Wrong("unexpected-value", field="reader")
    trust_keys(report, facts, given)
    note = check_head(report, _text_of(_read(archive, "checkpoint")), facts["origin"])
    head = Checkpoint.parse(note.body)
    if head.size != facts["size"]:
        raise Wrong("unexpected-value", field="size")
    check_witnesses(report, note, facts["witnesses"])
    past = _check_past(report, archive, head)
    bundle, lines = _check_leaves(report, archive, past)
    _check_tree(archive, bundle)
    _check_growth(report, bundle, past)
    counts = {"checkpoints": len(past), "opened": lines.opened, "erased": lines.erased}
    _check_counts(report, facts, counts)
    _tell_lines(report, lines)
    _read(archive, "README.txt")  # for its checksum alone
    if _read(archive, "verify.py") != pathlib.Path(__file__).read_bytes():
        report.unchecked("other-script")
    report.bundle = bundle


def _check_counts(report: Report, facts: dict[str, Any], counts: dict[str, int]) -> None:
    for field, count in counts.items():
        if facts[field] != count:
            raise Wrong("count-differs", field=field, stated=facts[field], count=count)
    report.right("entries-fit", size=facts["size"], **counts)


def _tell_lines(report: Report, lines: Lines) -> None:
    sealed = lines.count - lines.opened - lines.erased
    if lines.late:
        report.unchecked("sequenced-late", count=lines.late, index=lines.first_late)
    if sealed:
        report.unchecked("entries-sealed", count=sealed)
    if lines.erased:
        report.unchecked("entries-erased", count=lines.erased)
    report.unchecked("only-stated")


def _text_of(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as refused:
        raise Wrong("not-a-note", line=repr(data[:80])) from refused


_PAST: dict[str, tuple[type, ...]] = {"size": (int,), "signed_at": (str,), "note": (str,)}


def _check_past(report: Report, archive: zipfile.ZipFile, head: Checkpoint) -> list[Past]:
    """Read all checkpoints in their order, of which the last is the bundle's."""
    past: list[Past] = []
    signed = 0
    for line in _lines(archive, "checkpoints.jsonl"):
        try:
            one, is_signed = _past(line, head.origin, report.keys)
            if past and (one.size <= past[-1].size or one.signed_at < past[-1].signed_at):
                raise Wrong("not-in-order")  # noqa: TRY301 - named with its line, as the others
            if not is_signed and not report.has_older_keys:
                raise Wrong("checkpoint-not-signed", origin=head.origin)  # noqa: TRY301 - as above
        except Wrong as wrong:
            wrong.where = f"checkpoints.jsonl:{len(past) + 1}"
            raise
        past.append(one)
        signed += is_signed
    if not past or past[-1][:2] != (head.size, head.root):
        raise Wrong("last-checkpoint-differs", size=head.size)
    if signed < len(past):
        report.unchecked("checkpoints-of-other-keys", count=len(past) - signed)
    report.right("checkpoints-signed", count=signed)
    return past


def _past(line: bytes, origin: str, keys: Sequence[VerifierKey]) -> tuple[Past, bool]:
    facts = _fields(parse_json(line), _PAST)
    note = Note.parse(facts["note"])
    checkpoint, signed_at = Checkpoint.parse(note.body), _instant(facts["signed_at"], "signed_at")
    if checkpoint.origin != origin:
        raise Wrong("checkpoint-of-another-log", origin=checkpoint.origin)
    if checkpoint.size != facts["size"]:
        raise Wrong("unexpected-value", field="size")
    late_before = signed_at - min(SEQUENCED_WITHIN, signed_at - EARLIEST)
    past = Past(checkpoint.size, checkpoint.root, facts["signed_at"], instant_text(late_before))
    return past, check_signature(note, keys)


class Lines:
    """The entries of a bundle, read once and in order: their leaves, and what else they tell."""

    def __init__(self, past: Sequence[Past]) -> None:
        self.leaves = bytearray()
        self.count = 0
        self.opened = 0
        self.erased = 0
        self.late = 0
        self.first_late = 0
        self._past = iter(past)
        self._first = next(self._past)

    def add(self, line: bytes) -> None:
        """Take the next line; it is wrong when its own text, salt and leaf do not fit."""
        facts = parse_json(line)
        names = facts.keys() if type(facts) is dict else ()
        if names == _OPENED:
            self._open(facts)
        elif names == _ERASED:
            _instant(_string(facts, "erased"), "erased")
            self.erased += 1
        elif names != _SEALED:
            raise Wrong("unexpected-fields", expected=sorted(_OPENED))
        if type(facts["index"]) is not int or facts["index"] != self.count:
            raise Wrong("other-index", stated=facts["index"])
        self.leaves += _bytes_of(_string(facts, "leaf"), "leaf")
        self.count += 1

    def _open(self, facts: dict[str, Any]) -> None:
        text = _string(facts, "text")
        leaf = _leaf_of(_bytes_of(_string(facts, "salt"), "salt"), text)
        if leaf.hex() != facts["leaf"]:
            raise Wrong("leaf-differs")
        self._date(parse_entry(text)["at"])
        self.opened += 1

    def _date(self, at: str) -> None:
        """Compare the entry's instant with the first checkpoint that contains it.

        Instants of one form compare as texts.
        """
        while self._first.size <= self.count:
            self._first = next(self._past, _NEVER)
        if at > self._first.signed_at:
            raise Wrong("dated-after-its-checkpoint", at=at, signed_at=self._first.signed_at)
        if at < self._first.late_before:
            self.first_late = self.first_late if self.late else self.count
            self.late += 1


_SEALED, _ERASED = {"index", "leaf"}, {"index", "leaf", "erased"}
_OPENED = {"index", "leaf", "salt", "text"}
EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
_NEVER = Past(1 << 62, b"", "9999", "")


def instant_text(at: datetime) -> str:
    """Write an instant in the one form that the ledger uses."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _string(facts: dict[str, Any], field: str) -> str:
    if type(facts[field]) is not str:
        raise Wrong("unexpected-value", field=field)
    text: str = facts[field]
    return text


def _check_leaves(
    report: Report, archive: zipfile.ZipFile, past: list[Past]
) -> tuple[Bundle, Lines]:
    """Read all entries, and compare their tree with the signed one."""
    head, lines, refused = past[-1], Lines(past), None
    try:
        for line in _lines(archive, "entries.jsonl"):
            if lines.count == head.size:
                raise Wrong("entry-beyond-the-tree", size=head.size)  # noqa: TRY301 - as the others
            lines.add(line)
        if lines.count < head.size:
            raise Wrong("entries-cut", count=lines.count, size=head.size)  # noqa: TRY301 - as the others
    except Wrong as wrong:
        refused = wrong
        refused.facts["index"] = lines.count
        refused.where = f"entries.jsonl:{lines.count + 1}"
    signed_at = _instant(head.signed_at, "signed_at")
    bundle = Bundle(report.keys[0].name, bytes(lines.leaves), signed_at)
    if refused is not None or bundle.root(head.size) != head.root:
        is_whole = archive.getinfo("tree.bin").file_size == stored_hashes(head.size) * HASH_BYTES
        hashes = archive.read("tree.bin") if is_whole else b""
        raise first_wrong(bundle, Stored(hashes, head.size), past, refused)
    return bundle, lines


class Stored:
    """The tree as tree.bin states it, of which nothing is true before it fits the signed root."""

    def __init__(self, hashes: bytes, size: int) -> None:
        self.size = size
        self._hashes = hashes
        self.is_whole = len(hashes) == stored_hashes(size) * HASH_BYTES

    def subtree(self, level: int, index: int) -> bytes:
        """Give the root of a complete subtree, as stated."""
        place = (sum(self.size >> below for below in range(level)) + index) * HASH_BYTES
        return self._hashes[place : place + HASH_BYTES]


def first_wrong(
    bundle: Bundle, stored: Stored, past: Sequence[Past], refused: Wrong | None
) -> Wrong:
    """Name the first entry that is not the signed one, or the shortest range that holds it.

    From the signed root downwards, whatever hashes to what is above it is the signed tree; there
    the entries' own leaves can be compared one by one. Where tree.bin does not fit either, the
    checkpoints on the way still tell up to which size the entries are the signed ones.
    """
    start, stop = 0, stored.size
    fits = stored.is_whole and root_of_tree(stored.size, stored.subtree) == past[-1].root
    places = peaks_of(stored.size) if fits else []
    for level, index in places:
        found = _first_difference(bundle, stored, (level, index, stored.subtree(level, index)))
        if found is not None:
            start, stop = found
            break
    else:
        if fits and refused is not None:
            return refused
    for one in past:
        if one.size <= bundle.size and bundle.root(one.size) == one.root:
            start = max(start, one.size)
        else:
            stop = min(stop, one.size)
            break
    if refused is not None and (stop - start > 1 or start >= bundle.size):
        return refused
    code = "entry-differs" if stop - start == 1 else "entries-differ"
    wrong = Wrong(code, index=start, stop=stop)
    wrong.where = f"entries.jsonl:{start + 1}"
    return wrong


def _first_difference(
    bundle: Bundle, stored: Stored, node: tuple[int, int, bytes]
) -> tuple[int, int] | None:
    level, index, expected = node
    start, stop = index << level, (index + 1) << level
    if start >= bundle.size or (stop <= bundle.size and bundle.subtree(level, index) == expected):
        return None
    if level == 0:
        return start, stop
    left, right = stored.subtree(level - 1, 2 * index), stored.subtree(level - 1, 2 * index + 1)
    if node_hash(left, right) != expected:
        return start, stop
    return _first_difference(bundle, stored, (level - 1, 2 * index, left)) or _first_difference(
        bundle, stored, (level - 1, 2 * index + 1, right)
    )


def _check_tree(archive: zipfile.ZipFile, bundle: Bundle) -> None:
    """Compare tree.bin with the tree that the entries give."""
    with archive.open("tree.bin") as member:
        for level, hashes in enumerate(bundle.levels):
            stored = member.read(len(hashes))
            if stored != hashes:
                pairs = range(0, len(hashes), HASH_BYTES)
                index = next(
                    one
                    for one in pairs
                    if stored[one : one + HASH_BYTES] != hashes[one : one + HASH_BYTES]
                )
                raise Wrong("stored-tree-differs", level=level, index=index // HASH_BYTES)
        if member.read(1):
            raise Wrong("stored-tree-too-long")


def _check_growth(report: Report, bundle: Bundle, past: Sequence[Past]) -> None:
    """Compute every earlier root again: the log only ever added entries."""
    for one in past:
        if bundle.root(one.size) != one.root:
            raise Wrong("earlier-tree-differs", size=one.size, signed_at=one.signed_at)
    report.right("only-added", count=len(past), since=past[0].size)


# Section 8. Files that meet: what one shows of another.


def check_note(report: Report, text: str, keys: Sequence[VerifierKey]) -> None:
    """Check a checkpoint that came alone, by the keys given or learnt from other files."""
    report.kind = "checkpoint"
    note = Note.parse(text)
    head = Checkpoint.parse(note.body)
    report.keys = [key for key in keys if key.name == head.origin]
    if not report.keys:
        report.unchecked("no-key", origin=head.origin, size=head.size)
        return
    check_head(report, text, head.origin)


def compare(reports: Sequence[Report]) -> Report:
    """Hold the files against each other: omissions, and two views of one log."""
    together = Report("", "together")
    for one in reports:
        for other in reports:
            if one is not other and one.bundle is not None:
                _compare_with_bundle(together, one, one.bundle, other)
    bundles = [one.bundle for one in reports if one.bundle is not None]
    for place, one in enumerate(reports):
        for other in reports[place + 1 :]:
            _compare_heads(together, one, other, bundles)
            _compare_receipts(together, one, other)
    return together


def _compare_with_bundle(together: Report, whole: Report, bundle: Bundle, other: Report) -> None:
    """Find the other file's checkpoint and entry in the tree of the bundle."""
    head = other.head
    facts = {"file": other.file, "bundle": whole.file}
    if head is not None and head.origin == bundle.origin:
        facts_of_head = {**facts, "size": head.size}
        if head.size > bundle.size:
            together.unchecked("later-than-the-bundle", **facts_of_head)
        elif bundle.root(head.size) != head.root:
            _split(together, whole, other, head.size)
        else:
            together.right("fits-the-bundle", **facts_of_head)
    receipt = other.receipt
    if receipt is not None and receipt.origin == bundle.origin:
        _compare_receipt(together, bundle, receipt, facts)


def _compare_receipt(
    together: Report, bundle: Bundle, receipt: Receipt, facts: dict[str, str]
) -> None:
    """Find the receipt's entry in the bundle, or show that it is missing."""
    index = bundle.index_of(receipt.leaf)
    due = receipt.at + SEQUENCED_WITHIN
    if index is not None and receipt.position in {None, index}:
        together.right("entry-in-the-bundle", index=index, **facts)
    elif index is not None:
        together.wrong(
            Wrong("entry-at-another-index", index=index, stated=receipt.position, **facts)
        )
    elif receipt.position is not None and receipt.position >= bundle.size:
        together.unchecked("entry-later-than-the-bundle", index=receipt.position, **facts)
    elif receipt.position is None and bundle.signed_at <= due:
        together.unchecked("too-early-to-tell", until=due, **facts)
    else:
        code = "entry-omitted" if receipt.position is None else "signed-entry-omitted"
        together.wrong(Wrong(code, at=receipt.at, signed_at=bundle.signed_at, **facts))


def _compare_heads(
    together: Report, one: Report, other: Report, bundles: Sequence[Bundle]
) -> None:
    """Compare two checkpoints, unless a bundle that reaches as far has told already."""
    if one.head is None or other.head is None or one.head.origin != other.head.origin:
        return
    known = [bundle.size for bundle in bundles if bundle.origin == one.head.origin]
    if max(known, default=-1) >= max(one.head.size, other.head.size):
        return
    if one.head.size != other.head.size:
        together.unchecked("needs-a-bundle", file=one.file, other=other.file)
    elif one.head.root != other.head.root:
        _split(together, one, other, one.head.size)
    else:
        together.right("same-tree", file=one.file, other=other.file, size=one.head.size)


def _compare_receipts(together: Report, one: Report, other: Report) -> None:
    """Two receipts can refute each other even where their checkpoints cannot be compared."""
    first, second = one.receipt, other.receipt
    if first is None or second is None or first.origin != second.origin:
        return
    if first.position is None or second.position is None:
        return
    if (first.position == second.position) != (first.leaf == second.leaf):
        facts = {"file": one.file, "other": other.file}
        together.wrong(
            Wrong("receipts-contradict", index=first.position, second=second.position, **facts)
        )


def _split(together: Report, one: Report, other: Report, size: int) -> None:
    is_one_log = any(key in other.keys for key in one.keys)
    code = "split-view" if is_one_log else "split-view-of-unlike-keys"
    together.wrong(Wrong(code, file=one.file, other=other.file, size=size))


# Section 9. The sentences: for every code one in English and one in Japanese.
# ruff: noqa: E501 - a sentence stands on one line


def _sentences(text: str) -> dict[str, tuple[str, str]]:
    lines = text.split("\n")
    return {lines[one]: (lines[one + 1], lines[one + 2]) for one in range(0, len(lines) - 2, 3)}


# What was checked and is so.
SENTENCES = _sentences("""\
entry-bound
The entry's text gives the commitment and the leaf: {act} at {at}, on {subject_type} {subject_id}, clause {clause}, by person {actor}, entry {id}.
記録の本文は、約束値と葉のハッシュ値に一致します。内容: {act}、{at}、対象 {subject_type} {subject_id}、条項 {clause}、行った人 {actor}、記録の番号 {id}。
entry-included
The entry is in the tree of {size} entries, at index {index} counted from 0 (proof of {hashes} hashes).
この記録は、{size}件の記録の木に入っています。位置は、0から数えて{index}です(証明のハッシュ値は{hashes}個)。
checkpoint-signed
The log {origin} signed the checkpoint of {size} entries.
記録簿 {origin} は、{size}件のチェックポイントに署名しています。
keys-succeed
{count} keys of the log follow each other; each old key signed for the new one.
記録簿の鍵は{count}個が順に続いており、新しい鍵には前の鍵の署名があります。
witnessed
{organisation} cosigned the checkpoint: all of it was in the log by {at}. Key: {key}
{organisation}が、このチェックポイントに署名しています。内容は、{at}までに記録簿に入っていました。鍵: {key}
checkpoints-signed
The log signed {count} checkpoints, in their order.
記録簿は、{count}個のチェックポイントに順に署名しています。
only-added
All {count} checkpoints, from {since} entries on, are of this one tree: the log only added entries.
{since}件の時点からの{count}個のチェックポイントは、すべてこの一つの木のものです。記録簿は、記録を加えただけです。
entries-fit
All {size} entries are the signed ones, in their order; {opened} have their text here.
{size}件の記録は、すべて署名された内容と順序のとおりです。このうち{opened}件には本文があります。
fits-the-bundle
{file}: its checkpoint of {size} entries is of the same tree as {bundle}.
{file}: {size}件のチェックポイントは、{bundle} と同じ木のものです。
entry-in-the-bundle
{file}: its entry stands in {bundle}, at index {index}.
{file}: この記録は、{bundle} の位置{index}にあります。
same-tree
{file} and {other} show the same tree of {size} entries.
{file} と {other} は、{size}件の同じ木を示しています。
""")

# What could not be checked, and what would help.
SENTENCES |= _sentences("""\
key-from-the-file
The log's key was taken from the file itself. Compare it with the key that the log publishes elsewhere, or give that one with --key. Key: {key}
記録簿の鍵は、このファイルから読み取りました。別の場所で公開されている鍵と見比べるか、その鍵を --key で指定してください。鍵: {key}
keys-before-the-given
The key given does not vouch for keys before it. Give the oldest key to check what they signed. Keys: {keys}
指定された鍵では、それより前の鍵を確かめられません。前の鍵の署名も確かめるには、最も古い鍵を指定してください。鍵: {keys}
checkpoints-of-other-keys
{count} checkpoints are signed by no key that counts here. Their trees are checked by the last checkpoint.
{count}個のチェックポイントには、ここで認められる鍵の署名がありません。その木は、最後のチェックポイントによって確かめます。
no-witness
No organisation cosigned this checkpoint. Keep it, and compare it with what others received.
このチェックポイントに署名した立会機関はありません。保管し、ほかの人が受け取ったものと見比べてください。
not-sequenced-yet
This receipt has no signature, because the entry was not yet in the tree. Fetch a new receipt after {until}. Should there be none, verify this receipt together with a bundle signed after that instant: it shows the omission.
記録がまだ木に入っていなかったため、この控えには署名がありません。{until} より後に、新しい控えを受け取ってください。受け取れないときは、その時刻より後に署名された検証用の写しと一緒に検証すると、記録が抜けていることが分かります。
only-between-marks
Only what stands between the marks of the receipt was checked, not the lines around it. When the receipt was served, and the names of organisations, are stated and not signed.
確かめたのは、控えの印の間だけです。前後の文は確かめていません。控えを渡した時刻と機関の名前は記載だけで、署名されていません。
sequenced-late
{count} entries entered the tree more than 60 seconds after their instant, the first at index {index}. Ask why: the worker may have stood still, or they were dated back.
{count}件の記録は、その時刻から60秒を過ぎて木に入りました。最初のものは位置{index}です。処理が止まっていたのか、さかのぼった日付なのかを問い合わせてください。
entries-sealed
{count} entries are here as leaf hashes only, because the reader of this bundle may not see their text.
{count}件の記録は、この写しを読む人には本文を見せられないため、葉のハッシュ値だけです。
entries-erased
{count} entries are stated to be erased; their leaf hashes stay.
{count}件の記録は、消去済みと記載されています。葉のハッシュ値は残っています。
only-stated
The instants of checkpoints and erasures, when and for whom the bundle was made, and the names of organisations are stated and not signed.
チェックポイントと消去の時刻、写しを作成した時刻と相手、機関の名前は記載だけで、署名されていません。
other-script
The verify.py inside the bundle is not this script. Run neither unless you know where it comes from.
検証用の写しの中の verify.py は、このスクリプトと異なります。どちらも、入手元が分かる場合にだけ実行してください。
no-key
Nothing was checked: a checkpoint alone needs the log's key. Give it with --key, or a receipt or bundle of {origin} beside it.
何も確かめていません。チェックポイントだけを確かめるには、記録簿の鍵が必要です。--key で指定するか、{origin} の控えか検証用の写しを一緒に渡してください。
later-than-the-bundle
{file}: its checkpoint of {size} entries is later than {bundle}. A later bundle would show whether they fit.
{file}: {size}件のチェックポイントは、{bundle} より後のものです。より新しい写しがあれば、合うかどうかを確かめられます。
entry-later-than-the-bundle
{file}: its entry at index {index} is later than {bundle}.
{file}: 位置{index}の記録は、{bundle} より後のものです。
too-early-to-tell
{file}: {bundle} does not hold the entry, and was signed before {until}. Take a later bundle.
{file}: {bundle} にこの記録はありませんが、署名されたのは {until} より前です。より新しい写しを使ってください。
needs-a-bundle
{file} and {other} are of different sizes. A bundle of the log would show whether they are of one tree.
{file} と {other} は、件数が異なります。この記録簿の検証用の写しがあれば、一つの木のものかどうかを確かめられます。
""")

# What is not so.
SENTENCES |= _sentences("""\
archive-damaged
The archive cannot be unpacked ({reason}). Fetch it again.
圧縮ファイルを展開できません({reason})。もう一度取得してください。
checkpoint-not-signed
The checkpoint has no signature of a key that counts for {origin}.
チェックポイントに、{origin} の認められる鍵の署名がありません。
checkpoint-of-another-log
The checkpoint is of another log: {origin}.
チェックポイントが、別の記録簿 {origin} のものです。
commitment-differs
The entry's text and salt do not give the commitment: one of them was changed.
記録の本文とソルトから、約束値が得られません。どれかが変更されています。
cosignature-does-not-fit
The cosignature of {organisation} does not fit the checkpoint. Key: {key}
{organisation}の署名が、チェックポイントに合いません。鍵: {key}
count-differs
The bundle states {stated} for “{field}”, and holds {count}.
写しの「{field}」の記載は{stated}ですが、実際は{count}です。
dated-after-its-checkpoint
The entry is dated {at}, after the checkpoint that first contains it ({signed_at}).
記録の時刻 {at} が、それを最初に含むチェックポイント({signed_at})より後です。
earlier-tree-differs
The log signed another tree of {size} entries at {signed_at}: since then an entry was changed, removed or put in. With its signature this is proof.
記録簿は {signed_at} に、{size}件の別の木に署名しています。その後に、記録が変更されたか、除かれたか、差し込まれました。署名があるときは、これが証拠になります。
entries-cut
The bundle ends after {count} entries; the signed tree has {size}.
写しの記録は{count}件で終わっていますが、署名された木は{size}件です。
entries-differ
The first entry that is not the signed one stands at index {index}, or after it and before {stop}.
署名された内容と異なる最初の記録は、位置{index}以降、{stop}より前にあります。
entry-at-another-index
{file}: its entry was signed at index {stated}, and stands in {bundle} at index {index}.
{file}: この記録は位置{stated}で署名されましたが、{bundle} では位置{index}にあります。
entry-beyond-the-tree
There are more entries than the {size} of the signed tree.
署名された木の{size}件より多くの記録があります。
entry-differs
The entry at index {index} is not the signed one.
位置{index}の記録が、署名された内容と異なります。
entry-omitted
{file}: the entry of {at} is missing in {bundle}, whose checkpoint is stated to be of {signed_at}. The receipt has no signature, so it shows the omission without proving it: ask the log for its account.
{file}: {at} の記録が {bundle} にありません。そのチェックポイントは {signed_at} のものと記載されています。控えには署名がないため、抜けていることは分かりますが、証拠にはなりません。記録簿の運営者に説明を求めてください。
given-key-of-another-log
The file is of the log {origin}; no key given is that log's.
このファイルは記録簿 {origin} のものですが、指定された鍵はその記録簿のものではありません。
index-outside-the-tree
Index {index} lies outside the tree of {size} entries.
位置{index}は、{size}件の木の外です。
key-of-another-log
The file names no key, or a key that is not of {origin}.
鍵の記載がないか、{origin} のものではない鍵が記載されています。
key-without-succession
No earlier key signed for this key: {key}
前の鍵の署名がない鍵があります: {key}
last-checkpoint-differs
The list of checkpoints does not end with the bundle's checkpoint of {size} entries.
チェックポイントの一覧の最後が、写しの{size}件のチェックポイントではありません。
leaf-differs
The entry's text and salt do not give its leaf: one of them was changed.
記録の本文とソルトから、葉のハッシュ値が得られません。どれかが変更されています。
line-not-ended
{member} breaks off inside a line.
{member} が行の途中で終わっています。
not-a-checkpoint
This is not a checkpoint: {text}
チェックポイントではありません: {text}
not-a-note
This is not a signed note: {line}
署名された文書ではありません: {line}
not-a-verifier-key
This is not a key, or its key id is another's: {text}
鍵ではないか、鍵の番号が一致しません: {text}
not-base64
This is not base64: {text}
base64 ではありません: {text}
not-canonical
The entry's text is not in its one form (sorted names, no spaces).
記録の本文が、決められた形(名前順、空白なし)になっていません。
not-in-order
The checkpoint is not later and larger than the one before it.
チェックポイントが、一つ前より後で、件数が多いものになっていません。
not-json
This is not the JSON that the log writes: {text}
記録簿が書く JSON ではありません: {text}
not-one-receipt
The marks of the receipt are not there exactly once.
控えの始まりと終わりの印が、一つずつになっていません。
not-recognised
This is not a receipt, a bundle or a checkpoint.
控え、検証用の写し、チェックポイントのどれでもありません。
not-these-files
The archive does not hold exactly the files of a bundle: {names}
検証用の写しのファイルがそろっていないか、ほかのファイルがあります: {names}
other-index
The line states index {stated} and stands at {index}.
この行の記載は位置{stated}ですが、実際は位置{index}です。
proof-does-not-fit
The proof does not lead from the entry at index {index} to the root of {size} entries.
位置{index}の記録から、{size}件の木の根に至る証明になっていません。
proof-of-wrong-length
The proof has too few or too many hashes for index {index} of {size} entries.
{size}件のうち位置{index}の証明として、ハッシュ値の数が合いません。
receipts-contradict
{file} and {other} contradict each other: one index holds one entry (indexes {index} and {second}). This proves that the log changed what it had signed.
{file} と {other} は矛盾します。一つの位置には一つの記録があるはずです(位置{index}と位置{second})。記録簿が署名済みの内容を変えた証拠です。
signature-does-not-fit
A signature does not fit its key: the text or the signature was changed. Key: {key}
署名が鍵に合いません。本文か署名が変更されています。鍵: {key}
signed-entry-omitted
{file}: the signed entry of {at} is missing in {bundle} ({signed_at}). This proves that the log left it out.
{file}: 署名された {at} の記録が、{bundle}({signed_at})にありません。記録簿がこの記録を除いた証拠です。
split-view
{file} and {other} show two different trees of {size} entries, both signed by the log. This proves that it showed different people different things.
{file} と {other} は、どちらも署名がある{size}件の木ですが、内容が異なります。記録簿が、人によって異なる内容を見せた証拠です。
split-view-of-unlike-keys
{file} and {other} show two different trees of {size} entries, signed by keys that no succession joins. Find out which key is the log's.
{file} と {other} は、{size}件の異なる木を示しています。署名した鍵のつながりは分かりません。どちらが記録簿の鍵かを確かめてください。
stored-tree-differs
tree.bin differs from the entries at level {level}, index {index}. The entries themselves are the signed ones.
tree.bin の段{level}、位置{index}が、記録と異なります。記録そのものは、署名された内容です。
stored-tree-too-long
tree.bin is longer than the tree.
tree.bin が、木より長くなっています。
succession-does-not-fit
A succession of keys is not signed by a key that counts and by the new key.
鍵の引き継ぎに、認められる鍵と新しい鍵の両方の署名がそろっていません。
too-long
{member} is longer than an honest one could be, so it is not read.
{member} が長すぎるため、読み込みません。
too-much-compressed
{member} would unpack to far more than an honest file, so it is not unpacked.
{member} を展開すると大きくなりすぎるため、展開しません。
unexpected-fields
The fields are not these: {expected}
項目が決められたとおりではありません。決められた項目: {expected}
unexpected-value
The field “{field}” does not hold what belongs there.
項目「{field}」の値が、決められた形ではありません。
unknown-version
The file is of a kind or version that this script does not know.
このスクリプトが知らない種類か版のファイルです。
""")

_KINDS = {
    "receipt": ("receipt", "控え"),
    "bundle": ("bundle", "検証用の写し"),
    "checkpoint": ("checkpoint", "チェックポイント"),
    "unknown": ("unknown", "不明"),
    "together": ("The files together", "ファイル相互の確認"),
}
_RESULTS = {
    "right": ("checked", "確認"),
    "unchecked": ("not checked", "未確認"),
    "wrong": ("WRONG", "誤り"),
}
_VERDICTS = {
    "right": ("Nothing wrong was found.", "誤りは見つかりませんでした。"),
    "unchecked": ("Nothing could be checked.", "確かめられたものはありません。"),
    "wrong": ("Something is wrong.", "誤りが見つかりました。"),
}
_JST = timezone(timedelta(hours=9))
_MONTHS = "January February March April May June July August September October November December"


def _shown(value: object, japanese: bool) -> str:  # noqa: FBT001 - one of two languages
    """Write a fact for people; what a terminal would act upon is spelled out."""
    if isinstance(value, datetime):
        return _shown_instant(value, japanese)
    if isinstance(value, list):
        return ", ".join(_shown(one, japanese) for one in value)
    if type(value) is int:
        return f"{value:,}"
    text = str(value)
    if _INSTANT.fullmatch(text):
        return _shown(_instant(text, ""), japanese)
    return "".join(one if one.isprintable() else repr(one)[1:-1] for one in text) or "–"


def _shown_instant(at: datetime, japanese: bool) -> str:  # noqa: FBT001 - as above
    try:
        here = at.astimezone(_JST)
    except OverflowError:  # the last hours of the year 9999
        return instant_text(at)
    if japanese:
        return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M:%S}(日本時間)"
    return f"{here.day} {_MONTHS.split()[here.month - 1]} {here.year}, {here:%H:%M:%S} JST"


def sentence(finding: Finding, japanese: bool) -> str:  # noqa: FBT001 - as above
    """Say one finding in one sentence, with its place in the file."""
    facts = {name: _shown(value, japanese) for name, value in finding.facts.items()}
    said = SENTENCES[finding.code][japanese].format_map(facts)
    return f"{finding.where}: {said}" if finding.where else said


# Section 10. The command line.


def check_file(file: str, given: Sequence[VerifierKey], learnt: Sequence[VerifierKey]) -> Report:
    """Check one file, whatever it is; the first thing that is wrong ends its report."""
    report = Report(file)
    try:
        _check_file(report, given, learnt)
    except Wrong as wrong:
        report.wrong(wrong)
    return report


def _check_file(
    report: Report, given: Sequence[VerifierKey], learnt: Sequence[VerifierKey]
) -> None:
    with pathlib.Path(report.file).open("rb") as file:
        is_archive = file.read(2) == b"PK"
        file.seek(0)
        if is_archive:
            check_bundle(report, file, given)
            return
        data = file.read(LONGEST_FILE + 1)
    inside = receipt_in(data)
    if len(data) > LONGEST_FILE:
        raise Wrong("too-long", member=report.file)
    if inside is not None:
        check_receipt(report, inside, given)
    elif b"\n\n" in data:
        check_note(report, _text_of(data), given or learnt)
    else:
        raise Wrong("not-recognised")


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
    if not all(report.is_right for report in reports):
        return "wrong"
    has_keyless = any(one.code == "no-key" for report in reports for one in report.findings)
    return "unchecked" if has_keyless else "right"


def as_text(reports: Sequence[Report], *, japanese: bool) -> str:
    """Write the reports for people."""
    lines = []
    for report in reports:
        kind = _KINDS[report.kind][japanese]
        lines.append(f"{_shown(report.file, japanese)} ({kind})" if report.file else kind)
        lines += [
            f"  [{_RESULTS[one.result][japanese]}] {sentence(one, japanese)}"
            for one in report.findings
        ]
    return "\n".join([*lines, _VERDICTS[verdict_of(reports)][japanese], ""])


def as_json(reports: Sequence[Report], *, japanese: bool) -> str:
    """Write the reports as one document, for programs."""
    files = [
        {
            "file": report.file,
            "kind": report.kind,
            "findings": [
                {
                    "result": one.result,
                    "code": one.code,
                    "where": one.where,
                    "sentence": sentence(one, japanese),
                    "facts": {name: _plain(value) for name, value in one.facts.items()},
                }
                for one in report.findings
            ],
        }
        for report in reports
    ]
    return json.dumps({"verdict": verdict_of(reports), "files": files}, indent=1) + "\n"


def _plain(value: object) -> object:
    return instant_text(value) if isinstance(value, datetime) else value


def _key(text: str) -> VerifierKey:
    try:
        return VerifierKey.parse(text.strip())
    except Wrong as wrong:
        raise argparse.ArgumentTypeError(
            SENTENCES["not-a-verifier-key"][0].format(text=text)
        ) from wrong


def _default_language() -> str:
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "ja" if next(filter(None, named), "").startswith("ja") else "en"


def main(words: Sequence[str] | None = None) -> int:
    """Check files; 0 when nothing is wrong, 1 when something is, 2 when nothing was checked."""
    parser = argparse.ArgumentParser(prog="verify.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("files", nargs="+", metavar="FILE", help="receipt, bundle or checkpoint")
    parser.add_argument("--key", type=_key, action="append", default=[], help="the log's key")
    parser.add_argument("--lang", choices=("ja", "en"), default=_default_language())
    parser.add_argument("--json", action="store_true", help="one JSON document instead of lines")
    chosen = parser.parse_args(words)
    try:
        reports = check_files(chosen.files, chosen.key)
    except OSError as refused:
        parser.error(str(refused))
    write = as_json if chosen.json else as_text
    out = write(reports, japanese=chosen.lang == "ja")
    sys.stdout.buffer.write(out.encode("utf-8", "backslashreplace"))
    return {"right": 0, "wrong": 1, "unchecked": 2}[verdict_of(reports)]


if __name__ == "__main__":
    sys.exit(main())
