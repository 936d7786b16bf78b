"""A-98: workers are killed while they work and send; each task is done, each mail leaves once."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from tests.notices.mail.post_office import open_post_office

from banso.jobs import queue
from banso.jobs.models import Job
from banso.jobs.running import Runner
from banso.ledger.clock import read_clock
from banso.notices.mail.outbox import Mail, put
from banso.notices.models import Message
from banso.web.fronts.jobs import JobKind

KILLS, LONG_KILLS = 10, 400
TASKS_A_ROUND = 40
LONGEST_LIFE = 0.5
ROUNDS_TO_END = 400
CHILD = """
import os
import django
from django.conf import settings
import tests.settings
settings.DATABASES["default"].update(NAME=os.environ["KILLED_DATABASE"], HOST=os.environ["KILLED_HOST"])
settings.MAIL = {"host": "127.0.0.1", "port": int(os.environ["KILLED_PORT"]), "tls": "none"}
django.setup()
from tests.assurance.killing.test_task_kills import runner
working = runner()
working.prepare()
print("ready", flush=True)
while True:
    working.round()
"""
pytestmark = [pytest.mark.enable_socket, pytest.mark.xdist_group("servers")]


def write_a_mail(work):
    """A task of its own that is done twice without harm, because its mail has its key."""
    time.sleep(0.002)
    mail = Mail(to=f"{work.subject}@example.jp", subject="x", text="y", key=work.subject)
    put([mail], at=work.at)


def runner():
    kinds = queue.job_kinds()
    return Runner(
        {
            "notices.deliver_mail": kinds["notices.deliver_mail"],
            # A kill is not a fault of the task; no task here is given up for it.
            "sample.write": JobKind(label="Write", run=write_a_mail, most_attempts=10_000),
        }
    )


def enqueue(round_number):
    at = read_clock()
    Job.objects.bulk_create(
        Job(
            kind="sample.write",
            key=f"{round_number}-{number}",
            subject=f"{round_number}-{number}",
            asked_at=at,
            due_at=at,
        )
        for number in range(TASKS_A_ROUND)
    )


def start_child(port):
    address = connection.settings_dict
    environment = {
        **os.environ,
        "PYTHONPATH": f"{Path.cwd()}:{os.environ.get('PYTHONPATH', '')}",
        "KILLED_DATABASE": address["NAME"],
        "KILLED_HOST": address["HOST"],
        "KILLED_PORT": str(port),
    }
    return subprocess.Popen(
        [sys.executable, "-c", CHILD], stdout=subprocess.PIPE, text=True, env=environment
    )


@pytest.mark.assurance("A-98")
def test_killed_workers_leave_each_task_done_and_each_mail_sent_at_most_once(
    transactional_db, settings, short_or_long
):
    rounds, unfinished = short_or_long(KILLS, LONG_KILLS) // 2, 0
    with open_post_office() as office:
        settings.MAIL = office.address
        for number in range(rounds):
            enqueue(number)
            children = [start_child(office.address["port"]) for _ in range(2)]
            for child in children:
                assert child.stdout.readline() == "ready\n"
            time.sleep(random.uniform(0.05, LONGEST_LIFE))  # noqa: S311 - when to kill
            for child in children:
                child.send_signal(signal.SIGKILL)
                child.wait()
                child.stdout.close()
            unfinished += Job.objects.unfinished().exclude(key="").exists()
        work_until_nothing_is_left()

    tasks = rounds * TASKS_A_ROUND
    arrived = Counter(office.recipients)
    states = Counter(Message.objects.values_list("state", flat=True))
    sent = set(Message.objects.filter(state="sent").values_list("recipient", flat=True))
    assert unfinished, "every kill came after the work was done"
    assert Counter(Job.objects.exclude(key="").values_list("state", flat=True)) == {"done": tasks}
    assert not Job.objects.filter(state="running").exists()
    assert set(arrived.values()) == {1}
    assert sent <= arrived.keys()
    # Of a mail that was being handed over at a kill nobody knows; there is one for a kill at most.
    assert states["sent"] + states["in-doubt"] == tasks
    assert states["in-doubt"] <= rounds * 2


def work_until_nothing_is_left():
    working = runner()
    working.prepare()
    for _ in range(ROUNDS_TO_END):
        working.round()
        is_waiting = Message.objects.filter(state__in=["waiting", "handed-over"]).exists()
        if not Job.objects.unfinished().exclude(key="").exists() and not is_waiting:
            return
        # What a killed worker held is free a moment after its connection.
        Job.objects.filter(state="waiting", reason__gt="").update(due_at=read_clock())
        time.sleep(0.02)
