"""Text out of plain and Markdown files, in whatever encoding they are."""

from __future__ import annotations

import re

from banso.engines.text.reading.confinement import Allowed, Answer, confined, paged
from banso.engines.text.reading.decoding import Decoded, decode

# What Markdown (CommonMark) writes around the words, and what is left of it.
MARKDOWN = (
    (re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL), ""),
    (re.compile(r"\A---\n.*?\n---\n", re.DOTALL), ""),
    (re.compile(r"^ {0,3}(?:```|~~~)[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"!?\[([^\]\n]*)\]\([^()\s]*(?: \"[^\"\n]*\")?\)"), r"\1"),
    (re.compile(r"^ {0,3}\[[^\]\n]+\]: \S+[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"</?[A-Za-z][^<>\n]*>"), ""),
    (re.compile(r"^ {0,3}#{1,6} +([^\n]*?) *#*$", re.MULTILINE), r"\1\n"),
    (re.compile(r"^ {0,3}(?:[-*_] ?){3,}$", re.MULTILINE), ""),
    (re.compile(r"^[ ]*(?:> ?)+", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__|\*|_|`)(?=\S)([^*_`\n]+?)(?<=\S)\1"), r"\2"),
)


def read(content: bytes, allowed: Allowed, kind: str) -> Answer:
    """Read the text; a form feed begins a page."""
    decoded = decode(content)
    if decoded is None:
        return Answer("unknown-kind", note="not-text")
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > allowed.characters:
        return Answer("too-large", note="character-limit")
    for pattern, replacement in MARKDOWN if kind == "markdown" else ():
        text = pattern.sub(replacement, text)
    return paged(text.split("\f"), allowed, encoding_note(decoded))


def encoding_note(decoded: Decoded) -> str:
    """Say how the bytes were read, where it was not plain, so that a wrong guess shows."""
    damaged = ["characters-lost"] if "\ufffd" in decoded.text else []
    guessed = [] if decoded.encoding.startswith("utf-8") else [f"read-as-{decoded.encoding}"]
    return " ".join([*guessed, *damaged])


if __name__ == "__main__":
    confined(read)
