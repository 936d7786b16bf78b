import pytest
from tests.site.witness.logs import Log, listening

from banso.site.command_line import main


@pytest.fixture
def log(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    log = Log()
    with listening(log.answer) as log.address:
        yield log


@pytest.fixture
def state(tmp_path, capsys):
    state = tmp_path / "state"
    assert main(["witness", "new-key", "witness.example.jp", "--state", str(state)]) == 0
    capsys.readouterr()
    return state
