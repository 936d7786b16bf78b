"""Whether every file that the program names is in its store, and is what was received."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

from banso.site.doctor.findings import Finding, judge
from banso.web.file_store import FileDamaged, StoredBytes, StoreTrouble
from banso.web.file_store.contents import verified
from banso.web.file_store.folder import FolderStore
from banso.web.file_store.naming import store_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import psycopg

    from banso.web.file_store.contents import FileStore

# A receipt names the files of its submission, which may have been replaced in the draft since.
NAMED_FILES = """
SELECT sha256, size FROM proposals_proposalfile
UNION
SELECT file->>'sha256', (file->>'size')::bigint
  FROM proposals_receipt, jsonb_array_elements(files) file
 ORDER BY 1
"""
MEND = "Put the file of this name from a backup in its place."


def check_files(
    connection: psycopg.Connection[Any], data: Path, environ: Mapping[str, str], *, is_deep: bool
) -> list[Finding]:
    """Look for files that are gone or cut short; a deep look reads every byte."""
    named = [StoredBytes(*row) for row in connection.execute(NAMED_FILES)]
    try:
        store = store_of(data, environ)
        # A store elsewhere may refuse our credentials before anything lies there.
        is_asked = bool(named) or not isinstance(store, FolderStore)
        sizes = {one.sha256: one.size for one in store.listed()} if is_asked else {}
        faults = [(one.sha256, _fault(store, one, sizes, is_deep=is_deep)) for one in named]
    except (StoreTrouble, ImproperlyConfigured, ImportError) as trouble:
        says = f"The files could not be looked at: {trouble}."
        return [Finding("files", "wrong", says, "Look at BANSO_FILES, and at the store itself.")]
    looked = "read whole" if is_deep else "there in their length (--deep reads them)"
    strays = len(sizes.keys() - {one.sha256 for one in named})
    good = f"{len(named)} files are {looked}; {strays} more belong to nothing that was kept."
    return judge("files", good, [(f"File {name} {why}.", MEND) for name, why in faults if why])


def _fault(
    store: FileStore, named: StoredBytes, sizes: Mapping[str, int], *, is_deep: bool
) -> str:
    size = sizes.get(named.sha256)
    if size is None:
        return "is missing"
    if size != named.size:
        return f"has {size} bytes instead of {named.size}"
    return _changed(store, named) if is_deep else ""


def _changed(store: FileStore, named: StoredBytes) -> str:
    try:
        for _chunk in verified(store.read(named), named):
            pass
    except FileDamaged:
        return "has other bytes than those that were received"
    return ""
