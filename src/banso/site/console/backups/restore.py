"""`banso restore DIR [--to INSTANT]`: put a backup back into the empty folder that DATA names."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

from banso.site.backups import BackupRefused, as_document, restore
from banso.site.console.progress import told
from banso.site.console.start import data_folder

if TYPE_CHECKING:
    import argparse


def run(arguments: argparse.Namespace) -> int:
    """Restore, verify, and say which keys have to be brought; 1 when nothing was restored."""
    data = data_folder(os.environ)
    try:
        may_lack = arguments.without_lost_files
        chosen, found = restore(
            arguments.folder.absolute(), data, arguments.to, told, may_lack=may_lack
        )
    except BackupRefused as refused:
        print(f"banso: {refused}", file=sys.stderr)
        return 1
    except OSError as fault:
        said = f"{fault.filename or data}: {fault.strerror}"
        print(f"banso: {said}. Nothing was restored.", file=sys.stderr)
        return 1
    document = as_document(chosen, found, arguments.to)
    if arguments.json:
        print(json.dumps(document))
    else:
        print(
            f"{document['backup']} is restored in {data}, as of {document['instant']}: "
            f"{found.entries} entries verified, {found.named_files} files."
        )
    for name, without in found.missing_keys.items():
        print(f"banso: bring {data / name}: without it, {without}", file=sys.stderr)
    for name in found.lost_files:
        print(
            f"banso: the stored file {name} is lost; put it into {data / 'files'} if it is found",
            file=sys.stderr,
        )
    if found.unnamed_files:
        print(
            f"banso: {len(found.unnamed_files)} files are named by no row; --json lists them",
            file=sys.stderr,
        )
    return 0
