"""What a reader can see of a text: invisible characters fill no field and break no line."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Letters by their category, but blank on every screen: Hangul fillers, Braille blank, joiners.
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})
# What breaks a line, moves the cursor, or turns the direction of reading round.
_BREAKS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_REORDERS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HIDES: Final = re.compile("[\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")


def has_visible_text(text: str) -> bool:
    r"""Tell whether a reader sees anything of a text.

    >>> has_visible_text("海"), has_visible_text("\u200b \u3164\u2800\n")
    (True, False)
    """
    return any(
        character not in _BLANK and unicodedata.category(character) not in _UNSEEN
        for character in text
    )


def without_hidden(text: str) -> str:
    r"""Leave out characters that show nothing and that pasting brings along.

    >>> without_hidden("\ufeff海\u200b洋")
    '海洋'
    """
    return _HIDES.sub("", text)


def breaks_or_reorders(text: str) -> str:
    r"""Name the first character that breaks a line or turns its direction, as `U+202E`; else "".

    Line feeds and tabs are left to the caller, who knows whether the text may have several lines.

    >>> breaks_or_reorders("a\u202eb"), breaks_or_reorders("a\nb")
    ('U+202E', '')
    """
    found = _BREAKS.search(text) or _REORDERS.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""
