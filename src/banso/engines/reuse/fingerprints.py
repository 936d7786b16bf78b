"""Keyed fingerprints of what is in a text: runs of characters, and words near each other.

Winnowing: S. Schleimer, D. Wilkerson, A. Aiken, *Winnowing: Local Algorithms for Document
Fingerprinting*, SIGMOD 2003. Of every nine neighbouring 16-grams the smallest is kept, so two
texts that share 24 characters share a fingerprint. Smallness is judged by the keyed value: which
grams are kept tells nothing to somebody without the key.

The keyed function is SipHash-2-4 (J.-P. Aumasson, D. Bernstein, *SipHash: a fast short-input
PRF*, INDOCRYPT 2012) over a 64-bit value of the gram, on whole arrays at once; its keys come from
the person's key by HMAC-SHA-256. An HMAC for each gram is eighteen times as slow and gives no
more: both are pseudo-random functions, and what is stored is cut to 32 bits.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Hashes = NDArray[np.uint64]

LEAST_KEY_BYTES: Final = 16
GRAM: Final = 16
WINDOW: Final = 9
GUARANTEED: Final = GRAM + WINDOW - 1
NEAR: Final = 3
TRIPLES: Final = ((0, 1, 2), (0, 1, 3), (0, 2, 3))

_MULTIPLIERS: Final = (0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_SIPHASH_INITIAL: Final = (
    0x736F6D6570736575,
    0x646F72616E646F6D,
    0x6C7967656E657261,
    0x7465646279746573,
)
_LENGTH_BLOCK: Final = 8 << 56
_KEPT_BITS: Final = 32


def character_codes(text: str) -> NDArray[np.uint32]:
    """Give the code points of a text as an array."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def gram_values(codes: NDArray[np.uint32], length: int) -> Hashes:
    """Give a 64-bit value of each run of so many characters, equal for equal runs.

    Runs are put together from runs half as long, and the rest: a few passes for any length.
    """
    if len(codes) < length:
        return np.zeros(0, dtype=np.uint64)
    runs = {1: _scatter(codes.astype(np.uint64) + np.uint64(1))}
    size = 1
    while size * 2 <= length:
        runs[size * 2] = _joined(runs[size], runs[size], size)
        size *= 2
    done, values = size, runs[size]
    for size in sorted(runs, reverse=True):
        if done + size <= length:
            values = _joined(values, runs[size], done)
            done += size
    return values


def covered(starting: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """Mark the characters of the 24-character runs that start at the marked places."""
    steps = np.zeros(length + 1, dtype=np.int64)
    starts = np.flatnonzero(starting)
    steps[starts] += 1
    steps[starts + GUARANTEED] -= 1
    return np.cumsum(steps[:-1]) > 0


def word_values(words: Iterable[str]) -> Hashes:
    """Give a 64-bit value of each word, equal for equal words."""
    known: dict[str, int] = {}
    values = []
    for word in words:
        value = known.get(word)
        if value is None:
            digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8)
            value = known[word] = int.from_bytes(digest.digest(), "little")
        values.append(value)
    return np.array(values, dtype=np.uint64)


def adjacent_values(words: Hashes, gap: int = 1) -> Hashes:
    """Give a value of every two words so far apart, whatever their order."""
    one, other = words[:-gap], words[gap:]
    low, high = np.minimum(one, other), np.maximum(one, other)
    return _scatter(low * np.uint64(_MULTIPLIERS[0]) + _scatter(high))


def pair_values(words: Hashes) -> tuple[Hashes, NDArray[np.int64]]:
    """Give a value of every two words at most three apart, and the place of the first.

    A word beside itself is left out, so that a text of one word has no pairs.
    """
    values, places = [np.zeros(0, dtype=np.uint64)], [np.zeros(0, dtype=np.int64)]
    for gap in range(1, min(NEAR, len(words) - 1) + 1):
        differing = np.flatnonzero(words[:-gap] != words[gap:])
        values.append(adjacent_values(words, gap)[differing])
        places.append(differing)
    return np.concatenate(values), np.concatenate(places)


