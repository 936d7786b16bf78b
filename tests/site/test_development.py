"""`make dev`, `banso shell` and `banso manage`, as a developer types them."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from types import SimpleNamespace

import psycopg
import pytest
from tests.journeys.conftest import BANSO, clean_environ, free_port
from tests.migrated import migrated_folder

from banso.site.console.development import dev
from banso.site.database import acquire, superuser_address

PATIENCE = 90.0
SAMPLE_PERSON = """
INSERT INTO people_person (id, family_name, given_name, family_name_kana, given_name_kana,
                           family_name_en, given_name_en, is_sample)
VALUES (gen_random_uuid(), '見本', '', '', '', '', '', true)
"""
TEMPLATES_FOLLOW = """
import django; django.setup()
from django.template import engines
print(engines["jinja2"].env.auto_reload)
"""


@pytest.fixture(scope="module")
def environ():
    with migrated_folder() as folder, acquire(folder) as cluster:
        address = superuser_address(cluster.places) | {"dbname": "banso"}
        with psycopg.connect(**address) as connection:
            connection.execute(SAMPLE_PERSON)
        yield clean_environ(folder)


def banso(environ, *words):
    done = subprocess.run(
        [*BANSO, *words], env=environ, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_no_migration_is_missing_and_a_new_one_is_named_without_tricks(environ):
    assert banso(environ, "manage", "makemigrations", "--check") == (0, "No changes detected\n")

    words = ("makemigrations", "calls", "--empty", "--name", "add_keywords", "--dry-run")
    status, said = banso(environ, "manage", *words)

    assert status == 0
    assert "_add_keywords.py" in said


def test_a_command_of_django_is_the_owners(environ):
    line = "from django.db import connection; print(connection.settings_dict['USER'])"

    status, said = banso(environ, "manage", "shell", "-c", line)

    assert (status, said.splitlines()[-1]) == (0, "banso_owner")


def test_a_command_that_fails_says_so(environ):
    status, said = banso(environ, "manage", "migrate", "nowhere")

    assert (status, said) == (1, "CommandError: No installed app with label 'nowhere'.\n")


def test_the_shell_has_the_models_at_hand_and_the_rights_of_the_pages(environ):
    line = "print(Person.objects.get().family_name, connection.settings_dict['USER'])"

    status, said = banso(environ, "shell", "-c", f"from django.db import connection; {line}")

    assert (status, said.splitlines()[-1]) == (0, "見本 banso_web")


@pytest.mark.enable_socket
def test_the_developers_server_answers_and_shows_what_each_request_asked(environ, tmp_path):
    port, log = free_port(), tmp_path / "dev.log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            [*BANSO, "dev", "--port", str(port)], env=environ, stdout=written, stderr=written
        )
        try:
            wait_until_answering(f"http://127.0.0.1:{port}/healthz", server, log)
            page = get(f"http://127.0.0.1:{port}/concepts/")
            style = get(f"http://127.0.0.1:{port}/static/web/tokens.css")
        finally:
            server.terminate()
            server.wait(PATIENCE)

    said = log.read_text()
    assert 'href="/static/web/tokens.css"' in page
    assert "--space-2" in style
    assert "GET /concepts/ 200: " in said
    assert ' FROM "catalogue_conceptedition"' in said
    assert "rehears" not in said


def test_the_developers_templates_follow_every_change():
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "banso.site.console.development.settings",
        "BANSO_SECRET_KEY": "only-for-tests",
    }

    told = subprocess.check_output(
        [sys.executable, "-c", TEMPLATES_FOLLOW], env=environ, text=True
    )

    assert told == "True\n"


BESIDE = ["worker", "tasks", "runserver"]


@pytest.mark.parametrize(
    ("has_persons", "refusal", "begun"),
    [
        pytest.param(False, "", ["rehearse", *BESIDE], id="on-an-empty-folder-it-plays"),
        pytest.param(True, "", BESIDE, id="on-a-played-folder-it-serves"),
        pytest.param(True, "real people", [], id="beside-real-people-it-refuses"),
    ],
)
def test_the_sample_is_played_once(monkeypatch, capsys, has_persons, refusal, begun):
    done = []
    monkeypatch.setattr(dev, "has_persons", lambda: has_persons)
    monkeypatch.setattr(dev, "refusal_to_demonstrate", lambda: refusal)
    monkeypatch.setattr(dev.subprocess, "run", lambda words, **_: done.append(words[-1]))
    monkeypatch.setattr(dev.subprocess, "Popen", lambda words, **_: done.append(words[-1]))
    monkeypatch.setattr(dev, "call_command", lambda name, *_: done.append(name))

    status = dev.run(SimpleNamespace(port=8000))

    assert (status, done) == (1 if refusal else 0, begun)
    assert capsys.readouterr().err == (f"banso: {refusal}\n" if refusal else "")


def get(address):
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own server
        return answer.read().decode()


def wait_until_answering(address, server, log):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            return get(address)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(log.read_text())
