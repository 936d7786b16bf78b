import itertools
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from tests.ledger.witness.views import AT, LOG, OURS, PREFIX, THEIRS, bundle, shown

from banso.ledger.witness.witnessing import Outcome


@pytest.mark.assurance("A-78")
def test_one_size_with_two_roots_is_a_fork_whose_proof_is_kept(witness):
    witness.check(shown(OURS, 8))
    before = witness.out.read_bytes()
    presented = shown(THEIRS, 8)

    found = witness.check(presented, at=AT + timedelta(hours=1))

    assert (found.outcome, witness.out.read_bytes()) == (Outcome.FORK, before)
    assert sorted(one.name for one in found.evidence.iterdir()) == [
        "README.txt",
        "facts.json",
        "presented",
        "seen",
        "verify.py",
    ]
    assert Path(found.evidence, "presented").read_text() == presented.note
    assert Path(found.evidence, "seen").read_bytes() == before
    facts = json.loads(Path(found.evidence, "facts.json").read_text())
    assert (facts["at"], facts["from"]) == ("2027-05-31T04:00:00.000000Z", "the log")


def test_a_fork_is_verified_from_the_evidence_alone_with_the_script_that_lies_in_it(witness):
    witness.check(shown(OURS, 8))
    evidence = witness.check(shown(THEIRS, 8)).evidence
    command = [sys.executable, "-I", "verify.py", "seen", "presented", "--lang", "en"]

    script = subprocess.run(
        [*command, "--key", LOG.verifier_text],
        cwd=evidence,
        check=False,
        capture_output=True,
        text=True,
    )

    assert script.returncode == 1, script.stderr
    assert "8" in script.stdout


@pytest.mark.parametrize(
    ("make", "outcome", "said"),
    [
        pytest.param(
            lambda folder: bundle(folder, THEIRS, 11),
            Outcome.FORK,
            "the smaller: False\nthe larger: True\n",
            id="leaves",
        ),
        pytest.param(
            lambda folder: shown(THEIRS, 11), Outcome.NOT_SHOWN, "continues: False\n", id="proof"
        ),
    ],
)
def test_the_readme_of_the_evidence_says_how_to_compare_two_sizes(
    witness, tmp_path, make, outcome, said
):
    witness.check(shown(OURS, 8))

    found = witness.check(make(tmp_path / "bundle"))

    readme = Path(found.evidence, "README.txt").read_text()
    _, _, command = readme.partition("\npython3 -c '\n")
    program, _, _ = command.partition("\n'\n")
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"\n{program}\n"],
        cwd=found.evidence,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (found.outcome, told.stdout) == (outcome, said), told.stderr


def test_evidence_is_never_overwritten_and_kept_once(witness):
    witness.check(shown(OURS, 8))
    first = witness.check(shown(THEIRS, 8)).evidence
    before = Path(first, "facts.json").read_bytes()

    again = witness.check(shown(THEIRS, 8), at=AT + timedelta(days=1)).evidence

    assert (again, Path(again, "facts.json").read_bytes()) == (first, before)
    assert len(witness.evidence()) == 1


@pytest.mark.assurance("A-78")
@pytest.mark.parametrize(
    "order", list(itertools.permutations([("ours", 6), ("ours", 9), ("theirs", 6), ("theirs", 9)]))
)
def test_two_operators_views_that_differ_are_caught_by_one_witness_in_every_order(witness, order):
    views = {"ours": OURS, "theirs": THEIRS}
    witness.check(shown(OURS, PREFIX))
    cosigned = []

    for name, size in order:
        if witness.outcome(shown(views[name], size)) == Outcome.COSIGNED:
            cosigned.append(name)

    [first, _], *_ = order
    assert set(cosigned) == {first}
    assert len(witness.evidence()) >= 1
