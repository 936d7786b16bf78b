"""A-111: change what decides, one thing at a time, and see whether a test notices.

`make long CHECK=A-111 SEED=1 MINUTES=60` draws mutants in the order of the seed until the time is
over, and writes docs/assurance/mutants.tsv: what was drawn, what was noticed, and what was not.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.machinery import SourceFileLoader
from pathlib import Path
from typing import TYPE_CHECKING

from tools.mutations import Mutation, mutations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
RECORD = ROOT / "docs/assurance/mutants.tsv"
HEAD = "date\tcommit\tseed\tgroup\tdrawn\tof\tnoticed\n"
MOST_PROCESSOR_SECONDS, LONGEST_SECONDS = 300, 3600
WANTED = 0.95
DECIDING = frozenset({"visible_to", "version_of"})


@dataclass(frozen=True, slots=True)
class Group:
    """Modules that decide, and the tests that have to notice: the nearest first."""

    name: str
    modules: tuple[Path, ...]
    tests: tuple[tuple[str, ...], ...]
    functions: frozenset[str] = frozenset()


def groups() -> Iterator[Group]:
    """Name what is changed: rulebook, ledger, and each app's `visible_to` and `version_of`."""
    package = SOURCE / "banso"
    rulebook = (("tests/rulebook", "src/banso/rulebook"),)
    yield Group("rulebook", _modules(package / "rulebook"), rulebook)
    ledger = (("tests/ledger",), ("tests/proofs", "tests/assurance/test_ledger_verification.py"))
    yield Group("ledger", _modules(package / "ledger"), ledger)
    for app in sorted(package.iterdir()):
        deciding = tuple(one for one in _modules(app) if _decides(one))
        near = sorted((ROOT / "tests" / app.name).glob("test_v*.py"))
        if deciding and near and app.name not in {"rulebook", "ledger"}:
            nearest = tuple(str(path.relative_to(ROOT)) for path in near)
            yield Group(
                f"{app.name}: who reads", deciding, (nearest, (f"tests/{app.name}",)), DECIDING
            )


def _modules(folder: Path) -> tuple[Path, ...]:
    found = folder.rglob("*.py")
    return tuple(sorted(one for one in found if "migrations" not in one.parts))


def _decides(module: Path) -> bool:
    return any(f"def {name}(" in module.read_text() for name in DECIDING)


class Changed(SourceFileLoader):
    """Loads one module from another source than its file has, and as a finder finds it."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        super().__init__(name, str(path))
        self._source = source

    def find_spec(
        self, name: str, _path: object = None, _target: object = None
    ) -> ModuleSpec | None:
        """Find the one module here, and all others where they are."""
        if name != self.name:
            return None
        return importlib.util.spec_from_file_location(name, self.path, loader=self)

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - Python's own signature
        """Compile the changed source; nothing of it is kept."""
        # This file's own `from __future__` is not to reach it.
        return compile(self._source, self.path, "exec", dont_inherit=True)


def run_tests(module: str, path: Path, source: Path, tests: Sequence[str]) -> int:
    """Run the tests in this process with the module changed; pytest's status ends it."""
    import pytest  # noqa: PLC0415 - only a child needs it

    resource.setrlimit(resource.RLIMIT_CPU, (MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS))
    sys.meta_path.insert(0, Changed(module, path, source.read_text()))
    quiet = ["-q", "-x", "--no-header", "-p", "no:cacheprovider", "-p", "no:randomly", "--tb=no"]
    return int(pytest.main([*quiet, *tests]))


def nearest(module: Path, group: Group) -> list[tuple[str, ...]]:
    """Order the tests: those that bear the module's name first, then the group's own."""
    app = ROOT / "tests" / module.relative_to(SOURCE / "banso").parts[0]
    named = sorted(one for one in app.rglob("test_*.py") if module.stem in one.stem)
    near = tuple(str(one.relative_to(ROOT)) for one in named)
    return [near, *group.tests] if near and not group.functions else [*group.tests]


