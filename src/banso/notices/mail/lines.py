"""What stands in a header: one line that nothing breaks, hides or turns round, and no longer."""

from __future__ import annotations

from typing import Final

from banso.rulebook.writing import on_one_line

LONGEST_SUBJECT: Final = 250


def header_line(text: str, longest: int = LONGEST_SUBJECT) -> str:
    r"""Bring any text to one safe line, cut where it is too long.

    >>> header_line("海洋\r\nBcc: a@example.jp", 8)
    '海洋 Bcc:…'
    """
    line = on_one_line(text)
    return line if len(line) <= longest else line[: longest - 1] + "…"
