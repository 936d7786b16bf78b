"""Bytes as text: byte-order mark, UTF-8, then the Japanese encodings, then a guess.

Shift_JIS and EUC-JP can each be read as the other; the one that gives kana and common punctuation
is meant, since the wrong one gives half-width kana and rare ideographs.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
JAPANESE = ("cp932", "euc_jp", "utf-16-le", "utf-16-be")
ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b$(")
FREQUENT = re.compile(r"[ -~\t\r\nぁ-んァ-ヶー、。「」（）・，．]")
KANA = re.compile(r"[ぁ-んァ-ヶ]")
IDEOGRAPH = re.compile(r"[一-龠々]")
# An ideograph may be right or wrong; so many of the rest have to be frequent.
DOUBT = 0.5
LEAST_PLAUSIBLE = 0.6
# Korean read as EUC-JP gives ideographs alone.
FEWEST_KANA = 0.05
# Those of the neighbours that texts come in; with all there are, French is taken for Polish.
GUESSED = ("cp1252", "cp1251", "gb18030", "cp949", "big5", "cp932", "euc_jp")
SAMPLE = 65_536
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MOST_CONTROLS = 0.001
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
KEPT_FOR_ONE_LOST = 10


class Decoded(NamedTuple):
    """The text, and the name of its encoding."""

    text: str
    encoding: str


def decode(content: bytes) -> Decoded | None:
    """Read bytes as text; nothing where they are none."""
    decoded = _marked(content) or _unmarked(content)
    if decoded is None or _is_binary(decoded.text):
        return None
    return decoded


def _is_binary(text: str) -> bool:
    return "\x00" in text or len(CONTROL.findall(text)) > MOST_CONTROLS * len(text)


def _marked(content: bytes) -> Decoded | None:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    return None


def _unmarked(content: bytes) -> Decoded | None:
    if any(escape in content for escape in ESCAPES):
        escaped = _strictly(content, "iso2022_jp_3") or _strictly(content, "iso2022_jp_ext")
        if escaped:
            return escaped
    return _unicode(content) or _damaged(content) or _japanese(content) or _guessed(content)


def _unicode(content: bytes) -> Decoded | None:
    return _strictly(content, "utf-8") if b"\x00" not in content else None


def _japanese(content: bytes) -> Decoded | None:
    readings = [reading for name in JAPANESE if (reading := _strictly(content, name))]
    best = max(readings, key=_plausible, default=None)
    return best if best and _is_japanese(best) else None


def _is_japanese(reading: Decoded) -> bool:
    sample = reading.text[:SAMPLE]
    has_kana = len(KANA.findall(sample)) >= FEWEST_KANA * len(sample)
    return has_kana and _plausible(reading) >= LEAST_PLAUSIBLE


def _plausible(reading: Decoded) -> float:
    sample = reading.text[:SAMPLE]
    frequent, ideographs = len(FREQUENT.findall(sample)), len(IDEOGRAPH.findall(sample))
    return (frequent + DOUBT * ideographs) / max(len(sample), 1)


def _damaged(content: bytes) -> Decoded | None:
    """Accept UTF-8 with a few bytes lost, as a cut file has; other encodings lose most."""
    text = content.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    kept = len(NOT_ASCII.findall(text)) - lost
    return Decoded(text, "utf-8") if lost * KEPT_FOR_ONE_LOST <= kept else None


def _guessed(content: bytes) -> Decoded | None:
    best = from_bytes(content[:SAMPLE], cp_isolation=list(GUESSED)).best()
    return _strictly(content, best.encoding) if best else None


def _strictly(content: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None
