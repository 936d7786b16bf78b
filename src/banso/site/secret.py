"""The key that signs sessions: given by the environment, else made once in the data folder."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def secret_key(environ: Mapping[str, str], data: Path) -> str:
    """Take BANSO_SECRET_KEY, else read `secret-key` in the data folder, making it if need be.

    The file is made whole or not at all, so two processes that start together agree.
    """
    if given := environ.get("BANSO_SECRET_KEY"):
        return given
    path = data / "secret-key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".secret-key-{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        _publish(draft, path)
    return path.read_text().strip()


def _publish(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink()
