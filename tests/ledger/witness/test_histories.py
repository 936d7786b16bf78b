import subprocess
import sys
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.witness.views import LOG, OURS, Witness, body, bundle, leaf, proven, root, shown

from banso.ledger.verify import (
    Frontier,
)
from banso.ledger.witness.sources import Presented


@st.composite
def histories(draw):
    """Draw views that part from each other anywhere, and checkpoints of them in any order."""
    views = [[leaf(at) for at in range(10)]]
    for name in range(draw(st.integers(1, 3))):
        apart = draw(st.integers(0, 9))
        stem = draw(st.sampled_from(views))
        views.append([*stem[:apart], *(leaf(f"{name} {at}") for at in range(apart, 10))])
    step = st.tuples(
        st.sampled_from(range(len(views))),
        st.integers(1, 10),
        st.sampled_from(["own", "another", "leaves", "none", "noise"]),
        st.sampled_from(range(len(views))),
    )
    return views, draw(st.lists(step, min_size=2, max_size=8))


def answer(views, step, folder):
    name, size, way, other = step
    match way:
        case "own":
            return shown(views[name], size)
        case "another":
            return shown(views[name], size, whole=views[other])
        case "leaves":
            return bundle(folder, views[name], size)
        case "none":
            return Presented("a file", LOG.sign_note(body(views[name], size)))
        case _:
            note = LOG.sign_note(body(views[name], size))
            return Presented("noise", note, link=lambda *two: proven([views[other][0]] * 3, *two))


@given(history=histories())
@settings(max_examples=40)
def test_a_witness_never_cosigns_two_checkpoints_that_are_not_consistent(history):
    views, steps = history
    with tempfile.TemporaryDirectory() as path:
        witness, cosigned = Witness(Path(path, "state")), []
        for number, step in enumerate(steps):
            presented = answer(views, step, Path(path, f"{number}"))
            if witness.check(presented).is_done:
                cosigned.append(witness.cosigned())

    assert [one.size for one in cosigned] == sorted(one.size for one in cosigned)
    assert any(all(one.root == root(leaves[: one.size]) for one in cosigned) for leaves in views)


def test_the_frontier_of_leaves_gives_the_roots_that_the_log_signs():
    frontier = Frontier()
    for size, one in enumerate(OURS, start=1):
        frontier.append(one)

        assert frontier.root() == root(OURS[:size])


def test_a_witness_needs_neither_django_nor_a_database():
    program = (
        "import sys, banso.ledger.witness.witnessing, banso.ledger.witness.sources; "
        "print([one for one in ('django', 'psycopg') if one in sys.modules])"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )

    assert told.stdout == "[]\n"
