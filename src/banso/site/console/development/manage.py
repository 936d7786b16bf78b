"""`banso manage …`: Django's own commands, as the owner of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management import execute_from_command_line

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Run the command that the words name; its own exit status ends the process."""
    execute_from_command_line(["banso manage", *arguments.words])
    return 0
