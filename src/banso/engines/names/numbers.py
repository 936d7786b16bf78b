"""Numbers of persons and bodies: how they are written, and whether one can be right (I1)."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import idutils

_HYPHENS: Final = re.compile("[‐‑–—―−－ｰ-]")
_ERAD: Final = re.compile(r"\d{8}")
_RESEARCHMAP: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,98}")
_CODE: Final = re.compile(r"[0-9A-Za-z-]{1,20}")


class NotANumber(ValueError):  # noqa: N818 - named for what was found, as the house does
    """What was written cannot be a number of this kind; the message says which fault it has."""


def written(text: str) -> str:
    """Bring digits, letters and hyphens to one width, without blanks."""
    return "".join(_HYPHENS.sub("-", unicodedata.normalize("NFKC", text)).split())


def erad_number(text: str) -> str:
    """Read an e-Rad researcher number; nobody has published how its check digit is made.

    >>> erad_number("１２３４ ５６７８")
    '12345678'
    """
    number = written(text).replace("-", "")
    if not _ERAD.fullmatch(number):
        raise NotANumber("length")
    return number


def orcid(text: str) -> str:
    """Read an ORCID iD with its check character, also as an address.

    >>> orcid("https://orcid.org/0000-0002-1825-0097"), orcid("000000021825009７")
    ('0000-0002-1825-0097', '0000-0002-1825-0097')
    """
    number = written(text).rpartition("/")[2].upper().replace("-", "")
    hyphened = "-".join(number[at : at + 4] for at in range(0, len(number), 4))
    if len(number) != 16:  # noqa: PLR2004 - sixteen characters, as everybody knows them
        raise NotANumber("length")
    if not idutils.is_orcid(hyphened):
        raise NotANumber("check")
    return hyphened


def researchmap_id(text: str) -> str:
    """Read the name under which a person is found on researchmap, also from its address.

    >>> researchmap_id("https://researchmap.jp/t_takahashi/")
    't_takahashi'
    """
    name = written(text).rstrip("/").rpartition("/")[2]
    if not _RESEARCHMAP.fullmatch(name):
        raise NotANumber("signs")
    return name


def corporate_number(text: str) -> str:
    """Read a 法人番号, whose first digit checks the others.

    >>> corporate_number("4-0300-0501-2570"), corporate_number("２０２０００５００８４８０")
    ('4030005012570', '2020005008480')
    """
    number = written(text).replace("-", "")
    if not re.fullmatch(r"\d{13}", number):
        raise NotANumber("length")
    if int(number[0]) != corporate_check_digit(number[1:]):
        raise NotANumber("check")
    return number


def corporate_check_digit(digits: str) -> int:
    """Work out the first digit from the other twelve.

    >>> corporate_check_digit("030005012570")
    4
    """
    weighed = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return 9 - sum(weighed) % 9


def ror(text: str) -> str:
    """Read a ROR id, also as an address.

    >>> ror("https://ror.org/05dxps055")
    '05dxps055'
    """
    number = written(text).lower().rpartition("/")[2]
    if not idutils.is_ror(f"https://ror.org/{number}"):
        raise NotANumber("check")
    return number


def erad_code(text: str) -> str:
    """Read a body's code in e-Rad, whose form is not published.

    >>> erad_code("１２３４５６７８９０")
    '1234567890'
    """
    code = written(text)
    if not _CODE.fullmatch(code):
        raise NotANumber("signs")
    return code
