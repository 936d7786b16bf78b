"""The words that each command takes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def serve(parser: argparse.ArgumentParser) -> None:
    """Take the address; the port is PORT, or 8000."""
    parser.add_argument("--address", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))


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


def doctor(parser: argparse.ArgumentParser) -> None:
    """Take `--json`."""
    _take_json(parser)


def bench(parser: argparse.ArgumentParser) -> None:
    """Take the name of a promise."""
    parser.add_argument("name", help="for example public-pages")
    _take_json(parser)


def _take_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON document alone")
