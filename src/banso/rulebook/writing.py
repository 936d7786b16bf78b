"""What counts as written: text that a reader sees, on a line that nothing breaks or hides."""

import re
import unicodedata
from typing import Final

# Letters by their category, but blank on every screen: Hangul fillers, Braille blank, joiners.
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Mn", "Me", "Zs", "Zl", "Zp"})
# What breaks a line, moves the cursor, or turns the direction of reading round.
_BREAKS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_REORDERS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_HIDES: Final = re.compile(
    "[\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff0-\ufffb\U000e0000-\U000e007f]"
)
_LINE_ENDS: Final = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")
# A joiner makes one sign of several emoji, and a form of letters in some scripts.
_JOINERS: Final = "\u200c\u200d"
_JOINED_CATEGORIES: Final = frozenset({"So", "Sk", "Mn", "Mc", "Lo"})
_MOST_MARKS: Final = 8
# Kanji that composing would put another one in the place of, as U+795E for U+FA19 (J5).
_KANJI_OF_THEIR_OWN: Final = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_REPLACED: Final = "\ufffd"


def is_written(text: str) -> bool:
    r"""Tell whether a reader sees anything of a text.

    >>> is_written("海"), is_written("\u200b \u3164\u2800\n")
    (True, False)
    """
    return any(_shows(character) for character in text)


def without_hidden(text: str) -> str:
    r"""Leave out characters that show nothing and that pasting brings along.

    >>> without_hidden("\ufeff海\u200b洋")
    '海洋'
    """
    return _HIDES.sub("", text)


def composed(text: str) -> str:
    r"""Compose kana, letters and their marks (NFC), and leave every kanji as it was written.

    >>> composed("か\u3099\ufa19") == "が\ufa19"
    True
    """
    pieces = _KANJI_OF_THEIR_OWN.split(text)
    return "".join(
        piece if place % 2 else unicodedata.normalize("NFC", piece)
        for place, piece in enumerate(pieces)
    )


def breaks_or_reorders(text: str) -> str:
    r"""Name the first character that breaks a line or turns its direction, as `U+202E`; else "".

    Line feeds and tabs are left to the caller, who knows whether the text may have several lines.

    >>> breaks_or_reorders("a\u202eb"), breaks_or_reorders("a\nb")
    ('U+202E', '')
    """
    found = _BREAKS.search(text) or _REORDERS.search(text)
    return code_point(found[0]) if found else ""


def hides(text: str) -> str:
    r"""Name the first character of a line that nobody sees or that covers others; else "".

    >>> hides("海\u200b洋"), hides("👩\u200d🔬")
    ('U+200B', '')
    """
    marks = 0
    for place, character in enumerate(text):
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if marks > _MOST_MARKS or _is_hidden(text, place):
            return code_point(character)
    return ""


def on_one_line(text: str) -> str:
    r"""Bring any text to one line that is safe to print: breaks are spaces, the rest a sign.

    >>> on_one_line("a\r\n b\x1b[31m\u202e")
    'a b�[31m�'
    """
    return printable(_LINE_ENDS.sub(" ", text).replace("\t", " ").strip())


def printable(text: str) -> str:
    r"""Put a sign in the place of what moves a cursor or turns the line; lines stay lines.

    >>> printable("a\nb\x1b[2J")
    'a\nb�[2J'
    """
    plain = _HIDES.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _REORDERS.sub(_REPLACED, _BREAKS.sub(_REPLACED, plain))


def code_point(character: str) -> str:
    """Write a character's number as people look it up.

    >>> code_point("海")
    'U+6D77'
    """
    return f"U+{ord(character):04X}"


def _shows(character: str) -> bool:
    if character in _BLANK or _HIDES.match(character):
        return False
    category = unicodedata.category(character)
    # A character younger than this Python's table may well be a kanji.
    return category not in _UNSEEN and not (category == "Cn" and _is_no_character(character))


def _is_no_character(character: str) -> bool:
    number = ord(character)
    is_form_of_kanji = 0xE0100 <= number <= 0xE01EF  # noqa: PLR2004 - the variation selectors
    is_reserved = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF  # noqa: PLR2004 - Unicode's own
    return is_reserved or (number >= 0xE0000 and not is_form_of_kanji)  # noqa: PLR2004 - as above


def _is_hidden(text: str, place: int) -> bool:
    character = text[place]
    if character in _JOINERS:
        before, after = text[:place][-1:], text[place + 1 : place + 2]
        return not (_may_be_joined(before) and _may_be_joined(after))
    if _HIDES.match(character) or character in _BLANK:
        return True
    # Characters for one's own use are empty on everybody else's screen.
    return unicodedata.category(character) == "Co" or _is_no_character(character)


def _may_be_joined(character: str) -> bool:
    """Tell emoji and letters of scripts that join from kana, kanji, Latin letters and nothing."""
    if not character:
        return False
    name = unicodedata.name(character, "")
    is_east_asian = name.startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "HALFWIDTH"))
    return unicodedata.category(character) in _JOINED_CATEGORIES and not is_east_asian
