"""`banso dev`: the sample program on this machine, which follows every change of code."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from django.core.management import call_command

from banso.people.queries.persons import has_persons
from banso.rehearsal.queries import refusal_to_demonstrate
from banso.site.console.parent import PARENT, REFUSED
from banso.site.console.start import RELOADED

if TYPE_CHECKING:
    import argparse

PROGRAM = {"DJANGO_SETTINGS_MODULE": "banso.site.settings"}


def run(arguments: argparse.Namespace) -> int:
    """Play the sample on an empty folder, then serve until told to stop, to this machine alone."""
    if os.environ.get(RELOADED) != "true":
        if refusal := refusal_to_demonstrate():
            print(f"banso: {refusal}", file=sys.stderr)
            return REFUSED
        if not has_persons():
            words = [sys.executable, "-m", "banso.site.command_line", "rehearse"]
            subprocess.run(words, env=os.environ | PROGRAM, check=True)  # noqa: S603 - our own command
        _start_beside()
    call_command("runserver", f"127.0.0.1:{arguments.port}")
    return 0


def _start_beside() -> None:
    """Start what places entries and what sends mail; they end with us and follow no change."""
    environ = os.environ | PROGRAM | {PARENT: str(os.getpid())}
    for name in ("worker", "tasks"):
        words = [sys.executable, "-m", "banso.site.command_line", name]
        subprocess.Popen(words, env=environ)  # noqa: S603 - our own command
