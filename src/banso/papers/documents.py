"""Documents that people keep or print: PDF/UA-1, in the reader's language."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, Literal

from django.utils.translation import gettext as _

from banso.web.formats import active_language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

WITHIN_SECONDS: Final = 30


class NotTypeset(Exception):  # noqa: N818 - named for what happened, as the house does
    """The typesetter ended without a document; its words are for the developer."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Begins a part of a document."""

    text: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few sentences."""

    text: str
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Steps:
    """What to do, one after the other."""

    texts: Sequence[str]
    kind: Literal["steps"] = "steps"


@dataclass(frozen=True, slots=True)
class Rows:
    """Terms with their values."""

    rows: Sequence[tuple[str, str]]
    kind: Literal["rows"] = "rows"


@dataclass(frozen=True, slots=True)
class Attached:
    """A text that travels inside the PDF, byte for byte."""

    name: str
    description: str
    text: str


def pdf(
    title: str,
    parts: Sequence[Heading | Paragraph | Steps | Rows],
    *,
    made_at: datetime,
    attached: Attached | None = None,
) -> bytes:
    """Typeset a document; what cannot be printed becomes 〓, and is named at the end."""
    job = {
        "document": {
            "title": title,
            "language": active_language(),
            "parts": [asdict(part) for part in parts],
            "unknown_characters": _(
                "〓 stands for a character that cannot be printed here: {codes}."
            ),
        },
        "made_at": int(made_at.timestamp()),
        "attached": asdict(attached) if attached else None,
    }
    done = subprocess.run(
        [sys.executable, "-I", "-m", "banso.papers.typesetting"],
        input=json.dumps(job).encode(),
        capture_output=True,
        timeout=WITHIN_SECONDS,
        env={"LANG": "C.UTF-8"},
        check=False,
    )
    if done.returncode:
        raise NotTypeset(f"status {done.returncode}: {done.stderr.decode()[-500:]}")
    return done.stdout
