"""How results are printed, by every command."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Annotated, Any

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def figure(value: float | None, digits: int = 4) -> str:
    """A number with so many significant digits."""
    return "-" if value is None else f"{value:.{digits}g}"


def print_json(value: Any) -> None:
    """JSON on stdout; a number that is not finite would be an error of ours."""
    print(json.dumps(value, allow_nan=False, ensure_ascii=False))


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns under their heads."""
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    for row in (heads, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
