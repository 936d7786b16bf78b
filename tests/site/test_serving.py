import subprocess
import sys

import pytest

from banso.site.console import serve

# Forks children that live on, as a server forks its processes, while a thread runs commands.
FORKING_WHILE_RUNNING = """
import os, signal, threading
from banso.site.console.serve import run_beside

statuses = []
thread = threading.Thread(
    target=lambda: statuses.extend(run_beside(["/bin/sh", "-c", "exit 3"]) for _ in range(40)),
    daemon=True,
)
thread.start()
children = []
while thread.is_alive() and len(children) < 400:
    child = os.fork()
    if child == 0:
        signal.pause()
    children.append(child)
thread.join(10)
print(statuses == [3] * 40, flush=True)
for child in children:
    os.kill(child, signal.SIGKILL)
os._exit(0)
"""


class Enough(BaseException):
    pass


def test_a_command_that_ends_is_seen_although_server_processes_were_forked_as_it_began():
    told = subprocess.run(
        [sys.executable, "-c", FORKING_WHILE_RUNNING], capture_output=True, text=True, check=False
    )

    assert (told.stdout, told.stderr) == ("True\n", "")


def test_a_worker_is_started_again_however_it_ended_and_later_when_it_refused(monkeypatch):
    ends, rests = iter([-9, 0, serve.REFUSED, -11]), []
    monkeypatch.setattr(serve, "run_beside", lambda _command: next(ends))

    def rest(seconds):
        rests.append(seconds)
        if len(rests) == 4:
            raise Enough

    monkeypatch.setattr(serve.time, "sleep", rest)
    with pytest.raises(Enough):
        serve.keep_worker()

    assert rests == [serve.REST, serve.REST, serve.REST_AFTER_REFUSAL, serve.REST]
