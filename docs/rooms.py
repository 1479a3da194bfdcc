"""Draws docs/pictures/rooms.svg: the rooms of library and application, and the way of a race through them.

    python -m docs.rooms

The floors are those of `tests/test_rooms.py`, which holds them against every import; a room's
sentence is the first line of its own docstring.
"""

from __future__ import annotations

import ast
import textwrap
from html import escape
from pathlib import Path

from tests.test_rooms import PYTHON_FLOORS

ROOT = Path(__file__).resolve().parents[1]
SVG = Path(__file__).with_name("pictures") / "rooms.svg"

WIDTH, ROW, GAP, LEFT = 1180, 78, 14, 64
WAY = {
    "app.pages": 1, "descent_lab.links": 1, "app.stream": 2, "descent_lab.setups": 2, "descent_lab.races": 3,
    "descent_lab.machine": 3, "descent_lab.formulas": 4, "descent_lab.surfaces": 4, "descent_lab.optimizers": 4,
    "app.messages": 5,
}  # fmt: skip
"""Rooms that a race passes through -> which step of its way this is, as docs/architecture.md tells it."""

STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #23302b }
  .name { font-weight: 600 }
  .says { font-size: 11px; fill: #5a6862 }
  rect { fill: #f7f5ee; stroke: #c9c6b8 }
  .app rect { fill: #eef3ee }
  .way rect { stroke: #b4532a; stroke-width: 2 }
  circle { fill: #b4532a } .step { fill: #fff; font-weight: 600; text-anchor: middle }
  .aside { fill: #5a6862 } .down { stroke: #c9c6b8; stroke-width: 1.5; fill: none }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e9e4 } .says { fill: #a3b0a9 }
    circle { fill: #e08a5c } .step { fill: #1f2624 } .aside { fill: #a3b0a9 } .down { stroke: #46504b }
    rect { fill: #1f2624; stroke: #46504b } .app rect { fill: #202c28 } .way rect { stroke: #e08a5c }
  }
"""


def first_line(room: str) -> str:
    """What a room says of itself."""
    path = ROOT.joinpath(*room.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    said = ast.get_docstring(ast.parse(file.read_text())) or ""
    return said.split("\n\n")[0].replace("\n", " ").replace("`", "")


def box(room: str, x: float, y: float, width: float) -> str:
    """A room: its name, and its sentence below in up to two lines."""
    kinds = " ".join(kind for kind, true in (("app", room.startswith("app")), ("way", room in WAY)) if true)
    lines = textwrap.wrap(first_line(room), int(width / 6.6), max_lines=2, placeholder=" …")
    says = "".join(
        f'<text class="says" x="{x + 10:g}" y="{y + 36 + 14 * i:g}">{escape(line)}</text>'
        for i, line in enumerate(lines)
    )
    at = x + width - 20
    step = (
        f'<circle cx="{at:g}" cy="{y + 15:g}" r="9"/><text class="step" x="{at:g}" y="{y + 19.5:g}">{WAY[room]}</text>'
        if room in WAY
        else ""
    )
    return (
        f'<g class="{kinds}"><rect x="{x:g}" y="{y:g}" width="{width:g}" height="{ROW - GAP}" rx="10"/>'
        f'<text class="name" x="{x + 10:g}" y="{y + 19:g}">{escape(room)}</text>{says}{step}</g>'
    )


def drawn() -> str:
    """The picture, the top floor first."""
    floors = [
        [room for room in floor if "__main__" not in room and "." in room]
        for floor in reversed(PYTHON_FLOORS)
    ]
    floors = [floor for floor in floors if floor]
    height = ROW * len(floors) + 2 * GAP
    boxes: list[str] = []
    for row, floor in enumerate(floors):
        width = min((WIDTH - 2 * LEFT - GAP * (len(floor) - 1)) / len(floor), 380)
        start = (WIDTH - width * len(floor) - GAP * (len(floor) - 1)) / 2
        boxes += [
            box(room, start + i * (width + GAP), GAP + row * ROW, width) for i, room in enumerate(floor)
        ]
    low = height - GAP - 24
    boxes.append(
        f'<path class="down" d="M40 60V{low} m-6 -9 l6 9 l6 -9"/>'
        f'<text class="aside" transform="translate(28 {height / 2:g}) rotate(-90)" text-anchor="middle">'
        "imports point down</text>"
    )
    title = (
        "The rooms of Descent Lab: each imports from those below it alone; the numbers are the way of a race"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">'
        f"<title>{title}</title><style>{STYLE}</style>\n" + "\n".join(boxes) + "\n</svg>\n"
    )


if __name__ == "__main__":
    SVG.write_text(drawn())
