"""The few byte patterns that are refused with no scanner at all."""

from __future__ import annotations

import re
from typing import IO, Final

_CHUNK: Final = 1 << 20
# The test pattern on which the makers of scanners agreed, written so that this file has none.
_EICAR: Final = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
LOCAL: Final = {
    "malware": (_EICAR,),
    "program-inside": (
        b"This program cannot be run in DOS mode",
        b"powershell -enc",
        b"powershell.exe -",
        b"cmd.exe /c",
        b"<script",
        b"<?php",
    ),
}
_LONGEST: Final = max(len(one) for several in LOCAL.values() for one in several)
_FOUND: Final = {
    name: re.compile(b"|".join(re.escape(one) for one in several), re.IGNORECASE)
    for name, several in LOCAL.items()
}


def signature_in(file: IO[bytes]) -> str:
    """Name the first pattern that a file holds; "" where it holds none."""
    held = b""
    while chunk := file.read(_CHUNK):
        window = held + chunk
        for name, pattern in _FOUND.items():
            if pattern.search(window):
                return name
        held = window[-_LONGEST:]
    return ""
