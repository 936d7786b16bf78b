"""What stands in a header: one line that nothing breaks, hides or turns round."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LINE_ENDS: Final = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")
# Control, format (bidi signs, zero-width), surrogate and private characters.
_UNSAFE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
LONGEST_SUBJECT: Final = 250


def on_one_line(text: str, longest: int = LONGEST_SUBJECT) -> str:
    r"""Bring any text to one safe line, cut where it is too long.

    >>> on_one_line("海洋\r\nBcc: a@example.jp\x1b[31m\u202e")
    '海洋 Bcc: a@example.jp[31m'
    """
    line = _LINE_ENDS.sub(" ", text).replace("\t", " ")
    line = "".join(one for one in line if unicodedata.category(one) not in _UNSAFE).strip()
    return line if len(line) <= longest else line[: longest - 1] + "…"
