"""The words that each command takes."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path
from typing import Final

LONGEST_OVERLAP: Final = 3650


def serve(parser: argparse.ArgumentParser) -> None:
    """Take the address, and whether the worker runs beside it; the port is PORT, or 8000."""
    parser.add_argument("--address", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    parser.add_argument(
        "--without-worker", action="store_true", help="a `banso worker` runs by itself"
    )


def web(parser: argparse.ArgumentParser) -> None:
    """Take the socket that `banso serve` has bound."""
    parser.add_argument(
        "--socket", type=int, required=True, metavar="DESCRIPTOR", help="bound socket"
    )


def migrate(parser: argparse.ArgumentParser) -> None:
    """Take `--quiet`."""
    parser.add_argument("--quiet", action="store_true", help="say nothing when all went well")


def load_program(parser: argparse.ArgumentParser) -> None:
    """Take the files; without any, K Program's own."""
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="concepts and program")
    parser.add_argument("--dry-run", action="store_true", help="show the differences only")
    _take_json(parser)


def rehearse(parser: argparse.ArgumentParser) -> None:
    """Take the seed and the scale."""
    parser.add_argument("--seed", type=int, default=1, help="which sample program (default 1)")
    parser.add_argument(
        "--scale", type=int, default=3, metavar="N", help="proposals a concept (default 3)"
    )
    _take_json(parser)


def register_person(parser: argparse.ArgumentParser) -> None:
    """Take the name, the address, the body and the role."""
    parser.add_argument("email")
    parser.add_argument("--family-name", required=True)
    parser.add_argument("--given-name", default="")
    parser.add_argument("--organisation", required=True, help="Japanese or short name of the body")
    parser.add_argument("--role", default="", help="for example agency-officer")


def create_officer(parser: argparse.ArgumentParser) -> None:
    """Take what `register-person` takes, and the language of the letter."""
    register_person(parser)
    parser.add_argument("--language", choices=["ja", "en"], default="ja", help="of the letter")


def nothing(_parser: argparse.ArgumentParser) -> None:
    """Take no words."""


def worker(parser: argparse.ArgumentParser) -> None:
    """Take whether to stop when nothing waits."""
    parser.add_argument("--once", action="store_true", help="stop when nothing waits any more")


def tasks(parser: argparse.ArgumentParser) -> None:
    """Take whether to stop when nothing is due."""
    parser.add_argument("--once", action="store_true", help="stop when nothing is due any more")


def ledger_verify(parser: argparse.ArgumentParser) -> None:
    """Take the files, and the keys that are known by another way, as the verifier does."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="receipt (text or PDF), bundle or checkpoint"
    )
    parser.add_argument(
        "--key", action="append", default=[], help="the ledger's verifier key, learned elsewhere"
    )
    parser.add_argument("--lang", choices=["ja", "en"], help="language of the findings")
    _take_json(parser)


def ledger_audit(parser: argparse.ArgumentParser) -> None:
    """Take `--json`."""
    _take_json(parser)


def ledger_checkpoint(parser: argparse.ArgumentParser) -> None:
    """Take `--json`."""
    _take_json(parser)


def ledger_rotate_key(parser: argparse.ArgumentParser) -> None:
    """Take how long the old key signs beside the new one."""
    parser.add_argument(
        "--overlap", type=_days, default=30, metavar="DAYS", help="how long both sign (default 30)"
    )


def _days(text: str) -> int:
    days = int(text)
    if not 0 <= days <= LONGEST_OVERLAP:
        raise argparse.ArgumentTypeError(f"{days} is not from 0 to {LONGEST_OVERLAP} days")
    return days


def ledger_add_witness(parser: argparse.ArgumentParser) -> None:
    """Take the witness's verifier key and who it is."""
    parser.add_argument("key", help="the witness's verifier key")
    parser.add_argument("--organisation", required=True, help="name in Japanese")
    parser.add_argument("--organisation-en", default="", help="name in English")


def ledger_add_cosignature(parser: argparse.ArgumentParser) -> None:
    """Take the cosigned checkpoint."""
    parser.add_argument("file", type=Path, help="the checkpoint with the witness's signature")


def ledger_erase(parser: argparse.ArgumentParser) -> None:
    """Take the person and the ground."""
    parser.add_argument("email", help="the person's address for signing in")
    parser.add_argument("--ground", required=True, help="why; it stays in the ledger")
    parser.add_argument("--dry-run", action="store_true", help="count only")


def witness_check(parser: argparse.ArgumentParser) -> None:
    """Take where the ledger is and what the witness knows of it."""
    parser.add_argument("ledger", metavar="FROM", help="address of the ledger's pages, or a file")
    parser.add_argument("--state", type=Path, required=True, help="folder of the witness")
    parser.add_argument("--log-key", default="", help="the ledger's verifier key, the first time")
    parser.add_argument("--out", type=Path, default=None, help="where the signed checkpoint goes")
    _take_json(parser)


def witness_new_key(parser: argparse.ArgumentParser) -> None:
    """Take the witness's name."""
    parser.add_argument("name", help="a name of the organisation's own, such as a host name")
    parser.add_argument("--state", type=Path, required=True, help="folder of the witness")
    _take_json(parser)


def doctor(parser: argparse.ArgumentParser) -> None:
    """Take how deep to look."""
    parser.add_argument(
        "--deep", action="store_true", help="read every stored file and compare its hash"
    )
    _take_json(parser)


def backup(parser: argparse.ArgumentParser) -> None:
    """Take where to, whether to go on streaming, and how many to keep."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of all backups")
    parser.add_argument(
        "--follow", action="store_true", help="then stream the log on, until told to stop"
    )
    parser.add_argument(
        "--keep", type=_count, default=0, metavar="N", help="remove all but the newest N"
    )
    _take_json(parser)


def restore(parser: argparse.ArgumentParser) -> None:
    """Take where from, and the instant."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of backups, or one")
    parser.add_argument(
        "--to",
        type=_instant,
        default=None,
        metavar="INSTANT",
        help="as of this instant, as 2027-05-31T12:00:00+09:00 (default: the latest)",
    )
    parser.add_argument(
        "--without-lost-files",
        action="store_true",
        help="restore although stored files are missing or damaged, and list them",
    )
    _take_json(parser)


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError(f"{count} is not from 1 up")
    return count


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not like 2027-05-31T12:00:00+09:00") from None
    if instant.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} does not say its time zone, as +09:00 does")
    return instant


def bench(parser: argparse.ArgumentParser) -> None:
    """Take the name of a promise."""
    parser.add_argument("name", help="for example public-pages")
    _take_json(parser)


def _take_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document alone")


def dev(parser: argparse.ArgumentParser) -> None:
    """Take the port: PORT, or 8000."""
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))


def shell(parser: argparse.ArgumentParser) -> None:
    """Take a line of Python to run in place of a conversation."""
    parser.add_argument("-c", dest="command_line", default="", metavar="LINE", help="run it")


def manage(parser: argparse.ArgumentParser) -> None:
    """Take the command and its own words, as they are."""
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND", help="and its words")
