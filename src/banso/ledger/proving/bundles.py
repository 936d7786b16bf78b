"""What people keep of the ledger and verify without it: receipts and bundles."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from banso.ledger import verify
from banso.ledger.commitments import commitment, instant_text
from banso.ledger.verify import BEGIN, END, Bundle, leaf_hash
from banso.rulebook.writing import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_DASHES: Final = "-----"
# What JSON may carry as it is, and what moves a cursor or turns a line all the same.
_UNPRINTED: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")

README = """\
検証用の写し

記録簿のすべての葉のハッシュ値と、あなたが読むことのできる記録の本文が入っています。
次の手順で、記録が変更されていないことと、抜けていないことを、通信なしで確かめられます。

1. Python 3.9 以降を用意します。ほかのソフトウェアは使いません。
2. 記録簿の鍵を、この写しとは別の場所(議事録など)で確かめます。
3. verify.py を取り出して、次のように実行します。
   python3 -I verify.py --key 鍵 写し.zip
4. 記録証やチェックポイントがあれば、続けてファイル名を書きます。互いに矛盾しないかを確かめます。

entries.jsonl は、1行が1件の記録です。
本文がない行は、この写しを読む人には見せられない記録か、消去された記録です。
checkpoints.jsonl は、これまでに署名されたすべてのチェックポイントです。
tree.bin は、木の各段のハッシュ値です。


A bundle for verifying

This archive holds the leaf hash of every entry of the ledger, and the text of each entry that you
may read. Without a network you can check that no entry was changed and none left out:

1. Have Python 3.9 or later; nothing else is needed.
2. Learn the log's key from elsewhere than this bundle, for example from minutes.
3. Take out verify.py and run
   python3 -I verify.py --key KEY BUNDLE.zip
4. Name receipts and checkpoints after it, to see whether they contradict each other.

entries.jsonl has one entry a line. A line without text is an entry that the reader of this bundle
may not see, or one that was erased. checkpoints.jsonl has every checkpoint that was signed;
tree.bin has the hashes of each level of the tree.
"""


@dataclass(frozen=True, slots=True)
class WitnessKey:
    """A witness as others come to know it: its organisation and its key."""

    organisation: str
    key: str

    def as_json(self) -> dict[str, str]:
        """Give the witness as files name it."""
        return {"organisation": self.organisation, "key": self.key}


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """What a receipt says: the entry with its salt and, once it is sequenced, its proof."""

    origin: str
    salt: bytes
    text: str
    index: int | None
    proof: tuple[bytes, ...]
    checkpoint: str | None
    keys: tuple[str, ...]
    successions: tuple[str, ...]
    witnesses: tuple[WitnessKey, ...]
    served_at: datetime


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """What a bundle says of itself; `checkpoint` is the latest note with its cosignatures."""

    origin: str
    size: int
    made_at: datetime
    reader: str
    checkpoint: str
    keys: tuple[str, ...]
    successions: tuple[str, ...]
    witnesses: tuple[WitnessKey, ...]


@dataclass(frozen=True, slots=True)
class BundleLine:
    """One entry of a bundle: opened with salt and text, erased, or its leaf alone."""

    index: int
    leaf: bytes
    salt: bytes | None = None
    text: str | None = None
    erased_at: datetime | None = None

    def as_json(self) -> dict[str, object]:
        """Give the line as the bundle writes it."""
        line: dict[str, object] = {"index": self.index, "leaf": self.leaf.hex()}
        if self.salt is not None and self.text is not None:
            line |= {"salt": self.salt.hex(), "text": self.text}
        elif self.erased_at is not None:
            line["erased"] = instant_text(self.erased_at)
        return line


def receipt_text(facts: ReceiptFacts, sentences: Iterable[str]) -> str:
    """Write a receipt: lines for its person, then between marks what can be verified."""
    bound = commitment(facts.salt, facts.text)
    stated = {
        "banso": "receipt",
        "version": 1,
        "origin": facts.origin,
        "salt": facts.salt.hex(),
        "text": facts.text,
        "commitment": bound.hex(),
        "leaf": leaf_hash(bound).hex(),
        "index": facts.index,
        "proof": [one.hex() for one in facts.proof],
        "checkpoint": facts.checkpoint,
        "keys": facts.keys,
        "successions": facts.successions,
        "witnesses": [witness.as_json() for witness in facts.witnesses],
        "served_at": instant_text(facts.served_at),
    }
    inside = _without_marks(json.dumps(stated, ensure_ascii=False, indent=1))
    lines = (on_one_line(one).replace(_DASHES, "- - -") for one in sentences)
    return "\n".join([*lines, "", BEGIN.decode(), inside, END.decode(), ""])


def _without_marks(written: str) -> str:
    """Spell out, as JSON does, what could end a receipt early or move a reader's cursor."""
    spelled = written.replace(_DASHES, "\\u002d" + _DASHES[1:])
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled)


def write_bundle(
    file: IO[bytes],
    *,
    facts: BundleFacts,
    checkpoints: Iterable[tuple[int, datetime, str]],
    lines: Iterable[BundleLine],
) -> None:
    """Write a bundle, holding in memory no more than 64 bytes an entry."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        writing = _Writing(archive, facts)
        writing.add("README.txt", README.encode())
        writing.add("verify.py", Path(verify.__file__).read_bytes())
        writing.add("checkpoint", facts.checkpoint.encode())
        writing.add_checkpoints(checkpoints)
        writing.add_entries(lines)
        writing.add("bundle.json", json.dumps(writing.summary(), ensure_ascii=False).encode())


class _Writing:
    """A bundle on its way, which counts what it writes."""

    def __init__(self, archive: zipfile.ZipFile, facts: BundleFacts) -> None:
        self._archive, self._facts = archive, facts
        self._checkpoints = self._opened = self._erased = 0

    def add(self, name: str, content: bytes) -> None:
        with self._member(name) as member:
            member.write(content)

    def add_checkpoints(self, checkpoints: Iterable[tuple[int, datetime, str]]) -> None:
        with self._member("checkpoints.jsonl") as member:
            for size, signed_at, note in checkpoints:
                line = {"size": size, "signed_at": instant_text(signed_at), "note": note}
                member.write(_line(line))
                self._checkpoints += 1

    def add_entries(self, lines: Iterable[BundleLine]) -> None:
        leaves = bytearray()
        with self._member("entries.jsonl") as member:
            for line in lines:
                member.write(_line(line.as_json()))
                leaves += line.leaf
                self._opened += line.text is not None
                self._erased += line.text is None and line.erased_at is not None
        tree = Bundle(self._facts.origin, bytes(leaves), self._facts.made_at)
        with self._member("tree.bin", zipfile.ZIP_STORED) as member:
            for level in tree.levels:
                member.write(level)

    def summary(self) -> dict[str, object]:
        facts = self._facts
        return {
            "banso": "bundle",
            "version": 1,
            "origin": facts.origin,
            "size": facts.size,
            "made_at": instant_text(facts.made_at),
            "reader": facts.reader,
            "keys": facts.keys,
            "successions": facts.successions,
            "witnesses": [witness.as_json() for witness in facts.witnesses],
            "checkpoints": self._checkpoints,
            "opened": self._opened,
            "erased": self._erased,
        }

    def _member(self, name: str, compression: int = zipfile.ZIP_DEFLATED) -> IO[bytes]:
        member = zipfile.ZipInfo(name, self._facts.made_at.timetuple()[:6])
        member.compress_type = compression
        member.external_attr = 0o644 << 16
        return self._archive.open(member, "w", force_zip64=True)


def _line(facts: dict[str, object]) -> bytes:
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
