"""The tree: the vectors of certificate transparency, and pymerkle as a second opinion."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from banso.ledger.tree import Growing, StoredTree, consistency_hashes, inclusion_hashes, root
from banso.ledger.verify import (
    EMPTY_ROOT,
    Bundle,
    Frontier,
    Wrong,
    is_consistent,
    leaf_hash,
    node_hash,
    root_of_inclusion,
)

# The test data of Google's certificate-transparency, which RFC 6962 implementations share.
LEAVES = [
    leaf_hash(bytes.fromhex(text))
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): INCLUSION[1, 5][1:],
}
MOST = 70_000


def stated(hashes):
    return [one.hex() for one in hashes]


def a_tree(leaves):
    return Bundle("", b"".join(leaves), None)


def stored(tree):
    """Read a tree as the database keeps it: leaves and every eighth level."""

    def read(level, start, stop):
        assert level % 8 == 0
        assert stop - start <= 256
        return [tree.subtree(level, index) for index in range(start, stop)]

    return read


@pytest.fixture(scope="module")
def large():
    return a_tree([leaf_hash(number.to_bytes(4, "big")) for number in range(MOST)])


@pytest.mark.parametrize("size", range(9))
def test_the_roots_are_those_of_rfc_6962(size):
    growing = Frontier()
    for leaf in LEAVES[:size]:
        growing.append(leaf)

    computed = (growing.root().hex(), root(size, a_tree(LEAVES).subtree).hex())

    assert (growing.size, computed) == (size, (ROOTS[size], ROOTS[size]))


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_the_inclusion_proofs_are_those_of_rfc_6962(index, size):
    hashes = inclusion_hashes(index, size, a_tree(LEAVES).subtree)

    assert stated(hashes) == INCLUSION[index, size]
    assert root_of_inclusion(index, size, LEAVES[index], hashes).hex() == ROOTS[size]


@pytest.mark.parametrize(("first", "second"), CONSISTENCY)
def test_the_consistency_proofs_are_those_of_rfc_6962(first, second):
    hashes = consistency_hashes(first, second, a_tree(LEAVES).subtree)
    roots = [bytes.fromhex(ROOTS[size]) for size in (first, second)]

    assert stated(hashes) == CONSISTENCY[first, second]
    assert is_consistent(first, roots[0], second, roots[1], hashes)


def same_as_pymerkle(leaves, tree, oracle, size):
    """Compare root, inclusion and consistency at this size; the oracle counts from one."""
    ours = root(size, tree.subtree)
    assert ours == oracle.get_root(size)
    for index in leaves:
        hashes = inclusion_hashes(index, size, tree.subtree)
        proof = oracle.prove_inclusion(index + 1, size)
        assert stated(hashes) == proof.serialize()["path"][1:]
        verify_inclusion(oracle.get_leaf(index + 1), ours, proof)
        assert root_of_inclusion(index, size, tree.subtree(0, index), hashes) == ours
    for first in [index + 1 for index in leaves]:
        hashes = consistency_hashes(first, size, tree.subtree)
        assert is_consistent(first, oracle.get_root(first), size, ours, hashes)
        proof = oracle.prove_consistency(first, size)
        verify_consistency(root(first, tree.subtree), ours, proof)


@pytest.mark.assurance("A-75")
def test_every_tree_up_to_256_leaves_is_pymerkles():
    entries = [number.to_bytes(2, "big") for number in range(256)]
    oracle, tree = InmemoryTree(algorithm="sha256"), a_tree(map(leaf_hash, entries))
    assert root(0, tree.subtree) == oracle.get_root() == EMPTY_ROOT

    for size, entry in enumerate(entries, start=1):
        oracle.append_entry(entry)
        same_as_pymerkle({*range(0, size, 1 + size // 12), size - 1}, tree, oracle, size)


def test_every_proof_up_to_256_leaves_leads_to_the_root():
    tree = a_tree([leaf_hash(bytes([number])) for number in range(256)])
    roots = [root(size, tree.subtree) for size in range(257)]
    for size in range(1, 257):
        for index in range(size):
            path = inclusion_hashes(index, size, tree.subtree)
            proof = consistency_hashes(index, size, tree.subtree)

            assert len(path) <= (size - 1).bit_length()
            assert root_of_inclusion(index, size, tree.subtree(0, index), path) == roots[size]
            assert is_consistent(index, roots[index], size, roots[size], proof)
            assert not is_consistent(index, roots[size], size, roots[index], proof)


@given(size=st.integers(1, MOST), share=st.floats(0, 1, exclude_max=True))
def test_a_stored_tree_proves_with_few_hashes_and_few_reads(large, size, share):
    index, reads = int(size * share), []

    def read(level, start, stop):
        reads.append(level)
        return stored(large)(level, start, stop)

    tree = StoredTree(read)
    path, used = tree.inclusion(index, size), sorted(reads)
    reads.clear()
    proof = tree.consistency(index + 1, size)

    assert len(path) <= (size - 1).bit_length()
    assert max([used.count(level) for level in used], default=0) <= 2
    assert max([reads.count(level) for level in reads], default=0) <= 2
    assert root_of_inclusion(index, size, large.subtree(0, index), path) == large.root(size)
    assert is_consistent(index + 1, large.root(index + 1), size, large.root(size), proof)
    assert tree.root(size) == large.root(size)


@given(sizes=st.lists(st.integers(0, MOST), min_size=2, max_size=4).map(sorted))
def test_a_tree_that_grows_in_batches_tells_each_completed_subtree_once(large, sizes):
    completed = []
    for before, size in pairwise(sizes):
        growing = Growing(before, stored(large))
        completed += growing.extend(large.subtree(0, index) for index in range(before, size))
        assert (growing.size, growing.root()) == (size, large.root(size))

    expected = [
        (level, index, large.subtree(level, index))
        for level in (8, 16)
        for index in range(sizes[0] >> level, sizes[-1] >> level)
    ]
    assert sorted(completed) == expected


@given(
    size=st.integers(2, 300),
    share=st.floats(0, 1, exclude_max=True),
    place=st.integers(0, 8),
    change=st.sampled_from(["flip", "drop", "add", "swap"]),
)
def test_a_changed_proof_leads_elsewhere(large, size, share, place, change):
    index = int(size * share)
    honest = inclusion_hashes(index, size, large.subtree)
    hashes, place = list(honest), place % len(honest)
    match change:
        case "flip":
            hashes[place] = node_hash(hashes[place], b"")
        case "drop":
            del hashes[place]
        case "add":
            hashes.insert(place, hashes[place])
        case "swap":
            hashes[0], hashes[place] = hashes[place], hashes[0]

    leaf = large.subtree(0, index)
    try:
        climbed = root_of_inclusion(index, size, leaf, hashes)
    except Wrong as wrong:
        climbed = wrong.code

    assert (climbed == large.root(size)) == (hashes == honest)


@pytest.mark.parametrize(("index", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_no_leaf_outside_the_tree_is_proven(index, size):
    with pytest.raises(ValueError, match="no leaf"):
        inclusion_hashes(index, size, a_tree(LEAVES).subtree)
    with pytest.raises(Wrong, match="proof-does-not-fit"):
        root_of_inclusion(index, size, LEAVES[0], [])


def test_a_leaf_is_found_at_its_own_place_only():
    halves = [bytes([number]) * 16 for number in range(4)]
    across = halves[1] + halves[2]
    tree = a_tree([halves[0] + halves[1], halves[2] + halves[3]])

    assert tree.index_of(across) is None
    longer = a_tree([tree.levels[0], across])
    assert longer.index_of(across) == tree.size


def test_a_larger_tree_is_never_proven_to_be_part_of_a_smaller():
    with pytest.raises(ValueError, match="does not contain"):
        consistency_hashes(4, 3, a_tree(LEAVES).subtree)
    assert not is_consistent(4, LEAVES[0], 3, LEAVES[0], [])
    assert not is_consistent(-1, LEAVES[0], 3, LEAVES[0], [])


def test_trees_of_one_size_are_consistent_only_when_they_are_the_same():
    first, other = LEAVES[:2]

    verdicts = [
        is_consistent(4, first, 4, first, []),
        is_consistent(4, first, 4, other, []),
        is_consistent(4, first, 4, first, [other]),
        is_consistent(0, EMPTY_ROOT, 4, first, []),
        is_consistent(0, first, 4, first, []),
        is_consistent(3, first, 4, first, [first] * 9),
        is_consistent(3, first, 4, first, []),
    ]

    assert verdicts == [True, False, False, True, False, False, False]
