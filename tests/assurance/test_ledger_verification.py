"""A-74, A-75: the verifier alone, without us and without a network; and pymerkle at length."""

import ast
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion
from tests.ledger.sample_log import SampleLog

from banso.ledger import verify
from banso.ledger.tree import StoredTree
from banso.ledger.verify import Bundle, is_consistent, leaf_hash, root_of_inclusion

SOURCE = Path(verify.__file__)
LARGEST_IN_CI, LARGEST = 2_000, 100_000
DRAWN_IN_CI, DRAWN = 50, 1_000

# Every way to the network ends in one of these modules, so that importing one is the end.
WITHOUT_NETWORK = """
import runpy, sys
class Closed:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"socket", "_socket", "ssl", "_ssl", "asyncio", "http"}:
            sys.exit(f"the verifier asked for {name}")
sys.meta_path.insert(0, Closed())
sys.addaudithook(lambda event, _: event.startswith("socket.") and sys.exit(event))
script = sys.argv[1]
sys.argv = sys.argv[1:]
runpy.run_path(script, run_name="__main__")
"""


@pytest.fixture
def elsewhere(tmp_path):
    """A folder with a copy of the script and files to verify, and nothing of ours around it."""
    log = SampleLog(60, checkpoint_every=20, keys=2)
    shutil.copy(SOURCE, tmp_path / "verify.py")
    (tmp_path / "bundle.zip").write_bytes(log.bundle())
    (tmp_path / "receipt.txt").write_bytes(log.receipt(7, 33))
    (tmp_path / "forged.txt").write_bytes(
        log.receipt(7, 33).replace(b'"K1', b'"K2').replace(b'\\"K1', b'\\"K2')
    )
    return tmp_path


def run(folder, *command):
    """Run a command there with an empty environment; its exit code and what it said."""
    ended = subprocess.run(
        command, cwd=folder, env={}, capture_output=True, text=True, encoding="utf-8", check=False
    )
    return ended.returncode, ended.stdout.splitlines()[-1:], ended.stderr


@pytest.mark.assurance("A-74")
def test_the_verifier_imports_the_standard_library_alone():
    tree = ast.parse(SOURCE.read_text())
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module]
        )
    }

    assert imported <= set(sys.stdlib_module_names)
    assert imported.isdisjoint({"socket", "ssl", "http", "urllib", "asyncio", "importlib"})


@pytest.mark.assurance("A-74")
@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("bundle.zip", (0, ["Nothing wrong was found."], "")),
        ("receipt.txt", (0, ["Nothing wrong was found."], "")),
        ("forged.txt", (1, ["Something is wrong."], "")),
    ],
)
def test_the_verifier_runs_alone_from_another_folder(elsewhere, file, expected):
    assert run(elsewhere, sys.executable, "-I", "verify.py", file) == expected


@pytest.mark.assurance("A-74")
def test_the_verifier_never_opens_a_socket(elsewhere):
    words = ["-I", "-c", WITHOUT_NETWORK, "verify.py", "bundle.zip", "receipt.txt"]

    assert run(elsewhere, sys.executable, *words) == (0, ["Nothing wrong was found."], "")


@pytest.mark.assurance("A-74")
def test_the_verifier_runs_in_an_empty_network_namespace(elsewhere):
    unshare = shutil.which("unshare")
    is_allowed = unshare and subprocess.run([unshare, "-rn", "true"], check=False).returncode == 0
    if not is_allowed:
        pytest.skip("not run: this system allows no network namespaces")

    words = ["-rn", sys.executable, "-I", "verify.py", "bundle.zip", "receipt.txt"]
    assert run(elsewhere, unshare, *words) == (0, ["Nothing wrong was found."], "")


@pytest.mark.assurance("A-74")
def test_the_verifier_is_written_in_the_grammar_of_the_oldest_python_it_names():
    source = Path(verify.__file__).read_text()

    assert ast.parse(source, feature_version=(3, 9))
    with pytest.raises(SyntaxError):
        ast.parse("match 1:\n  case _: pass", feature_version=(3, 9))


@pytest.mark.assurance("A-74")
def test_the_verifier_runs_on_the_oldest_python_it_names(elsewhere):
    python = shutil.which("python3.9")
    is_there = python and subprocess.run([python, "-V"], check=False).returncode == 0
    if not is_there:
        pytest.skip("not run: no Python 3.9 here")

    assert run(elsewhere, python, "-I", "verify.py", "bundle.zip", "receipt.txt") == (
        0,
        ["Nothing wrong was found."],
        "",
    )


@pytest.mark.assurance("A-75")
def test_random_trees_are_pymerkles(request):
    chance = random.Random(random.random())  # noqa: S311 - no secret; repeatable by its seed
    is_long = bool(request.config.getoption("--check"))
    size = chance.randrange(1, LARGEST if is_long else LARGEST_IN_CI)
    entries = [chance.randbytes(8) for _ in range(size)]
    oracle = InmemoryTree.init_from_entries(entries, algorithm="sha256")
    whole = Bundle("", b"".join(map(leaf_hash, entries)), None)
    tree = StoredTree(
        lambda level, start, stop: [whole.subtree(level, index) for index in range(start, stop)]
    )

    for _ in range(DRAWN if is_long else DRAWN_IN_CI):
        second = chance.randrange(1, size + 1)
        index, first = chance.randrange(second), chance.randrange(1, second + 1)
        roots = [oracle.get_root(one) for one in (first, second)]
        path, proof = tree.inclusion(index, second), tree.consistency(first, second)

        assert [tree.root(one) for one in (first, second)] == roots
        assert len(path) <= (second - 1).bit_length()
        theirs = oracle.prove_inclusion(index + 1, second)
        assert [one.hex() for one in path] == theirs.serialize()["path"][1:]
        assert root_of_inclusion(index, second, whole.subtree(0, index), path) == roots[1]
        assert is_consistent(first, roots[0], second, roots[1], proof)
        verify_inclusion(whole.subtree(0, index), roots[1], theirs)
        verify_consistency(*roots, oracle.prove_consistency(first, second))
