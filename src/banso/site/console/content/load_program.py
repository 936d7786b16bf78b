"""`banso load-program`: show what some files change in the public record, and load them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from banso.catalogue.commands.load_program import load_program
from banso.catalogue.program.files import OWN_FILES, BadFilesError, read_program_files
from banso.catalogue.program.shelves import stored_program
from banso.catalogue.queries import program_changes
from banso.people.actors import OPERATOR_AT_CONSOLE

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from banso.catalogue.program.changes import Change, Difference
    from banso.catalogue.program.files import Fault

ON_ONE_LINE = 60
INDENT = " " * 20


def run(arguments: argparse.Namespace) -> int:
    """Print the differences, then load; bad files are listed row by row and change nothing."""
    try:
        contents = {str(path): path.read_bytes() for path in arguments.files or OWN_FILES}
    except OSError as unreadable:
        return _cannot_open(unreadable)
    try:
        files = read_program_files(contents, stored_program())
    except BadFilesError as bad:
        return _refuse(bad.faults, as_json=arguments.json)
    changes = program_changes(files)
    is_loading = bool(changes) and not arguments.dry_run
    if is_loading:
        load_program(actor=OPERATOR_AT_CONSOLE, files=files)
    if arguments.json:
        print(json.dumps(_document(changes, is_loaded=is_loading), ensure_ascii=False))
    else:
        _print_changes(changes, is_loaded=is_loading)
    return 0


def _cannot_open(unreadable: OSError) -> int:
    print(f"banso: {unreadable.filename}: {unreadable.strerror}", file=sys.stderr)
    return 2


def _refuse(faults: Sequence[Fault], *, as_json: bool) -> int:
    if as_json:
        document = {"loaded": False, "faults": [asdict(fault) for fault in faults]}
        print(json.dumps(document, ensure_ascii=False))
    for fault in faults:
        print(f"banso: {fault}", file=sys.stderr)
    print(f"banso: nothing was loaded; faults found: {len(faults)}", file=sys.stderr)
    return 1


def _document(changes: Sequence[Change], *, is_loaded: bool) -> dict[str, object]:
    return {"loaded": is_loaded, "changes": [asdict(change) for change in changes]}


def _print_changes(changes: Sequence[Change], *, is_loaded: bool) -> None:
    for change in changes:
        print(f"{change.act:9} {change.kind:9} {change.key}")
        if change.act != "added":
            for difference in change.differences:
                _print_difference(difference)
    if not changes:
        print("The catalogue says this already; nothing to do.")
    elif is_loaded:
        print(f"Loaded. Records changed: {len(changes)}")
    else:
        print(f"Dry run: nothing was loaded. Records that would change: {len(changes)}")


def _print_difference(difference: Difference) -> None:
    before, after = _shown(difference.before), _shown(difference.after)
    if len(before) + len(after) <= ON_ONE_LINE:
        print(f"{INDENT}{difference.field}: {before} → {after}")
    else:
        print(
            f"{INDENT}{difference.field}:\n{INDENT}  before: {before}\n{INDENT}  after:  {after}"
        )


def _shown(value: object) -> str:
    if value in ("", None):
        return "(missing)"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