def triple_values(words: Hashes) -> tuple[Hashes, NDArray[np.int64]]:
    """Give a value of every three words among four neighbours, in any order, and their places.

    A word beside itself is left out here too. Three words meet by chance far less than two, and
    where three words in ten are changed some three neighbours are nearly always left.
    """
    values, places = [np.zeros(0, dtype=np.uint64)], [np.zeros((0, 3), dtype=np.int64)]
    for offsets in TRIPLES:
        count = max(0, len(words) - offsets[-1])
        members = np.arange(count)[:, np.newaxis] + np.array(offsets)
        found = np.sort(words[members], axis=1)
        differing = (found[:, 0] != found[:, 1]) & (found[:, 1] != found[:, 2])
        low, middle, high = found[differing].T
        joined = _scatter(middle * np.uint64(_MULTIPLIERS[0]) + _scatter(high))
        values.append(_scatter(low * np.uint64(_MULTIPLIERS[0]) + joined))
        places.append(members[differing])
    return np.concatenate(values), np.concatenate(places)


def derived_key(key: bytes, purpose: str) -> bytes:
    """Derive the key of one purpose; a key that could be guessed is refused."""
    if len(key) < LEAST_KEY_BYTES:
        raise ValueError(f"a key of {len(key)} bytes; at least {LEAST_KEY_BYTES} are needed")
    return hmac.digest(key, f"banso reuse {purpose}".encode(), "sha256")


def keyed(values: Hashes, key: bytes, purpose: str) -> NDArray[np.uint32]:
    """Turn values into fingerprints that say nothing to whoever lacks the key."""
    derived = derived_key(key, purpose)
    low, high = (int.from_bytes(derived[at : at + 8], "little") for at in (0, 8))
    return (siphash(values, low, high) >> np.uint64(_KEPT_BITS)).astype(np.uint32)


def winnowed(fingerprints: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Keep the smallest fingerprint of every window, each once and in order of size."""
    if not len(fingerprints):
        return fingerprints
    width = min(WINDOW, len(fingerprints))
    return np.unique(sliding_window_view(fingerprints, width).min(axis=1))


def siphash(values: Hashes, low: int, high: int) -> Hashes:
    """Compute SipHash-2-4 of each value as a message of eight bytes, under a key of two halves."""
    key = (low, high, low, high)
    state = [
        np.full(len(values), start ^ part, dtype=np.uint64)
        for start, part in zip(_SIPHASH_INITIAL, key, strict=True)
    ]
    for block in (values, np.uint64(_LENGTH_BLOCK)):
        state[3] ^= block
        _siphash_rounds(state, 2)
        state[0] ^= block
    state[2] ^= np.uint64(0xFF)
    _siphash_rounds(state, 4)
    return state[0] ^ state[1] ^ state[2] ^ state[3]


def _siphash_rounds(state: list[Hashes], count: int) -> None:
    for _ in range(count):
        for left, right, turn, turns_over in _SIPHASH_STEPS:
            state[left] += state[right]
            state[right] = _turned(state[right], turn) ^ state[left]
            if turns_over:
                state[left] = _turned(state[left], 32)


_SIPHASH_STEPS: Final = (
    (0, 1, 13, True),
    (2, 3, 16, False),
    (0, 3, 21, False),
    (2, 1, 17, True),
)


def _turned(values: Hashes, bits: int) -> Hashes:
    return (values << np.uint64(bits)) | (values >> np.uint64(64 - bits))


def _joined(left: Hashes, right: Hashes, distance: int) -> Hashes:
    count = len(right) - distance
    return _scatter(left[:count] * np.uint64(_MULTIPLIERS[0]) + right[distance:])


def _scatter(values: Hashes) -> Hashes:
    """Mix the bits of each value (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(_MULTIPLIERS[1])
    values = (values ^ (values >> np.uint64(27))) * np.uint64(_MULTIPLIERS[2])
    return values ^ (values >> np.uint64(31))
