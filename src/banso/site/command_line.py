"""The `banso` command: what an operator types, with exit status 0 done, 1 refused, 2 usage."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from banso.site.console import arguments, start
from banso.site.database import DatabaseUnavailable, DatabaseUnfit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class ConsoleCommand:
    """A command: the module that answers it, its help, its words, and what has to run first.

    The module is imported once that has run, since most of them read tables.
    """

    module: str
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    prepare: Callable[[], object]


COMMANDS = {
    "serve": ConsoleCommand("serve", "serve the pages", arguments.serve, start.serve_tables),
    "migrate": ConsoleCommand(
        "migrate", "bring the database to this release", arguments.migrate, start.own_tables
    ),
    "load-program": ConsoleCommand(
        "load_program",
        "load a program's public record",
        arguments.load_program,
        start.serve_tables,
    ),
    "rehearse": ConsoleCommand(
        "rehearse", "play the sample program", arguments.rehearse, start.make_and_serve_tables
    ),
    "register-person": ConsoleCommand(
        "register_person",
        "register a person who may sign in",
        arguments.register_person,
        start.serve_tables,
    ),
    "doctor": ConsoleCommand(
        "doctor", "say where everything is, and how it does", arguments.doctor, start.nothing
    ),
    "bench": ConsoleCommand(
        "bench", "measure a promise on a throw-away database", arguments.bench, start.nothing
    ),
}


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that the words name; a refusal is one sentence on standard error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "banso.site.settings")
    parsed = _parser().parse_args(words)
    command = COMMANDS[parsed.command]
    try:
        command.prepare()
        module = importlib.import_module(f"banso.site.console.{command.module}")
        return int(module.run(parsed))
    except (DatabaseUnavailable, DatabaseUnfit) as unfit:
        print(f"banso: {unfit}", file=sys.stderr)  # noqa: T201 - the command line speaks
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="banso", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        command.add_arguments(
            commands.add_parser(name, help=command.help, description=command.help)
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
