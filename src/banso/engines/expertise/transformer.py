"""The forward pass of a BERT encoder in numpy (Devlin and others 2019), for reading only.

A few dozen lines spare an installation a gigabyte of frameworks; it is meant for some thousand
texts that are encoded once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import erf

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from banso.engines.expertise.products import Floats
    from banso.engines.expertise.wordpieces import WordPieces

LONGEST = 256
TEXTS_AT_ONCE = 16
TINY = np.float32(1e-12)
HEADER_BYTES = 8
LONGEST_HEADER = 10_000_000


def read_tensors(path: Path) -> dict[str, Floats]:
    """Read the float32 tensors of a safetensors file; a file of another kind is a ValueError."""
    content = path.read_bytes()
    length = int.from_bytes(content[:HEADER_BYTES], "little")
    if length > min(LONGEST_HEADER, len(content)):
        raise ValueError("no safetensors header")
    start = HEADER_BYTES + length
    header = json.loads(content[HEADER_BYTES:start])
    if not isinstance(header, dict):
        raise ValueError("no table of tensors")  # noqa: TRY004 - the file is wrong, not a type of ours
    described = {
        name: tensor
        for name, tensor in header.items()
        if name != "__metadata__" and tensor["dtype"] == "F32"
    }
    return {
        name.removeprefix("bert."): np.frombuffer(
            content[start + tensor["data_offsets"][0] : start + tensor["data_offsets"][1]],
            np.float32,
        ).reshape(tensor["shape"])
        for name, tensor in described.items()
    }


class Transformer:
    """An encoder of texts into vectors of length one; only a text's first 256 pieces count."""

    def __init__(
        self, tensors: Mapping[str, Floats], pieces: WordPieces, *, heads: int, is_mean: bool
    ) -> None:
        self._tensors = tensors
        self._pieces = pieces
        self._heads = heads
        self._is_mean = is_mean
        self._words = tensors["embeddings.word_embeddings.weight"]
        self._layers = 1 + max(
            int(name.split(".")[2]) for name in tensors if name.startswith("encoder.layer.")
        )

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Encode texts, those of similar length together."""
        numbered = [self._pieces.pieces(text, LONGEST) for text in texts]
        table = np.zeros((len(texts), self._words.shape[1]), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda row: len(numbered[row]))
        for start in range(0, len(order), TEXTS_AT_ONCE):
            some = order[start : start + TEXTS_AT_ONCE]
            table[some] = self._encoded([numbered[row] for row in some])
        return table

    def _encoded(self, numbered: Sequence[Sequence[int]]) -> Floats:
        width = max(map(len, numbered))
        padded = np.full((len(numbered), width), self._pieces.padding)
        for row, numbers in enumerate(numbered):
            padded[row, : len(numbers)] = numbers
        is_text = np.arange(width) < np.array([[len(numbers)] for numbers in numbered])
        hidden = self._embedded(padded)
        for layer in range(self._layers):
            hidden = self._layer(f"encoder.layer.{layer}.", hidden, is_text)
        return _unit(_mean(hidden, is_text) if self._is_mean else hidden[:, 0])

    def _embedded(self, padded: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> Floats:
        places = self._tensors["embeddings.position_embeddings.weight"][: padded.shape[1]]
        kind = self._tensors["embeddings.token_type_embeddings.weight"][0]
        return self._normed("embeddings.LayerNorm", self._words[padded] + places + kind)

    def _layer(
        self, name: str, hidden: Floats, is_text: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    ) -> Floats:
        attended = self._attended(name + "attention.self.", hidden, is_text)
        output = self._linear(name + "attention.output.dense", attended)
        hidden = self._normed(name + "attention.output.LayerNorm", output + hidden)
        wide = self._linear(name + "intermediate.dense", hidden)
        wide *= 0.5 * (1 + erf(wide / np.sqrt(np.float32(2))))
        narrow = self._linear(name + "output.dense", wide)
        return self._normed(name + "output.LayerNorm", narrow + hidden)

    def _attended(
        self, name: str, hidden: Floats, is_text: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    ) -> Floats:
        query, key, value = (
            self._by_head(self._linear(name + part, hidden)) for part in ("query", "key", "value")
        )
        weights = query @ key.swapaxes(2, 3) / np.sqrt(np.float32(query.shape[3]))
        weights = np.where(is_text[:, None, None, :], weights, np.float32(-1e9))
        weights = np.exp(weights - weights.max(axis=3, keepdims=True))
        weights /= weights.sum(axis=3, keepdims=True)
        attended: Floats = (weights @ value).swapaxes(1, 2).reshape(hidden.shape)
        return attended

    def _by_head(self, hidden: Floats) -> Floats:
        count, width, size = hidden.shape
        return hidden.reshape(count, width, self._heads, size // self._heads).swapaxes(1, 2)

    def _linear(self, name: str, hidden: Floats) -> Floats:
        linear: Floats = hidden @ self._tensors[name + ".weight"].T + self._tensors[name + ".bias"]
        return linear

    def _normed(self, name: str, hidden: Floats) -> Floats:
        spread = np.sqrt(hidden.var(axis=-1, keepdims=True) + TINY)
        normed: Floats = (hidden - hidden.mean(axis=-1, keepdims=True)) / spread
        return normed * self._tensors[name + ".weight"] + self._tensors[name + ".bias"]


def _mean(hidden: Floats, is_text: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> Floats:
    shown = is_text[..., None].astype(np.float32)
    mean: Floats = (hidden * shown).sum(axis=1) / shown.sum(axis=1)
    return mean


def _unit(rows: Floats) -> Floats:
    unit: Floats = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), TINY)
    return unit
