"""Products of sparse rows, fast on tables in which a few words are nearly everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

Floats: TypeAlias = "NDArray[np.float32]"
# So many of the commonest terms are multiplied as a full table; the rest is too rare to cost.
COMMON = 512
ROWS_AT_ONCE = 256
STEPS = 1_000_000


class Multiplier:
    """A table against which rows are multiplied: common columns full, rare ones sparse."""

    def __init__(self, table: sparse.csr_array) -> None:
        use = np.bincount(table.indices, minlength=table.shape[1])
        self._common = np.sort(np.argsort(-use, kind="stable")[:COMMON])
        self._is_rare = np.ones(table.shape[1], dtype=np.float32)
        self._is_rare[self._common] = 0
        self._full = np.ascontiguousarray(table[:, self._common].toarray().T, dtype=np.float32)
        self._rare = self._only_rare(table).T.tocsr()

    def products(self, rows: sparse.csr_array) -> Floats:
        """Multiply every row with every row of the table."""
        full: Floats = rows[:, self._common].toarray() @ self._full
        full += (self._only_rare(rows) @ self._rare).toarray()
        return full

    def pieces(self, rows: sparse.csr_array) -> Iterator[tuple[slice, Floats]]:
        """Multiply some hundred rows at a time, so that memory stays small."""
        for start in range(0, rows.shape[0], ROWS_AT_ONCE):
            piece = slice(start, min(start + ROWS_AT_ONCE, rows.shape[0]))
            yield piece, self.products(rows[piece])

    def _only_rare(self, rows: sparse.csr_array) -> sparse.csr_array:
        kept = sparse.csr_array(
            (rows.data * self._is_rare[rows.indices], rows.indices.copy(), rows.indptr.copy()),
            shape=rows.shape,
        )
        kept.eliminate_zeros()
        return kept


def supporters(multiplier: Multiplier, rows: sparse.csr_array, most: int) -> sparse.csr_array:
    """Average each row with its few nearest, in proportion; one that is near none stays itself.

    The result is a square table of shares; each of its rows sums to one.
    """
    blocks = [_shares(near, piece.start, most) for piece, near in multiplier.pieces(rows)]
    size = rows.shape[0]
    return sparse.vstack(blocks, format="csr") if blocks else sparse.csr_array((size, size))


def _shares(near: Floats, start: int, most: int) -> sparse.csr_array:
    count, size = near.shape
    own = np.arange(count)
    near[own, start + own] = 0
    most = min(most, size)
    nearest = np.argpartition(-_ranked(near), most - 1, axis=1)[:, :most]
    weights = np.take_along_axis(near, nearest, axis=1).clip(min=0)
    total = weights.sum(axis=1, keepdims=True)
    shares = 0.5 * weights / np.where(total > 0, total, 1)
    alone = np.where(total[:, 0] > 0, 0.5, 1.0)
    columns = np.concatenate([nearest, (start + own)[:, None]], axis=1)
    values = np.concatenate([shares, alone[:, None]], axis=1)
    heights = np.repeat(own, most + 1)
    return sparse.csr_array((values.ravel(), (heights, columns.ravel())), shape=(count, size))


def _ranked(near: Floats) -> NDArray[np.int64]:
    """Order by nearness without its last bits, then by place, so that ties always break alike."""
    steps = np.rint(near * STEPS).astype(np.int64)
    ranked: NDArray[np.int64] = steps * near.shape[1] - np.arange(near.shape[1])
    return ranked
