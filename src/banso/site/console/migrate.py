"""`banso migrate`: bring the tables to this release, as their owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management import call_command

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Apply every migration that is missing."""
    call_command("migrate", interactive=False, verbosity=0 if arguments.quiet else 1)
    return 0