def is_noticed(module: Path, source: str, tests: Sequence[Sequence[str]]) -> bool:
    """Tell whether a test fails, or none comes to an end."""
    name = ".".join(module.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    with tempfile.NamedTemporaryFile("w", suffix=".py") as written:
        written.write(source)
        written.flush()
        for near in tests:
            words = [
                sys.executable,
                "-m",
                "tools.mutants",
                "--child",
                name,
                str(module),
                written.name,
            ]
            try:
                done = subprocess.run(  # noqa: S603 - ourselves
                    [*words, *near],
                    cwd=ROOT,
                    check=False,
                    capture_output=True,
                    timeout=LONGEST_SECONDS,
                )
            except subprocess.TimeoutExpired:
                return True
            if done.returncode:
                return True
    return False


def main() -> int:
    """Draw mutants until the time is over; 1 if fewer were noticed than wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--group", default="", help="groups whose name begins so")
    arguments = parser.parse_args()
    chosen = [one for one in groups() if one.name.startswith(arguments.group)]
    drawn = [(group, module, one) for group in chosen for module, one in _mutants(group)]
    possible = Counter(group.name for group, _, _ in drawn)
    random.Random(arguments.seed).shuffle(drawn)  # noqa: S311 - no secret
    run = draw(drawn, time.monotonic() + arguments.minutes * 60)
    write(run, possible, arguments.seed)
    return 0 if run.noticed.total() >= WANTED * run.taken.total() else 1


@dataclass(frozen=True, slots=True)
class Run:
    """What was drawn of each group, what of it was noticed, and what was not."""

    taken: Counter[str] = field(default_factory=Counter)
    noticed: Counter[str] = field(default_factory=Counter)
    left: list[str] = field(default_factory=list)


def _mutants(group: Group) -> Iterator[tuple[Path, Mutation]]:
    for module in group.modules:
        for one in mutations(module.read_text(), group.functions):
            yield module, one


def draw(drawn: Sequence[tuple[Group, Path, Mutation]], until: float) -> Run:
    """Try one mutant after the other until the time is over."""
    run, proven = Run(), set[Path]()
    for group, module, one in drawn:
        if time.monotonic() > until:
            break
        if module not in proven and is_noticed(
            module, module.read_text(), nearest(module, group)[:1]
        ):
            raise SystemExit(f"the tests of {module} fail without any change")
        proven.add(module)
        run.taken[group.name] += 1
        if is_noticed(module, one.source, nearest(module, group)):
            run.noticed[group.name] += 1
            continue
        place = f"{module.relative_to(ROOT)}:{one.line}"
        run.left.append("\t".join((place, *one.words)))
        print(f"not noticed: {run.left[-1]}", file=sys.stderr, flush=True)
    return run


def write(run: Run, possible: Counter[str], seed: int) -> None:
    """Add the run to the record, and keep what this run left beside it."""
    commit = subprocess.check_output(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - the developer's own
        cwd=ROOT,
        text=True,
    ).strip()
    date = datetime.now(UTC).strftime("%FT%TZ")
    with RECORD.open("a") as record:
        if not RECORD.stat().st_size:
            record.write(HEAD)
        for group in possible:
            if run.taken[group]:
                row = (
                    date,
                    commit,
                    seed,
                    group,
                    run.taken[group],
                    possible[group],
                    run.noticed[group],
                )
                record.write("\t".join(map(str, row)) + "\n")
                told = f"{run.noticed[group]:5} of {run.taken[group]:5} noticed"
                print(f"{told} ({possible[group]} possible): {group}")
    left_over = RECORD.with_name("mutants-left.tsv")
    left_over.write_text(
        "".join(f"{line}\n" for line in ["place\twas\tbecame", *sorted(run.left)])
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        _, _, name, path, written, *near = sys.argv
        sys.exit(run_tests(name, Path(path), Path(written), near))
    sys.exit(main())
