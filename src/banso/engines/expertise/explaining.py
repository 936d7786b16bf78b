"""Which terms make a score, written as the asked text writes them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from banso.engines.expertise.matches import Term

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scipy import sparse

    from banso.engines.expertise.corpus import Weighed
    from banso.engines.expertise.reading import Reading


def shared_terms(
    weighed: Weighed, reading: Reading, asked: sparse.csr_array, matched: sparse.csr_array
) -> tuple[Term, ...]:
    """Split the product of two rows by term, the greatest share first."""
    product = (asked * matched).tocoo()
    written: Mapping[str, str] = weighed.spelled(reading)
    shares: defaultdict[str, float] = defaultdict(float)
    for number, share in zip(product.coords[-1], product.data, strict=True):
        term = weighed.terms[int(number)]
        shares[written.get(term, term)] += float(share)
    ordered = sorted(shares.items(), key=lambda share: (-share[1], share[0]))
    return tuple(Term(surface, share) for surface, share in ordered if not np.isclose(share, 0))
