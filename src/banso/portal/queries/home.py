"""What the first page shows: what is open, what was decided last, what is funded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from banso.calls.queries import open_calls
from banso.catalogue.queries import (
    NOT_KNOWN,
    bodies,
    concept_choices,
    concept_counts,
    news,
    visions,
)
from banso.ledger.clock import read_clock
from banso.projects.queries import projects
from banso.results.queries import published_results
from banso.web.formats import active_language, time_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banso.calls.models import Call
    from banso.catalogue.models import NewsItem, ProgramBody, Vision
    from banso.projects.models import Project
    from banso.results.models import Result

LATEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainRow:
    """One row of the table of concepts: a domain, with its counts agency by agency."""

    code: str
    label: str
    counts: list[tuple[str, int]]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """Everything on the first page; each open call with the time left."""

    open_calls: list[tuple[Call, str]]
    vision: Vision | None
    projects: Sequence[Project]
    results: Sequence[Result]
    news: Sequence[NewsItem]
    agencies: list[str]
    domains: list[DomainRow]
    calls_pages: list[ProgramBody]


def home_page() -> HomePage:
    """Read the first page."""
    at = read_clock()
    domains, agencies = _concept_table()
    decided = [vision for vision in visions() if vision.decided_on or vision.decided_in]
    return HomePage(
        open_calls=[
            (call, time_left(call.closes_at, at, active_language()))
            for call in open_calls(at)[:LATEST]
        ],
        vision=decided[-1] if decided else None,
        projects=list(projects()[:LATEST]),
        results=list(published_results()[:LATEST]),
        news=list(news()[:LATEST]),
        agencies=agencies,
        domains=domains,
        calls_pages=[body for body in bodies("funds") if body.calls_page],
    )


def _concept_table() -> tuple[list[DomainRow], list[str]]:
    counted = {(domain, agency): count for domain, agency, count in concept_counts()}
    agencies = sorted({agency for _, agency in counted})
    rows = []
    for code, label in concept_choices()["domain"]:
        stored = "" if code == NOT_KNOWN else code
        counts = [(agency, counted.get((stored, agency), 0)) for agency in agencies]
        total = sum(count for _, count in counts)
        rows.append(DomainRow(code=code, label=label, counts=counts, total=total))
    return rows, agencies
