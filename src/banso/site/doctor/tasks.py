"""Whether what runs later runs: a worker is heard of, and nothing was given up or held up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from banso.site.database.embedded.locks import is_taken
from banso.site.doctor.findings import Finding, judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import psycopg

SERVE_LOCK: Final = "serve.lock"
TASKS_LOCK: Final = "tasks.lock"
# A worker is heard of every 30 seconds, and a long job says how far it is.
UNHEARD_WITHIN: Final = 300
# An installation whose tasks have never run yet has no row, and this is empty.
UNHEARD_FOR: Final = """
SELECT extract(epoch FROM clock_timestamp() - max(seen_at))::bigint FROM jobs_job
"""
HELD_UP: Final = """
SELECT kind, count(*), min(reason) FROM jobs_job
 WHERE state = 'failed' AND ended_at > clock_timestamp() - interval '7 days'
    OR state = 'waiting' AND reason <> '' AND attempts > 2
 GROUP BY kind ORDER BY kind
"""
READ_LOG: Final = (
    "Read the log of `banso tasks`, which `banso serve` starts, and the page of jobs."
)


def check_tasks(connection: psycopg.Connection[Any], data: Path) -> list[Finding]:
    """Beside a site that is served, somebody has to do what runs later."""
    if not is_taken(data / SERVE_LOCK):
        return [Finding("tasks", "unknown", "The site is not served here, so no task is due.")]
    found = [*_unheard(connection, data), *_held_up(connection)]
    return judge("tasks", "What runs later runs, and nothing was given up in a week.", found)


def _unheard(connection: psycopg.Connection[Any], data: Path) -> Iterator[tuple[str, str]]:
    [seconds] = connection.execute(UNHEARD_FOR).fetchone() or [None]
    if seconds is None and not is_taken(data / TASKS_LOCK):
        yield "No task has ever run, and `banso tasks` does not run here.", READ_LOG
    elif seconds is not None and seconds > UNHEARD_WITHIN:
        yield f"No task has moved for {seconds} s.", READ_LOG


def _held_up(connection: psycopg.Connection[Any]) -> Iterator[tuple[str, str]]:
    for kind, count, reason in connection.execute(HELD_UP).fetchall():
        yield f"{count} of the jobs {kind} are held up or were given up: {reason}", READ_LOG
