"""Vectors of papers by an optional encoder, made when they are first needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banso.engines.expertise.embedding import Encoder
    from banso.engines.expertise.products import Floats


class Meanings:
    """The papers' vectors; without an encoder there are none, and nothing is near by meaning."""

    def __init__(self, encoder: Encoder | None) -> None:
        self._encoder = encoder
        self._texts: dict[str, tuple[str, str]] = {}
        self._vectors: dict[str, Floats] = {}

    @property
    def is_used(self) -> bool:
        """Whether there is an encoder."""
        return self._encoder is not None

    def add(self, name: str, title: str, text: str) -> None:
        """Remember a text until its vector is asked for."""
        if self.is_used:
            self._texts[name] = (title, text)
            self._vectors.pop(name, None)

    def remove(self, name: str) -> None:
        """Forget a text and its vector."""
        self._texts.pop(name, None)
        self._vectors.pop(name, None)

    def asked(self, texts: Sequence[tuple[str, str]]) -> Floats:
        """Encode texts that are asked about."""
        if self._encoder is None:
            return np.zeros((len(texts), 0), dtype=np.float32)
        return self._encoder.vectors([_joined(text) for text in texts])

    def products(self, asked: Floats, names: Sequence[str]) -> Floats:
        """Multiply asked vectors with those of the named papers; nothing, without an encoder."""
        if self._encoder is None:
            return np.zeros((1, 1), dtype=np.float32)
        missing = [name for name in names if name not in self._vectors]
        made = self._encoder.vectors([_joined(self._texts[name]) for name in missing])
        self._vectors.update(zip(missing, made, strict=True))
        kept = np.array([self._vectors[name] for name in names], dtype=np.float32)
        products: Floats = asked @ kept.reshape(len(names), asked.shape[1]).T
        return products


def _joined(text: tuple[str, str]) -> str:
    return ". ".join(part for part in text if part)
