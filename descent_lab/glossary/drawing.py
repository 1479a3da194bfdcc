"""Small line drawings as SVG, from numbers: curves, dots and bars, in the colour of the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from descent_lab.geometry import Point

WIDTH, HEIGHT, EDGE = 160, 76, 6

SOLID = "1"
FAINT = "0.4"


class Drawing:
    """A picture of the stretch x of the plane, (low, high), and y. Every mark gives the drawing back."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        self.x, self.y = x, y
        self.marks: list[str] = []

    def at(self, x: float, y: float) -> Point:
        """Where a place of the plane lies in the picture."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return EDGE + across * (WIDTH - 2 * EDGE), HEIGHT - EDGE - up * (HEIGHT - 2 * EDGE)

    def line(
        self, points: Iterable[Sequence[float]], *, faint: bool = False, dashed: bool = False
    ) -> Drawing:
        """A line through places of the plane, as far as the picture goes."""
        inside = [self.at(x, y) for x, y in points if np.isfinite(y)]
        if len(inside) < 2:
            return self
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in inside)
        dash = ' stroke-dasharray="3 3"' if dashed else ""
        self.marks.append(
            f'<path d="M{path}" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round"'
            f'{dash} opacity="{FAINT if faint else SOLID}"/>'
        )
        return self

    def curve(self, x: np.ndarray, y: np.ndarray, *, faint: bool = False, dashed: bool = False) -> Drawing:
        """A line through the points of two columns."""
        return self.line(np.column_stack([x, y]), faint=faint, dashed=dashed)

    def axes(self) -> Drawing:
        """The two axes, where they lie in the picture."""
        if self.y[0] <= 0 <= self.y[1]:
            self.line([(self.x[0], 0), (self.x[1], 0)], faint=True)
        if self.x[0] <= 0 <= self.x[1]:
            self.line([(0, self.y[0]), (0, self.y[1])], faint=True)
        return self

    def dots(
        self, points: Iterable[Sequence[float]], *, radius: float = 2.4, hollow: bool = False
    ) -> Drawing:
        """A dot at each place."""
        paint = 'fill="none" stroke="currentColor" stroke-width="1.4"' if hollow else 'fill="currentColor"'
        for x, y in (self.at(x, y) for x, y in points):
            self.marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {paint}/>')
        return self

    def bar(self, left: float, right: float, low: float, high: float, *, strength: float = 1.0) -> Drawing:
        """A filled rectangle."""
        (x, y), (end, top) = self.at(left, low), self.at(right, high)
        self.marks.append(
            f'<rect x="{x:.1f}" y="{top:.1f}" width="{end - x:.1f}" height="{y - top:.1f}" rx="1.5" '
            f'fill="currentColor" opacity="{strength:g}"/>'
        )
        return self

    def svg(self) -> str:
        """The picture. What it shows is told by the sentence beside it."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="term-picture" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'aria-hidden="true" focusable="false">{"".join(self.marks)}</svg>'
        )
