"""Proofs from stored subtrees (RFC 9162, sections 2.1.3.1 and 2.1.4.1), without a database.

A subtree is named by level and index: the root of 2**level leaves, counted from the left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from banso.ledger.verify import node_hash, peaks_of, root_of_peaks, root_of_tree

Subtree: TypeAlias = Callable[[int, int], bytes]
Read: TypeAlias = Callable[[int, int, int], list[bytes]]

STORED_EVERY = 8
TILE = 1 << STORED_EVERY

root = root_of_tree


def inclusion_hashes(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Prove that a leaf stands at its index: its sibling on each level, from below."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    hashes, start, stop = [], 0, size
    while stop - start > 1:
        middle = start + _left_part(stop - start)
        if index < middle:
            hashes.append(_root_between(middle, stop, subtree))
            stop = middle
        else:
            hashes.append(_root_between(start, middle, subtree))
            start = middle
    return hashes[::-1]


def consistency_hashes(first: int, second: int, subtree: Subtree) -> list[bytes]:
    """Prove that the tree of `second` leaves only added to the tree of `first`."""
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {second} does not contain one of {first}")
    if first == 0:
        return []
    hashes, start, stop = [], 0, second
    while first < stop:
        middle = start + _left_part(stop - start)
        if first <= middle:
            hashes.append(_root_between(middle, stop, subtree))
            stop = middle
        else:
            hashes.append(_root_between(start, middle, subtree))
            start = middle
    if start:
        hashes.append(_root_between(start, stop, subtree))
    return hashes[::-1]


def _left_part(size: int) -> int:
    """Give the largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def _root_between(start: int, stop: int, subtree: Subtree) -> bytes:
    """Compute the root of a range that begins where a subtree of its size would."""
    peaks = peaks_of(stop - start)
    return root_of_peaks([subtree(level, (start >> level) + index) for level, index in peaks])


def _fold(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        pairs = range(0, len(hashes), 2)
        hashes = [node_hash(hashes[one], hashes[one + 1]) for one in pairs]
    return hashes[0]


class StoredTree:
    """A tree of which leaves and every eighth level are stored.

    `read` gives the hashes of one stored level from `start` to `stop`. A proof reads at most two
    ranges of each stored level: 256 hashes around its leaf, and the right edge.
    """

    def __init__(self, read: Read) -> None:
        self._read = read

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """Prove that a leaf stands at its index."""
        return inclusion_hashes(index, size, self._subtrees(size))

    def consistency(self, first: int, second: int) -> list[bytes]:
        """Prove that the later tree only added leaves."""
        return consistency_hashes(first, second, self._subtrees(second))

    def root(self, size: int) -> bytes:
        """Compute the root of the first `size` leaves."""
        return root_of_tree(size, self._subtrees(size))

    def peaks(self, size: int) -> list[bytes]:
        """List the roots of the complete subtrees, largest first."""
        subtree = self._subtrees(size)
        return [subtree(level, index) for level, index in peaks_of(size)]

    def _subtrees(self, size: int) -> Subtree:
        tiles: dict[tuple[int, int], list[bytes]] = {}

        def subtree(level: int, index: int) -> bytes:
            above = level % STORED_EVERY
            stored, start = level - above, index << above
            tile, within = divmod(start, TILE)
            if (stored, tile) not in tiles:
                stop = min((tile + 1) * TILE, size >> stored)
                tiles[stored, tile] = self._read(stored, tile * TILE, stop)
            return _fold(tiles[stored, tile][within : within + (1 << above)])

        return subtree


class Growing:
    """A stored tree to which leaves are added; tells which subtrees that completes."""

    def __init__(self, size: int, read: Read) -> None:
        self.size = size
        self._peaks = StoredTree(read).peaks(size)

    def extend(self, leaves: Iterable[bytes]) -> list[tuple[int, int, bytes]]:
        """Add leaves, and list the completed subtrees of the stored levels above the leaves."""
        completed = []
        for leaf in leaves:
            level, carry, subtree = 0, self.size, leaf
            while carry & 1:
                subtree = node_hash(self._peaks.pop(), subtree)
                level, carry = level + 1, carry >> 1
                if level % STORED_EVERY == 0:
                    completed.append((level, carry, subtree))
            self._peaks.append(subtree)
            self.size += 1
        return completed

    def root(self) -> bytes:
        """Compute the root of all leaves so far."""
        return root_of_peaks(self._peaks)
