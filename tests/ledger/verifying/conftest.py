import pytest
from tests.ledger.sample_log import (
    verified,
)
from tests.ledger.verifying.samples import wrongs_of


@pytest.fixture
def saved(tmp_path):
    """Write files, and give their paths in the same order."""

    def write(**files):
        paths = []
        for name, content in files.items():
            path = tmp_path / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        return paths

    return write


@pytest.fixture
def check(saved, capsysbinary):
    """Verify files; the exit code, and what is wrong by code and place."""

    def run(*words, **files):
        code, document = verified(capsysbinary, *saved(**files), *words)
        return code, wrongs_of(document)

    return run
