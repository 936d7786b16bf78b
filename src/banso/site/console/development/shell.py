"""`banso shell`: Python with every model at hand, as the role that serves the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management import execute_from_command_line

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Open Django's shell; `-c` runs one line and ends."""
    words = ["--command", arguments.command_line] if arguments.command_line else []
    execute_from_command_line(["banso", "shell", *words])
    return 0
