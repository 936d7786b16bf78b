"""What kind of file this is, by its first bytes; its name decides only between kinds of text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from typing import BinaryIO

Kind: TypeAlias = Literal["pdf", "docx", "latex", "markdown", "plain", ""]

SUFFIXES: dict[str, Kind] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".tex": "latex",
    ".latex": "latex",
    ".ltx": "latex",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".text": "plain",
}
HEAD = 65_536
# PDF readers accept the mark anywhere in the first 1,024 bytes.
PDF_MARK, PDF_WITHIN = b"%PDF-", 1024
ZIP_MARK = b"PK\x03\x04"
OLD_OFFICE_MARK = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
LATEX_MARK = re.compile(
    rb"^[^%\n]*\\(?:documentclass|documentstyle|begin\{document\})", re.MULTILINE
)
# Text, but in a language of its own that would come out as if it were words.
MARKED_UP = re.compile(rb"\s*(?:\{\\rtf|%!PS|<!doctype html|<html|<\?xml)", re.IGNORECASE)


class Seen(NamedTuple):
    """What the first bytes tell; with a status, the file is not read at all."""

    kind: Kind
    status: Literal["", "encrypted", "unknown-kind"] = ""
    note: str = ""


def kind_of(file: BinaryIO, suffix: str) -> Seen:
    """Name the kind of the file, or say why it is not read."""
    head = file.read(HEAD)
    if PDF_MARK in head[:PDF_WITHIN]:
        return Seen("pdf")
    if head.startswith(ZIP_MARK):
        return Seen("docx")
    if head.startswith(OLD_OFFICE_MARK):
        return _old_office(head + file.read())
    if MARKED_UP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return Seen("", "unknown-kind", "kind-not-read")
    return Seen(_kind_of_text(head, suffix))


def kind_by_name(suffix: str) -> Kind:
    """Name the kind that a suffix promises; nothing for one that promises none."""
    return SUFFIXES.get(suffix.lower(), "")


def _kind_of_text(head: bytes, suffix: str) -> Kind:
    named = kind_by_name(suffix)
    # A text about LaTeX may show a whole document of it.
    if named == "markdown":
        return named
    return "latex" if named == "latex" or LATEX_MARK.search(head) else "plain"


def _old_office(content: bytes) -> Seen:
    """Tell an encrypted DOCX, which is kept in the container of the old formats, from those."""
    if ENCRYPTED_OFFICE in content:
        return Seen("docx", "encrypted", "password-needed")
    return Seen("", "unknown-kind", "kind-not-read")
