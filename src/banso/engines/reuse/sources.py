"""The index of a source: fingerprints under one person's key, kept sealed under the same key.

Fingerprints say which sources may share something with a manuscript; where and what is found by
opening those sources alone. The index is sealed (AES-256-GCM), so that without the key not even
two equal sources of one person look alike.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from banso.engines.reuse.figures import figure_values
from banso.engines.reuse.fingerprints import (
    GRAM,
    derived_key,
    gram_values,
    keyed,
    triple_values,
    winnowed,
)
from banso.engines.reuse.reading import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray

_NONCE_BYTES: Final = 12
_COUNTS_BYTES: Final = 16


class WrongKeyError(ValueError):
    """The index was sealed under another key, for another source, or was changed."""


@dataclass(frozen=True, slots=True, eq=False)
class SourceIndex:
    """Fingerprints of a source in order of size; `places` are where triples start in it."""

    characters: NDArray[np.uint32]
    triples: NDArray[np.uint32]
    places: NDArray[np.uint32]
    figures: NDArray[np.uint32]

    def sealed(self, key: bytes, source: str) -> bytes:
        """Close the index under the key, bound to the name of its source."""
        parts = (self.characters, self.triples, self.places, self.figures)
        counts = np.array([len(part) for part in parts], dtype="<u4")
        nonce = os.urandom(_NONCE_BYTES)
        packed = b"".join(part.astype("<u4").tobytes() for part in (counts, *parts))
        return nonce + _cipher(key).encrypt(nonce, packed, source.encode())


def index_source(text: str, key: bytes) -> SourceIndex:
    """Fingerprint a source under the key of the person who received it."""
    reading = Reading(text)
    values, places = triple_values(reading.words.values)
    triples = keyed(values, key, "triples")
    order = np.argsort(triples, kind="stable")
    return SourceIndex(
        characters=winnowed(keyed(gram_values(reading.codes, GRAM), key, "characters")),
        triples=triples[order],
        places=reading.words.starts[places[order, 0]].astype(np.uint32),
        figures=np.unique(keyed(figure_values(reading.figures), key, "figures")),
    )


def open_index(sealed: bytes, key: bytes, source: str) -> SourceIndex:
    """Open what `sealed` closed, or refuse."""
    nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    cipher = _cipher(key)
    try:
        packed = cipher.decrypt(nonce, body, source.encode())
    except (InvalidTag, ValueError) as refused:  # ValueError: too short to hold a nonce
        raise WrongKeyError(source) from refused
    counts = np.frombuffer(packed[:_COUNTS_BYTES], dtype="<u4").astype(np.int64)
    values = np.frombuffer(packed[_COUNTS_BYTES:], dtype="<u4")
    return SourceIndex(*np.split(values, np.cumsum(counts)[:-1]))


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(derived_key(key, "seal"))
