"""The data plane's own arithmetic: windows, ticks, curves, loops, residuals."""

from itertools import pairwise
from typing import Any

import pytest

from tests.browser.state.conftest import Run

SEVEN = [[2.4, 1.7], [2.8, 1.85], [3.2, 1.79], [3.6, 1.95], [4, 2.1], [4.2, 2], [5, 2.7]]


def value(run: Run, module: str, names: str, expression: str, argument: Any = None) -> Any:
    """The value of an expression of what a view's module exports."""
    return run(
        f"const {{ {names} }} = await import('/views/data/{module}.js'); return {expression};", argument
    )


@pytest.mark.parametrize(
    "points",
    [
        SEVEN,
        [[3, 4]],
        [[0, 0]],
        [[2, 1], [2, 5]],
        [[1, 7], [9, 7]],
        [[1e300, -1e300], [-1e300, 1e300]],
        [[1e16, 0], [1e16 + 2, 1]],
    ],
)
def test_a_window_has_room_around_every_point(run: Run, points: list[Any]) -> None:
    window = value(run, "window", "fittedWindow", "fittedWindow(argument)", points)
    for which, (low, high) in enumerate(window):
        assert low < high
        assert high - low < float("inf")
        assert all(low < point[which] < high for point in points)


def test_without_points_there_is_a_window_to_draw_in(run: Run) -> None:
    assert value(run, "window", "fittedWindow", "fittedWindow([])") == [[0, 10], [0, 10]]


@pytest.mark.parametrize(
    ("after", "other"),
    [
        (SEVEN, False),
        ([*SEVEN, [9, 9]], False),
        (SEVEN[:4], False),
        ([[0, 0], *SEVEN[1:]], False),
        (SEVEN[:3], True),
        ([[k, k] for k in range(7)], True),
        ([], True),
    ],
)
def test_other_points_altogether_are_told_from_edits(run: Run, after: Any, other: bool) -> None:
    assert value(run, "window", "replaced", "replaced(...argument)", [SEVEN, after]) is other


@pytest.mark.parametrize(
    ("low", "high"),
    [(0, 10), (1.88, 5.52), (-3e-9, 2e-9), (2000, 2001), (100_000, 100_004), (-1e300, 1e300)],
)
def test_ticks_are_round_and_told_apart(run: Run, low: float, high: float) -> None:
    ticks = value(run, "axes", "roundTicks", "roundTicks(argument, 6)", [low, high])
    assert 3 <= len(ticks) <= 9
    assert len({tick["text"] for tick in ticks}) == len(ticks)
    slack = 1e-9 * (high - low)
    assert all(low - slack <= tick["value"] <= high + slack for tick in ticks)
    assert all(a["value"] < b["value"] for a, b in pairwise(ticks))


CURVES = """(() => {
    const straight = curveOf({ dim: 2, x: [1, 3], basis: [[-1, 1], [1, 1]] });  // standardised: (x - 2) / 1
    const bent = curveOf({ dim: 3, x: [0, 1, 2], basis: [[0, 0, 1], [1, 1, 1], [2, 4, 1]] });
    return EXPRESSION;
})()"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("straight.at([3, 5], 10)", 29),
        ("straight.through([0, 1], [4, 9])", [2, 5]),
        ("PLAIN_LINE.at([2, 5], 7)", 19),
        ("bent.at([0, 1, 7], 2)", 11),
        ("bent.at([0, 1, 7], 1.5)", 9.5),
        ("Number.isNaN(bent.at([0, 1, 7], 2.1))", True),
        ("bent.through", None),
        ("curveOf({ dim: 11, x: new Float64Array(0), basis: [] })", None),
    ],
)
def test_a_curve_is_its_inputs_times_the_weights(run: Run, expression: str, expected: Any) -> None:
    assert value(run, "curve", "curveOf, PLAIN_LINE", CURVES.replace("EXPRESSION", expression)) == expected


def test_a_loop_encloses_what_lies_inside_its_outline(run: Run) -> None:
    hook = [[0, 0], [10, 0], [10, 10], [6, 10], [6, 4], [4, 4], [4, 10], [0, 10]]
    inside = value(
        run,
        "lasso",
        "encloses",
        "[[2, 8], [8, 8], [5, 8], [5, 2], [12, 5]].map((p) => encloses(argument, ...p))",
        hook,
    )
    assert inside == [True, True, False, True, False]


def test_whiskers_stand_on_the_training_points_only(run: Run) -> None:
    body = """
        const { residuals } = await import("/views/data/residuals.js");
        const { curveOf } = await import("/views/data/curve.js");
        const { Plane } = await import("/views/canvas/plane.js");
        const plane = new Plane([[0, 10], [0, 10]], { left: 0, top: 0, width: 100, height: 100 });
        const curve = curveOf({ dim: 2, x: [0, 10], basis: [[0, 1], [10, 1]] });
        return residuals(plane, { points: [[2, 5], [4, 5], [6, 5]], sets: [0, 1, 2] }, curve, [1, 0]);
    """
    assert run(body) == [{"x": 20, "y": 50, "end": 80, "rising": True}]
