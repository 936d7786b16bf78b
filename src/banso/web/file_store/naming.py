"""The store that an environment names, for whoever looks without making or removing anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.utils.module_loading import import_string

from banso.web.file_store.folder import FolderStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banso.web.file_store.contents import FileStore

S3 = "s3://"


def store_of(data: Path, environ: Mapping[str, str]) -> FileStore:
    """Give the store that the environment names, without making a folder or removing a draft."""
    named = environ.get("BANSO_FILES") or str(data / "files")
    if not named.startswith(S3):
        return FolderStore(Path(named).absolute())
    # Its client is an extra that an installation with a folder does without.
    s3_store = import_string("banso.web.file_store.s3.S3Store")
    return cast("FileStore", s3_store(named, endpoint=environ.get("BANSO_S3_ENDPOINT", "")))
