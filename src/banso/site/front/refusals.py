"""Why the front turns a request away before Django sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from http import HTTPStatus


class Refusal(Exception):  # noqa: N818 - named for what happened
    """An answer that needs no page of Django's."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(f"{status.value} {status.phrase}")
        self.status = status


class ClientGone(Exception):  # noqa: N818 - named for what happened
    """Nobody waits for the answer any more."""
