"""Text out of LaTeX: the body without its commands, citations and labels; no file is included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pylatexenc.latex2text import (
    EnvironmentTextSpec,
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from banso.engines.text.reading.confinement import Allowed, Answer, confined, paged
from banso.engines.text.reading.decoding import decode
from banso.engines.text.reading.plain_file import encoding_note

if TYPE_CHECKING:
    from pylatexenc.macrospec import LatexContextDb

BODY = re.compile(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|\Z)", re.DOTALL)
TITLE = re.compile(
    r"^[^%\n]*?\\title\*?\s*(?:\[[^\]]*\])?\{((?:[^{}]|\{[^{}]*\})*)\}", re.MULTILINE
)
DISCARDED = (
    "cite citep citet citealp citeauthor citeyear ref eqref pageref autoref cref Cref label"
    " includegraphics bibliography bibliographystyle vspace hspace usepackage newcommand"
    " renewcommand setlength maketitle tableofcontents index input include"
)
HEADINGS = "part chapter section subsection subsubsection paragraph subparagraph caption"


def read(content: bytes, allowed: Allowed, _kind: str) -> Answer:
    """Read title and body as a reader would see them."""
    decoded = decode(content)
    if decoded is None:
        return Answer("unknown-kind", note="not-text")
    if len(decoded.text) > allowed.characters:
        return Answer("too-large", note="character-limit")
    source = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    plain = _CONVERTER.latex_to_text(_spoken(source), tolerant_parsing=True)
    return paged([plain.strip()], allowed, encoding_note(decoded))


def _spoken(source: str) -> str:
    """Leave out the preamble, but for the title."""
    body = BODY.search(source)
    if body is None:
        return source
    title = TITLE.search(source)
    return f"{title[1]}\n\n{body[1]}" if title else body[1]


def _heading(node: object, l2tobj: LatexNodes2Text) -> str:
    # pylatexenc passes its converter to an argument of that name.
    title = node.nodeargd.argnlist[-1]  # type: ignore[attr-defined] # the parser's node
    return f"\n\n{l2tobj.nodelist_to_text([title])}\n\n"


def _commands() -> LatexContextDb:
    commands = get_default_latex_context_db()
    commands.add_context_category(
        "banso",
        macros=[
            *(MacroTextSpec(name, discard=True) for name in DISCARDED.split()),
            *(MacroTextSpec(name, simplify_repl=_heading) for name in HEADINGS.split()),
        ],
        environments=[
            EnvironmentTextSpec(name, discard=True) for name in ("comment", "thebibliography")
        ],
        prepend=True,
    )
    return commands


_CONVERTER = LatexNodes2Text(latex_context=_commands(), math_mode="text", keep_comments=False)


if __name__ == "__main__":
    confined(read)
