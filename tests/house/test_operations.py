"""What docs/operations.md and deploy/ name exists, and what can be verified here verifies."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.site.served.proxies import FRAME, NGINX, make_certificate

from banso.site.command_line import COMMANDS, _parser

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "operations.md").read_text("utf-8")
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
EXAMPLES = sorted(DEPLOY.glob("*.env.example"))
SHIPPED = [*UNITS, *EXAMPLES, DEPLOY / "nginx.conf", DEPLOY / "Containerfile"]
SETTING = re.compile(r"\b((?:BANSO|DATABASE)_[A-Z][A-Z0-9_]+)\b")
BLOCK = re.compile(r"^```\n(.*?)^```", re.MULTILINE | re.DOTALL)
# A command between the shell's own words, begun by the program or by the guide's `run`.
NAMES = "|".join({name.split()[0] for name in COMMANDS})
BEGINS = re.compile(rf"(?:^|[\s/])(?:banso|run)\s+(?=(?:{NAMES})\b)")
SHELL = re.compile(r"\s+#.*|&&|;|\|")
# What our own processes tell each other, and tests tell the program: no operator sets it.
INTERNAL = {"BANSO_DB_ROLE", "BANSO_PARENT", "BANSO_WORKER_ELSEWHERE"}
SYSTEMD = shutil.which("systemd-analyze")


def commands_of(text):
    """List the words of every `banso` command line in the guide's blocks."""
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    parts = [part for line in lines for part in SHELL.split(line)]
    begun = [(part, BEGINS.search(part)) for part in parts]
    return [shlex.split(part[found.end() :]) for part, found in begun if found]


def starts_of(unit):
    return re.findall(r"^ExecStart=\S+/banso (.*)$", unit.read_text(), re.MULTILINE)


def read_settings():
    return {
        name
        for source in (ROOT / "src").rglob("*.py")
        for name in re.findall(rf'"{SETTING.pattern}"', source.read_text("utf-8"))
    }


TYPED = commands_of(GUIDE)


def test_the_guide_is_read_at_all():
    first = {words[0] for words in TYPED}
    assert first >= {"migrate", "load-program", "serve", "doctor", "backup", "restore"}
    assert len(TYPED) > len(first)


@pytest.mark.parametrize("words", TYPED, ids=" ".join)
def test_every_command_of_the_guide_is_one_with_these_options(words):
    assert _parser().parse_args(words).command.split()[0] == words[0]


@pytest.mark.parametrize("mention", sorted(set(re.findall(r"`banso ([a-z -]+)", GUIDE))))
def test_every_command_named_in_a_sentence_exists(mention, capsys):
    words = mention.split()[:1]
    with pytest.raises(SystemExit) as left:
        _parser().parse_args([*words, "--help"])

    assert left.value.code == 0, capsys.readouterr().err


@pytest.mark.parametrize("name", sorted(set(SETTING.findall(GUIDE))))
def test_every_setting_of_the_guide_is_read_by_the_program(name):
    assert name in read_settings()


def test_every_setting_that_the_program_reads_is_in_the_guide():
    assert read_settings() - INTERNAL - set(SETTING.findall(GUIDE)) == set()


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda one: one.name)
def test_every_setting_of_a_shipped_file_is_in_the_guide(shipped):
    assert set(SETTING.findall(shipped.read_text("utf-8"))) <= set(SETTING.findall(GUIDE))


@pytest.mark.parametrize("path", sorted(set(re.findall(r"\bdeploy/[\w./-]*\w", GUIDE))))
def test_every_shipped_file_that_the_guide_installs_is_there(path):
    assert (ROOT / path).exists()


def test_every_shipped_file_is_named_in_the_guide():
    assert [one.name for one in SHIPPED if one.name not in GUIDE] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_starts_a_command_with_an_environment_that_the_guide_installs(unit):
    [words] = starts_of(unit)
    [environment] = re.findall(
        r"^EnvironmentFile=/etc/banso/(.*)$", unit.read_text(), re.MULTILINE
    )

    assert _parser().parse_args(words.split()).command in {"serve", "worker"}
    assert (DEPLOY / f"{environment}.example").is_file()
    assert f"/etc/banso/{environment}" in GUIDE


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_has_a_data_folder_that_it_may_write(unit):
    text = unit.read_text()
    [environment] = re.findall(r"^EnvironmentFile=/etc/banso/(.*)$", text, re.MULTILINE)
    given = text + (DEPLOY / f"{environment}.example").read_text()
    [data] = re.findall(r"\bDATA=(\S+)$", given, re.MULTILINE)
    paths = re.findall(r"^ReadWritePaths=(.*)$", text, re.MULTILINE)
    kept = [f"/var/lib/{one}" for one in re.findall(r"^StateDirectory=(\S+)", text, re.MULTILINE)]

    assert data in " ".join(paths + kept).split()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_an_example_is_an_environment_for_a_shell_and_for_systemd_alike(example):
    lines = [line for line in example.read_text("utf-8").splitlines() if line[:1] != "#"]

    assert lines
    assert [line for line in lines if not re.fullmatch(r"[A-Z_]+=[^\s'\"$`\\]+", line)] == []


@pytest.mark.skipif(SYSTEMD is None, reason="not run: systemd-analyze is not here")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_finds_nothing_wrong_in_a_unit(unit, tmp_path):
    program = Path(sys.executable).with_name("banso")
    copied = tmp_path / unit.name
    copied.write_text(unit.read_text().replace("/opt/banso/.venv/bin/banso", str(program)))

    told = subprocess.run(
        [SYSTEMD, "verify", "--man=no", str(copied)], capture_output=True, text=True, check=False
    )

    assert (told.returncode, told.stdout + told.stderr) == (0, "")


@pytest.mark.skipif(NGINX is None, reason="not run: nginx is not here")
def test_nginx_takes_the_example_as_it_is(tmp_path):
    make_certificate(tmp_path)
    site = (DEPLOY / "nginx.conf").read_text().replace("/etc/banso/tls", str(tmp_path))
    (tmp_path / "nginx.conf").write_text(FRAME.format(folder=tmp_path, site=site))

    told = subprocess.run(
        [NGINX, "-t", "-e", f"{tmp_path}/error.log", "-c", f"{tmp_path}/nginx.conf"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert "test is successful" in told.stderr


def test_the_container_copies_what_is_there_and_starts_a_command():
    text = (DEPLOY / "Containerfile").read_text()
    copied = re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE)
    [words] = re.findall(r"^CMD \[(.*)\]$", text, re.MULTILINE)

    assert [one for one in copied if not (ROOT / one).exists()] == []
    assert _parser().parse_args(shlex.split(words.replace(",", " "))).command == "serve"
