"""Optimizers over lanes: whoever shares a block, a lane has the same bits."""

from __future__ import annotations

import numpy as np
import pytest

from descent_lab.machine.endpoints import BLOCK, finish
from descent_lab.machine.lanes import Lanes
from descent_lab.machine.random_draws import standard_normal
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.surfaces import SURFACES
from tests.optimizers.test_optimizers import BEALE, HILLS, every_racer, spread, surface


@every_racer
@pytest.mark.parametrize("expression", [BEALE, HILLS], ids=["beale", "hills"])
def test_a_lane_equals_its_solo_run(key: str, expression: str) -> None:
    optimizer, n, steps = OPTIMIZERS[key], 100, 40
    start, knobs = spread(optimizer, n)
    draws = standard_normal(5, 0, steps, 2)
    rates = np.linspace(1, 0.5, steps)
    noise = np.where(np.arange(n) % 2, 0.0, 0.2)
    together = Lanes.start(surface(expression), optimizer, start, knobs, noise)
    paths, losses = together.advance(rates, draws, record=True)
    for j in range(n):
        alone = Lanes.start(surface(expression), optimizer, start[:, [j]], knobs[:, [j]], noise[[j]])
        path, loss = alone.advance(rates, draws, record=True)
        assert np.array_equal(paths[:, :, j], path[:, :, 0]), f"lane {j}"
        assert np.array_equal(losses[:, j], loss[:, 0], equal_nan=True), f"lane {j}"
        assert together.diverged[j] == alone.diverged[0]


@every_racer
@pytest.mark.parametrize("noise", [0.0, 0.1], ids=["calm", "noisy"])
def test_a_crowd_takes_the_same_steps(key: str, noise: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rule and surface in one kernel: the same bits, also for those who diverge on the way."""
    optimizer, n = OPTIMIZERS[key], 300
    start, knobs = spread(optimizer, n)
    start[:, ::50] *= 1e80  # some die early, and the others do not notice
    draws, rates = standard_normal(5, 0, 30, 2), np.linspace(1, 0.5, 30)
    apart = finish(SURFACES["beale"], optimizer, start, knobs, rates, draws, noise, 1.0)
    monkeypatch.setattr("descent_lab.machine.endpoints.CROWD", 1)
    joined = finish(SURFACES["beale"], optimizer, start, knobs, rates, draws, noise, 1.0)
    assert np.any(joined.reached >= 0)
    for name in ("w", "loss", "reached", "diverged"):
        assert np.array_equal(getattr(apart, name), getattr(joined, name), equal_nan=True), name


def test_one_kernel_serves_a_crowd() -> None:
    """What one weight does alone is joined with the surface, once; what moves whole points is not."""
    beale = SURFACES["beale"]
    assert beale.joined(OPTIMIZERS["lbfgs"]) is None
    assert beale.joined(OPTIMIZERS["adam"]) is beale.joined(OPTIMIZERS["adam"])


@every_racer
def test_a_resumed_run_equals_one_run(key: str) -> None:
    optimizer = OPTIMIZERS[key]
    start, knobs = spread(optimizer, 9)
    draws, rates = standard_normal(5, 0, 20, 2), np.linspace(1, 0.5, 20)
    whole = Lanes.start(surface(BEALE), optimizer, start, knobs, 0.1)
    whole.advance(rates, draws)
    parts = Lanes.start(surface(BEALE), optimizer, start, knobs, 0.1)
    parts.advance(rates[:7], draws[:7])
    parts.advance(rates[7:], draws[7:])
    for name in ("w", "state", "reached", "diverged", "step"):
        assert np.array_equal(getattr(whole, name), getattr(parts, name), equal_nan=name == "state"), name


@every_racer
def test_where_blocks_are_cut_does_not_matter(key: str) -> None:
    optimizer, n = OPTIMIZERS[key], BLOCK + 37
    start, knobs = spread(optimizer, n)
    draws, rates = standard_normal(5, 0, 10, 2), np.ones(10)
    end = finish(surface(HILLS), optimizer, start, knobs, rates, draws, 0.1, -0.5)
    some = slice(BLOCK - 100, None)
    last = finish(surface(HILLS), optimizer, start[:, some], knobs[:, some], rates, draws, 0.1, -0.5)
    assert np.array_equal(end.w[:, some], last.w)
    for name in ("loss", "reached", "diverged"):
        assert np.array_equal(getattr(end, name)[some], getattr(last, name)), name


@every_racer
@pytest.mark.parametrize(
    "expression",
    ["-exp(x^2 + y^2)", "log(x + 2)*exp(y)", "x/y", "exp(exp(x + y))"],
    ids=["well", "edge", "pole", "cliff"],
)
def test_freezing_keeps_values_finite(key: str, expression: str) -> None:
    optimizer, n, steps = OPTIMIZERS[key], 60, 60
    start, knobs = spread(optimizer, n)
    if "lr" in optimizer.knobs:
        knobs[list(optimizer.knobs).index("lr")] *= 1e3
    lanes = Lanes.start(surface(expression), optimizer, start, knobs)
    path, losses = lanes.advance(np.ones(steps), standard_normal(5, 0, steps, 2), record=True)
    assert np.all(np.isfinite(path))
    assert np.all(np.isfinite(losses[:, lanes.diverged < 0]))
    for j in np.nonzero(lanes.diverged >= 0)[0]:
        died = lanes.diverged[j]
        assert np.all(np.isnan(losses[died:, j])), "a dead lane has no loss"
        assert np.all(path[died:, :, j] == path[died, :, j]), "a dead lane stands still"
        assert np.all(np.isfinite(losses[:died, j]))
