"""What is installed to run is what was tested."""

import re
from pathlib import Path

import pytest

REQUIREMENTS = Path(__file__).parents[2] / "requirements"
PINNED = re.compile(r"^([A-Za-z0-9_.\-\[\]]+)==(\S+)", re.MULTILINE)


def pinned(name):
    return dict(PINNED.findall((REQUIREMENTS / name).read_text()))


@pytest.mark.parametrize("name", ["runtime.txt", "s3.txt", "providers.txt"])
def test_what_runs_has_the_versions_that_were_tested(name):
    tested = pinned("dev.txt")

    running = pinned(name)

    assert len(running) > 30
    assert {
        one: (run, tested.get(one)) for one, run in running.items() if run != tested.get(one)
    } == {}
