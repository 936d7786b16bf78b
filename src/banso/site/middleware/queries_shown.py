"""What a request asked of the database, for whoever develops; `banso dev` alone puts it in."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

LONGEST_STATEMENT = 400
COLUMNS = re.compile(r"(?<=SELECT ).{80,}?(?= FROM )")


class Statements:
    """Every statement of a request as it was written, how often, and how long it took."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def __call__(self, execute: Callable[..., object], statement: str, *rest: object) -> object:
        """Run the statement, and count it."""
        began = time.perf_counter()
        try:
            return execute(statement, *rest)
        finally:
            self.times[str(statement)] += 1
            self.seconds[str(statement)] += time.perf_counter() - began

    def lines(self) -> list[str]:
        """Write each statement once, in the order in which they came, without its values."""
        return [
            f"{self.seconds[one] * 1000:8.1f} ms {_times(often):4} {_short(one)}"
            for one, often in self.times.items()
        ]


class QueriesShownMiddleware:
    """Print a request's statements on standard error once it is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then tell; what a streamed answer asks later is not in it."""
        statements, began = Statements(), time.perf_counter()
        with connection.execute_wrapper(statements):
            response = self.get_response(request)
        whole = (time.perf_counter() - began) * 1000
        asked = sum(statements.seconds.values()) * 1000
        head = (
            f"{request.method} {request.get_full_path()} {response.status_code}: {whole:.0f} ms, "
            f"{statements.times.total()} queries in {asked:.0f} ms"
        )
        print(head, *statements.lines(), sep="\n", file=sys.stderr, flush=True)  # noqa: T201 - it is what this is for
        return response


def _times(often: int) -> str:
    return f"×{often}" if often > 1 else ""


def _short(statement: str) -> str:
    words = COLUMNS.sub("…", " ".join(statement.split()))
    return words if len(words) <= LONGEST_STATEMENT else f"{words[:LONGEST_STATEMENT]}…"
