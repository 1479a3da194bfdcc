"""Line searches where there is no value, where there are holes, and at kinks."""

from __future__ import annotations

import numpy as np
import pytest

from descent_lab.races.race import Race
from descent_lab.setups.reading import read_setup


def raced(
    key: str, expression: str, start: tuple[float, float], steps: int = 100
) -> tuple[np.ndarray, np.ndarray]:
    """The path, (steps + 1, 2), and the losses on it."""
    setup = {"expression": expression, "start": start, "steps": steps, "entrants": [{"optimizer": key}]}
    race = Race(read_setup(setup))
    race.advance(steps)
    return race.points(0, steps)[0], race.losses(0, steps)[0]


@pytest.mark.parametrize("key", ["cg", "lbfgs"])
def test_a_trial_without_a_value_is_not_taken(key: str) -> None:
    path, losses = raced(key, "10x - log(x) + y^2", (0.5, 0))
    assert path[-1] == pytest.approx([0.1, 0], abs=1e-6)
    assert losses[-1] == pytest.approx(1 - np.log(0.1), rel=1e-12)


WILD = {
    "no value beyond a wall": ("sqrt(x) + 1/x + y^2", (0.3, 2)),
    "a hole without a bottom": ("log(abs(x - 1)) + y^2", (3, 1)),
    "a pole": ("-1/x^2 + y^2", (1, 1)),
    "an overflow": ("exp(exp(x^2)) + y^2", (2.4, 1)),
    "no value at all but here and there": ("sqrt(sin(9x)) + sqrt(cos(9y))", (0.1, 0.1)),
    "steps": ("floor(3x)^2 + y^2", (2.5, 1)),
    "a kink": ("abs(x) + y^2", (1.1, 0.3)),
}


@pytest.mark.parametrize("key", ["cg", "lbfgs"])
@pytest.mark.parametrize("what", WILD)
def test_no_step_ends_higher_than_it_began_or_where_there_is_no_loss(key: str, what: str) -> None:
    path, losses = raced(key, *WILD[what])
    assert np.isfinite(path).all()
    assert np.isfinite(losses).all()
    assert np.all(np.diff(losses) <= 0)


@pytest.mark.parametrize(
    ("expression", "start", "lowest"),
    [
        ("abs(x) + y^2", (1.1, 0.3), 0),
        ("abs(x) + y^2", (1.1, -2.3), 0),
        ("abs(x) + abs(y)", (1.3, 0.7), 0),
        ("|x| + 10|y|", (3, 1.1), 0),
        ("abs(x - y) + 0.2x^2 + 0.1y^2", (3, -1), 0),
        ("10|y - x^2| + |1 - x|", (-1.2, 1), 0),
        ("max(x^2 + y^4, (2 - x)^2 + (2 - y)^2, 2exp(y - x))", (1, -0.1), 1.9522244939),
    ],
)
def test_conjugate_gradients_go_on_along_a_kink(
    expression: str, start: tuple[float, float], lowest: float
) -> None:
    """The last is problem CB2 of Charalambous and Conn 1978, with the minimum that is published of it."""
    losses = raced("cg", expression, start)[1]
    assert losses[-1] == pytest.approx(lowest, abs=1e-3)
