"""What a benchmark reports: figures with their unit, baseline and target."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured value; `ratio` is to the baseline of the same run, `met` follows the target."""

    figure: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None
    target: str = ""
    met: bool | None = None


def report(name: str, figures: Sequence[Figure], *, as_json: bool) -> None:
    """Write the JSON beside the benchmarks, and print it or a table."""
    document = {"name": name, "figures": [asdict(figure) for figure in figures]}
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(document, ensure_ascii=False, indent=2)
    (RESULTS / f"{name}.json").write_text(text + "\n")
    print(text if as_json else _table(figures))


def _table(figures: Sequence[Figure]) -> str:
    head = f"{'figure':<52}{'value':>12} {'unit':<8}{'baseline':>12}{'ratio':>8}  target"
    return "\n".join([head, *map(_line, figures)])


def _line(figure: Figure) -> str:
    baseline = "" if figure.baseline is None else _written(figure.baseline)
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    met = {True: "met", False: "NOT MET", None: ""}[figure.met]
    return (
        f"{figure.figure:<52}{_written(figure.value):>12} {figure.unit:<8}{baseline:>12}{ratio:>8}"
        f"  {figure.target} {met}"
    )


def _written(value: float) -> str:
    """Write shares with three decimals, and what is large with one."""
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"  # noqa: PLR2004 - two digits
