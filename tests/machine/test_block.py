"""Who died or rests leaves the block: nobody else notices, and nothing is computed for who has left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from descent_lab.machine.batches import Batches, always
from descent_lab.machine.endpoints import finish
from descent_lab.machine.kernels import FIELD, Kernel, compile_kernel
from descent_lab.machine.lanes import PLAIN_LEVEL, Lanes
from descent_lab.machine.mixed_block import MixedBlock
from descent_lab.machine.random_draws import standard_normal
from descent_lab.machine.rules import Optimizer
from descent_lab.machine.stepping import FADE, LOOK
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.typed import typed_surface
from tests.optimizers.test_optimizers import every_racer, spread

COUNTING = """\
def kernel(data, w, n, loss, gradient):
    data[0] += n
    for j in range(n):
        x, y = w[j] - 1, w[n + j] - 1
        loss[j] = x * x + 4 * y * y
        gradient[j] = 2 * x
        gradient[n + j] = 8 * y
"""


@dataclass
class Counted:
    """A bowl that counts at how many points it is asked."""

    data: np.ndarray
    field: Kernel
    dim: int = 2
    stride: int = 100_000
    scale: float = 1.0
    level: tuple[float, float] = PLAIN_LEVEL
    hessian: None = None

    def batches(self, first: int, count: int) -> Batches:
        return always(self.data, count)

    def joined(self, optimizer: Optimizer) -> None:
        return None


@pytest.fixture
def bowl() -> Counted:
    return Counted(np.zeros(1), compile_kernel(COUNTING, FIELD))


def knobs_of(optimizer: Optimizer, n: int, **given: float) -> np.ndarray:
    return np.repeat(np.array([list(optimizer.knob_values(given).values())]).T, n, axis=1)


def crowd(n: int) -> np.ndarray:
    return np.random.default_rng(1).uniform(-1, 1, (2, n))


@every_racer
@pytest.mark.parametrize("kind", ["steady", "falling", "noisy"])
def test_steps_in_one_run_are_those_taken_one_by_one(key: str, kind: str) -> None:
    """One by one nobody is seen to rest, and who died is left out from the start."""
    optimizer, n, steps = OPTIMIZERS[key], 150, 5 * LOOK
    start, knobs = spread(optimizer, n)
    start[:, ::9] *= 30  # some of these die on the way
    draws = standard_normal(5, 0, steps, 2)
    rates = np.ones(steps) if kind == "steady" else np.repeat(np.linspace(1, 0.5, steps // LOOK), LOOK)
    noise = np.where(np.arange(n) % 2, 0.0, 0.2) if kind == "noisy" else 0.0
    whole = Lanes.start(SURFACES["beale"], optimizer, start, knobs, noise, 1.0)
    paths, losses = whole.advance(rates, draws, record=True)
    silent = Lanes.start(SURFACES["beale"], optimizer, start, knobs, noise, 1.0)
    silent.advance(rates, draws)
    single = Lanes.start(SURFACES["beale"], optimizer, start, knobs, noise, 1.0)
    for t in range(steps):
        path, loss = single.advance(rates[t : t + 1], draws[t : t + 1], record=True)
        assert np.array_equal(paths[t : t + 2], path), f"step {t}"
        assert np.array_equal(losses[t : t + 2], loss, equal_nan=True), f"step {t}"
    for name in ("w", "reached", "diverged"):
        assert np.array_equal(getattr(whole, name), getattr(single, name)), name
        assert np.array_equal(getattr(whole, name), getattr(silent, name)), name
    alive = whole.diverged < 0
    assert np.array_equal(whole.state[:, alive], single.state[:, alive])
    assert np.array_equal(whole.state[:, alive], silent.state[:, alive])


@pytest.mark.parametrize("key", ["gd", "momentum", "newton", "lbfgs", "cg"])
def test_a_race_in_one_run_is_the_same_taken_one_by_one(key: str) -> None:
    """Entrants of which one dies, and one rests."""
    optimizers = [OPTIMIZERS[each] for each in (key, "adam", "newton", "gd")]
    knobs = [list(each.knob_values({}).values()) for each in optimizers]
    knobs[3][0] = 1e3
    start = np.repeat([[1.0], [1.0]], 4, axis=1)
    first = np.ones(4)
    steps = 20 * LOOK
    whole, single = (
        MixedBlock(SURFACES["beale"], optimizers, start, knobs, [0.0] * 4, [-np.inf] * 4, first)
        for _ in range(2)
    )
    rates, draws = np.ones((4, steps)), standard_normal(5, 0, steps, 2)
    path, losses = np.empty((steps + 1, 2, 4)), np.empty((steps + 1, 4))
    whole.advance(rates, draws, path, losses)
    one, loss = np.empty((2, 2, 4)), np.empty((2, 4))
    for t in range(steps):
        single.advance(rates[:, t : t + 1].copy(), draws[t : t + 1], one, loss)
        assert np.array_equal(path[t : t + 2], one), f"step {t}"
        assert np.array_equal(losses[t : t + 2], loss, equal_nan=True), f"step {t}"
    assert whole.marks[1, 3] >= 0
    assert np.array_equal(whole.marks, single.marks)
    for i in range(3):
        assert np.array_equal(whole.lane(i).state, single.lane(i).state), optimizers[i].key


@pytest.mark.parametrize(("key", "most"), [("gd", 0.03), ("momentum", 0.7), ("cg", 0.01), ("lbfgs", 0.01)])
@pytest.mark.parametrize("n", [3, 300])
def test_who_rests_is_not_asked_any_more(bowl: Counted, key: str, most: float, n: int) -> None:
    """A heavy ball rests when its memory has faded, which takes 7,000 steps; the others as soon as they arrive."""
    optimizer, steps = OPTIMIZERS[key], 20_000
    given = {"lr": 0.05} if key in ("gd", "momentum") else {}
    lanes = Lanes.start(bowl, optimizer, crowd(n), knobs_of(optimizer, n, **given))
    bowl.data[0] = 0
    lanes.advance(np.ones(steps), np.zeros((steps, 2)))
    assert np.max(np.abs(lanes.w - 1)) < 1e-4
    assert bowl.data[0] < most * n * steps


def test_the_dead_are_not_asked_any_more(bowl: Counted) -> None:
    n, steps = 800, 5_000
    knobs = knobs_of(OPTIMIZERS["adam"], n, lr=0.01)
    lanes = Lanes.start(bowl, OPTIMIZERS["adam"], crowd(n), knobs)
    lanes.ceiling[: n // 2] = 1e-9  # these die at once
    bowl.data[0] = 0
    lanes.advance(np.ones(steps), np.zeros((steps, 2)))
    assert np.all(lanes.diverged[: n // 2] == 0)
    assert np.all(lanes.diverged[n // 2 :] == -1)
    assert bowl.data[0] <= n // 2 * (steps + 3)
    bowl.data[0] = 0
    lanes.advance(np.ones(100), np.zeros((100, 2)))
    assert bowl.data[0] <= n // 2 * 102, "they are looked at once"


def test_who_rests_goes_on_when_the_rate_does() -> None:
    """Steps at the first rate are lost in the digits of the point, those at the second are not."""
    optimizer, steps = OPTIMIZERS["gd"], 10 * LOOK
    rates = np.repeat([1e-17, 1.0], steps // 2)
    whole = Lanes.start(SURFACES["beale"], optimizer, [[0.5], [0.5]], knobs_of(optimizer, 1, lr=0.01))
    path, _ = whole.advance(rates, np.zeros((steps, 2)), record=True)
    assert np.all(path[: steps // 2 + 1] == 0.5)
    assert np.all(path[steps // 2 + 1] != 0.5)


def test_what_has_faded_is_nothing() -> None:
    """Where there is no slope momentum's memory comes to 0, and does not stay at the smallest number there is."""
    steps = 300 * FADE
    optimizer = OPTIMIZERS["momentum"]
    lanes = Lanes.start(
        typed_surface("floor(x)"), optimizer, [[0.5], [0.5]], knobs_of(optimizer, 1, beta=0.9)
    )
    lanes.state[:] = 1e-3
    lanes.advance(np.ones(steps), np.zeros((steps, 2)))
    assert np.all(lanes.state == 0.0)


def test_ends_do_not_depend_on_who_shares_the_block() -> None:
    """Shadows stand where lanes died: the others end where they end without them."""
    optimizer, n = OPTIMIZERS["nesterov"], 2_000
    start = np.random.default_rng(2).uniform(-4.5, 4.5, (2, n))
    knobs, draws = knobs_of(optimizer, n, lr=0.01), standard_normal(5, 0, 200, 2)
    end = finish(SURFACES["beale"], optimizer, start, knobs, np.ones(200), draws, 0.0, 1.0)
    alive = end.diverged < 0
    assert 0.1 < alive.mean() < 0.9
    only = finish(
        SURFACES["beale"], optimizer, start[:, alive], knobs[:, alive], np.ones(200), draws, 0.0, 1.0
    )
    for name in ("w", "loss", "reached"):
        assert np.array_equal(getattr(end, name)[..., alive], getattr(only, name)), name
