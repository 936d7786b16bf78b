"""The `banso` command: what an operator types, with exit status 0 done, 1 refused, 2 usage."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from banso.notices.mail.configured import MailUnfit
from banso.site.console import arguments, start
from banso.site.database import DatabaseUnavailable, DatabaseUnfit
from banso.site.front.intake.proxies import TransportUnfit

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
    "serve": ConsoleCommand("serving.serve", "serve the pages", arguments.serve, start.nothing),
    "web": ConsoleCommand(
        "serving.web",
        "answer requests for `banso serve`, which starts it",
        arguments.web,
        start.serve_tables,
    ),
    "migrate": ConsoleCommand(
        "migrate", "bring the database to this release", arguments.migrate, start.own_tables
    ),
    "load-program": ConsoleCommand(
        "content.load_program",
        "load a program's public record",
        arguments.load_program,
        start.serve_tables,
    ),
    "rehearse": ConsoleCommand(
        "content.rehearse",
        "play the sample program",
        arguments.rehearse,
        start.make_and_serve_tables,
    ),
    "create-officer": ConsoleCommand(
        "content.create_officer",
        "invite the first officer by a link that is mailed and printed",
        arguments.create_officer,
        start.serve_tables,
    ),
    "register-person": ConsoleCommand(
        "content.register_person",
        "register a person who may sign in",
        arguments.register_person,
        start.serve_tables,
    ),
    "take-bounce": ConsoleCommand(
        "content.take_bounce",
        "note that a mail came back, read from standard input",
        arguments.nothing,
        start.serve_tables,
    ),
    "worker": ConsoleCommand(
        "serving.worker",
        "give entries their place in the ledger's tree, and sign it",
        arguments.worker,
        start.sequence_tables,
    ),
    "tasks": ConsoleCommand(
        "serving.tasks",
        "send mail, remind, and do what else runs later",
        arguments.tasks,
        start.work_on_tables,
    ),
    "ledger verify": ConsoleCommand(
        "ledger.verify",
        "verify a receipt, a bundle or checkpoints, offline",
        arguments.ledger_verify,
        start.nothing,
    ),
    "ledger audit": ConsoleCommand(
        "ledger.audit",
        "compare every table of the ledger with what was signed",
        arguments.ledger_audit,
        start.own_tables,
    ),
    "ledger checkpoint": ConsoleCommand(
        "ledger.checkpoint",
        "print the latest signed checkpoint",
        arguments.ledger_checkpoint,
        start.serve_tables,
    ),
    "ledger rotate-key": ConsoleCommand(
        "ledger.rotate_key",
        "sign with a new key from now on",
        arguments.ledger_rotate_key,
        start.sequence_tables,
    ),
    "ledger add-witness": ConsoleCommand(
        "ledger.add_witness",
        "name an organisation that checks our checkpoints",
        arguments.ledger_add_witness,
        start.serve_tables,
    ),
    "ledger add-cosignature": ConsoleCommand(
        "ledger.add_cosignature",
        "keep a checkpoint that a witness has signed",
        arguments.ledger_add_cosignature,
        start.serve_tables,
    ),
    "ledger erase": ConsoleCommand(
        "ledger.erase",
        "erase the details of a person's entries",
        arguments.ledger_erase,
        start.own_tables,
    ),
    "witness check": ConsoleCommand(
        "ledger.witness",
        "check another organisation's ledger, and sign what is consistent",
        arguments.witness_check,
        start.nothing,
    ),
    "witness new-key": ConsoleCommand(
        "ledger.witness", "make a witness's key", arguments.witness_new_key, start.nothing
    ),
    "backup": ConsoleCommand(
        "backups.backup",
        "back the running site up to a folder",
        arguments.backup,
        start.nothing,
    ),
    "restore": ConsoleCommand(
        "backups.restore",
        "put a backup back into an empty folder",
        arguments.restore,
        start.nothing,
    ),
    "doctor": ConsoleCommand(
        "doctor", "find what is wrong, and say how to mend it", arguments.doctor, start.nothing
    ),
    "bench": ConsoleCommand(
        "bench", "measure a promise on a throw-away database", arguments.bench, start.nothing
    ),
    "dev": ConsoleCommand(
        "development.dev",
        "serve the sample program to its developer, following every change",
        arguments.dev,
        start.develop_tables,
    ),
    "shell": ConsoleCommand(
        "development.shell",
        "open Python with every model at hand",
        arguments.shell,
        start.serve_tables,
    ),
    "manage": ConsoleCommand(
        "development.manage",
        "run one of Django's own commands, such as makemigrations",
        arguments.manage,
        start.own_tables,
    ),
}

GROUPS = {
    "ledger": "verify the ledger, and look after its keys and witnesses",
    "witness": "be a witness of another organisation's ledger; needs no database",
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
    except (DatabaseUnavailable, DatabaseUnfit, MailUnfit, TransportUnfit) as unfit:
        print(f"banso: {unfit}", file=sys.stderr)  # noqa: T201 - the command line speaks
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="banso", description=__doc__)
    first_words = parser.add_subparsers(required=True, metavar="COMMAND")
    second_words: dict[str, Any] = {}
    for name, command in COMMANDS.items():
        group, _, verb = name.partition(" ")
        if verb and group not in second_words:
            parent = first_words.add_parser(group, help=GROUPS[group], description=GROUPS[group])
            second_words[group] = parent.add_subparsers(required=True, metavar="COMMAND")
        words = second_words[group] if verb else first_words
        own = words.add_parser(verb or group, help=command.help, description=command.help)
        own.set_defaults(command=name)
        command.add_arguments(own)
    return parser


if __name__ == "__main__":
    sys.exit(main())
