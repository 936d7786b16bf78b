"""Which characters a font can draw, read from its own table (OpenType 1.9, `cmap`)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Characters that leave no mark of their own: line ends, joiners, selectors of a variant.
MARKLESS: Final = frozenset(
    {0x0A, 0x20, 0xA0, 0x200B, 0x200C, 0x200D, 0x2060}
    | set(range(0xFE00, 0xFE10))
    | set(range(0xE0100, 0xE01F0))
)
# The form of the table that has every code point; a font may have others beside it.
_GROUPS: Final = 12


def characters_of(font: Path) -> frozenset[int]:
    """List the code points for which the font has a glyph."""
    table = _table(font.read_bytes(), b"cmap")
    [count] = struct.unpack_from(">H", table, 2)
    offsets = {struct.unpack_from(">I", table, 4 + 8 * one + 4)[0] for one in range(count)}
    return frozenset(point for offset in offsets for point in _points(table[offset:]))


def _table(font: bytes, wanted: bytes) -> bytes:
    [count] = struct.unpack_from(">H", font, 4)
    for one in range(count):
        tag, _checksum, offset, length = struct.unpack_from(">4sIII", font, 12 + 16 * one)
        if tag == wanted:
            return font[offset : offset + length]
    raise ValueError(f"the font has no table {wanted!r}")


def _points(table: bytes) -> Iterator[int]:
    [kind] = struct.unpack_from(">H", table)
    if kind == _GROUPS:
        [count] = struct.unpack_from(">I", table, 12)
        for one in range(count):
            first, last, _glyph = struct.unpack_from(">III", table, 16 + 12 * one)
            yield from range(first, last + 1)
