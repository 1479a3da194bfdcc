"""What every optimizer of the catalogue promises, and what is known of some of them on paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from descent_lab.knobs import Knob
from descent_lab.machine.endpoints import BLOCK, finish
from descent_lab.machine.lanes import Lanes, evaluate
from descent_lab.machine.random_draws import standard_normal
from descent_lab.machine.rules import Optimizer
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.refusals import Refusal
from descent_lab.surfaces import SURFACES
from descent_lab.surfaces.surface import Surface, typed_surface

BOWL = "0.5*(x^2 + y^2)"
BEALE = "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2"
HILLS = "sin(3*x)*cos(2*y) + 0.1*(x^2 + y^2)"

every_optimizer = pytest.mark.parametrize("key", OPTIMIZERS)
every_racer = pytest.mark.parametrize("key", [key for key, each in OPTIMIZERS.items() if each.for_races])


@cache
def surface(expression: str) -> Surface:
    return typed_surface(expression)


def column(optimizer: Optimizer, **knobs: float) -> np.ndarray:
    return np.array([[value] for value in optimizer.knob_values(knobs).values()])


def run(
    key: str, expression: str, start: Any, steps: int, noise: float = 0.0, rates: Any = None, **knobs: float
) -> tuple[np.ndarray, np.ndarray, Lanes]:
    """One lane: points (steps + 1, 2), losses (steps + 1,), and the lane itself."""
    optimizer = OPTIMIZERS[key]
    lanes = Lanes.start(
        surface(expression),
        optimizer,
        np.array(start, dtype=float).reshape(2, 1),
        column(optimizer, **knobs),
        noise,
    )
    rates = np.ones(steps) if rates is None else rates
    path, losses = lanes.advance(rates, standard_normal(3, 0, steps, 2), record=True)
    return path[:, :, 0], losses[:, 0], lanes


def spread(optimizer: Optimizer, lanes: int) -> tuple[np.ndarray, np.ndarray]:
    """Starts, (2, lanes), and knobs, (K, lanes), all different, some of them wild."""
    random = np.random.default_rng(7)
    start = random.uniform(-2, 2, (2, lanes))
    knobs = np.empty((len(optimizer.knobs), lanes))
    for row, knob in zip(knobs, optimizer.knobs.values(), strict=True):
        row[:] = random.uniform(knob.low, knob.high, lanes)
        if knob.log:
            row[:] = np.exp(random.uniform(np.log(knob.low), np.log(knob.high), lanes))
        if knob.integer:
            row[:] = np.round(row)
    return start, knobs


# ---------------------------------------------------------------- lanes


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


# ---------------------------------------------------------------- the catalogue


def test_the_catalogue_is_complete() -> None:
    assert list(OPTIMIZERS) == [
        *("gd", "sgd", "momentum", "nesterov"),
        *("adagrad", "adadelta", "rmsprop"),
        *("adam", "adamw", "amsgrad", "adamax", "nadam", "radam", "adabelief", "yogi"),
        *("lion", "rprop"),
        "muon",
        *("newton", "lbfgs", "cg"),
        *("nelder_mead", "random_search"),
    ]


@every_optimizer
def test_defaults_and_sliders_lie_in_the_domain(key: str) -> None:
    for name, knob in OPTIMIZERS[key].knobs.items():
        assert knob.low <= knob.default <= knob.high, name
        for value in (knob.low, knob.default, knob.high):
            number = int(value) if knob.integer else value
            assert knob.check(name, number) == value
        assert not knob.log or knob.low > 0, name


@every_optimizer
def test_only_documented_knobs_are_taken(key: str) -> None:
    optimizer = OPTIMIZERS[key]
    with pytest.raises(Refusal, match="has no knob 'nonsense'"):
        optimizer.knob_values({"nonsense": 1})
    for name in optimizer.knobs:
        for bad in (float("nan"), float("inf"), "1", None, True, -1.0):
            with pytest.raises(Refusal) as refusal:
                optimizer.knob_values({name: bad})
            assert refusal.value.field == f"knobs.{name}"


@every_optimizer
def test_it_describes_itself_in_plain_json(key: str) -> None:
    optimizer = OPTIMIZERS[key]
    told = json.loads(json.dumps(optimizer.describe(), allow_nan=False))
    assert told["key"] == key
    assert told["sentence"].endswith(".")
    assert told["source"]
    assert told["mathml"].startswith("<math")
    assert [knob["name"] for knob in told["knobs"]] == list(optimizer.knobs)
    assert all(knob["label"] and knob["sentence"].endswith(".") for knob in told["knobs"])


@every_optimizer
def test_what_it_remembers_is_part_of_its_state(key: str) -> None:
    optimizer = OPTIMIZERS[key]
    assert optimizer.remembers is None or optimizer.remembers in optimizer.state
    assert optimizer.push is None or optimizer.push + 2 <= optimizer.state_rows(2)
    assert set(optimizer.initial) <= set(optimizer.state)
    state = optimizer.initial_state(2, column(optimizer))
    assert state.shape == (optimizer.state_rows(2), 1)
    if optimizer.recalls is not None:
        for latex, value in optimizer.recalls(np.arange(float(optimizer.state_rows(2))), 2):
            assert latex
            assert np.all(np.isfinite(value))


@every_racer
def test_it_goes_down_the_round_bowl(key: str) -> None:
    suggested = {
        "gd": 0.1, "sgd": 0.1, "momentum": 0.02, "nesterov": 0.02, "adagrad": 0.5, "rmsprop": 0.02, "lion": 0.02,
        "adam": 0.1, "adamw": 0.1, "amsgrad": 0.1, "adamax": 0.1, "nadam": 0.1, "radam": 0.1, "adabelief": 0.1,
        "yogi": 0.1,
    }  # fmt: skip
    knobs = {"lr": suggested[key]} if key in suggested else {}
    if key == "adadelta":
        knobs = {"eps": 1e-3}
    _, losses, lanes = run(key, BOWL, (1.5, -1.0), 200, **knobs)
    assert lanes.diverged[0] < 0
    assert losses[-1] < 0.02 * losses[0]


@every_racer
def test_the_first_step_goes_downhill(key: str) -> None:
    """Sign conventions: whatever the rule, the first step from the side of a bowl lowers the loss or stays."""
    knobs = {"lr": 1e-3} if "lr" in OPTIMIZERS[key].knobs and key not in ("newton", "lbfgs", "cg") else {}
    path, losses, lanes = run(key, BOWL, (2.0, 1.0), 1, **knobs)
    assert losses[1] <= losses[0]
    remembered = OPTIMIZERS[key].remembers
    if remembered is not None:
        row = OPTIMIZERS[key].state.index(remembered) * 2
        assert np.all(lanes.state[row : row + 2, 0] * (path[1] - path[0]) < 0), (
            "it pushes towards minus its average"
        )


@every_racer
def test_noise_is_the_same_draw_for_every_lane_and_none_is_none(key: str) -> None:
    quiet, _, _ = run(key, HILLS, (0.5, 0.4), 20)
    still, _, _ = run(key, HILLS, (0.5, 0.4), 20, noise=0.0)
    loud, _, _ = run(key, HILLS, (0.5, 0.4), 20, noise=0.5)
    again, _, _ = run(key, HILLS, (0.5, 0.4), 20, noise=0.5)
    assert np.array_equal(quiet, still)
    assert np.array_equal(loud, again)
    assert np.array_equal(loud, quiet) == (key in ("nelder_mead", "random_search"))


def test_a_schedule_of_half_is_half_the_rate() -> None:
    """The factor multiplies the knob; a factor of one half is exact."""
    for key, optimizer in OPTIMIZERS.items():
        if optimizer.for_races and "lr" in optimizer.knobs and key != "rprop":
            lr = optimizer.knobs["lr"].default
            halved, _, _ = run(key, BEALE, (1.0, 1.6), 30, rates=np.full(30, 0.5))
            half, _, _ = run(key, BEALE, (1.0, 1.6), 30, lr=lr / 2)
            assert np.array_equal(halved, half), key


# ---------------------------------------------------------------- what is known on paper


@pytest.mark.parametrize("key", ["adam", "adamw", "amsgrad", "adamax", "nadam"])
def test_a_constant_gradient_gives_steps_of_the_learning_rate(key: str) -> None:
    knobs: dict[str, float] = {"lr": 0.05, "eps": 1e-300}
    if key == "adamw":
        knobs["weight_decay"] = 0.0
    path, _, _ = run(key, "3*x - 0.25*y", (0.0, 0.0), 100, **knobs)
    steps = np.diff(path, axis=0)
    if key == "nadam":  # its momentum is warming up, so its steps only come near
        assert np.all(np.abs(np.abs(steps) / 0.05 - 1) < 0.5)
        return
    np.testing.assert_allclose(steps, np.tile([-0.05, 0.05], (100, 1)), rtol=1e-12)


LIMITS: dict[str, Callable[[float], float]] = {
    "gd": lambda beta: 2.0,
    "momentum": lambda beta: 2 * (1 + beta),
    "nesterov": lambda beta: (2 + 2 * beta) / (1 + 2 * beta),
}


@pytest.mark.parametrize("beta", [0.3, 0.9])
@pytest.mark.parametrize("key", LIMITS)
def test_the_stability_limit_on_a_parabola(key: str, beta: float) -> None:
    """Just below the limit of lr times curvature a lane comes in, just above it leaves."""
    curvature, steps = 50.0, 30_000
    limit = LIMITS[key](beta) / curvature
    knobs = {} if key == "gd" else {"beta": beta}
    for share in (0.999, 1.001):
        _, losses, lanes = run(key, "25*x^2 + 25*y^2", (1.0, -0.5), steps, lr=share * limit, **knobs)
        if share < 1:
            assert lanes.diverged[0] < 0
            assert losses[-1] < 1e-6 * losses[0]
        else:
            assert lanes.diverged[0] >= 0 or losses[-1] > 1e6 * losses[0]


def test_adadelta_travels_half_a_unit_in_a_hundred_steps() -> None:
    """With a constant gradient of 1 and rho 0.95 it is eps that sets how far it comes."""
    for eps, travelled in ((1e-6, 0.50), (1e-7, 0.16)):
        path, _, _ = run("adadelta", "x + y", (0.0, 0.0), 100, rho=0.95, eps=eps)
        np.testing.assert_allclose(path[-1], -travelled, atol=0.005)


def test_newton_solves_a_parabola_in_one_step() -> None:
    path, _, _ = run("newton", "3*(x - 1)^2 + x*y + 2*(y + 2)^2", (5.0, -7.0), 1, damping=0.0)
    minimum = np.linalg.solve([[6, 1], [1, 4]], [6, -8])
    np.testing.assert_allclose(path[1], minimum, rtol=1e-14)


def test_newton_goes_to_the_saddle() -> None:
    path, _, _ = run("newton", "x^2 - y^2 + 0.1*x*y", (1.0, 1.0), 1, damping=0.0)
    np.testing.assert_allclose(path[1], 0.0, atol=1e-15)


def test_conjugate_gradients_solve_a_parabola_in_two_steps() -> None:
    path, _, _ = run("cg", "3*(x - 1)^2 + x*y + 8*(y + 2)^2", (5.0, -7.0), 2)
    minimum = np.linalg.solve([[6, 1], [1, 16]], [6, -32])
    np.testing.assert_allclose(path[2], minimum, rtol=1e-9)
    assert np.linalg.norm(path[1] - minimum) > 0.01


@pytest.mark.parametrize("key", ["cg", "lbfgs"])
@pytest.mark.parametrize("expression", [BEALE, HILLS, BOWL], ids=["beale", "hills", "bowl"])
def test_accepted_steps_satisfy_the_strong_wolfe_conditions(key: str, expression: str) -> None:
    flatness = {"cg": 0.01, "lbfgs": 0.9}[key]
    path, losses, lanes = run(key, expression, (1.0, 1.2), 12)
    _, gradients = evaluate(lanes.problem, path.T)
    for t, move in enumerate(np.diff(path, axis=0)):
        before, after = gradients[:, t] @ move, gradients[:, t + 1] @ move
        if np.linalg.norm(gradients[:, t]) > 1e-3:
            assert losses[t + 1] <= losses[t] + 1e-4 * before
            assert abs(after) <= flatness * abs(before) * (1 + 1e-9)


def test_pytorchs_nesterov_walks_sutskevers_look_ahead_points() -> None:
    lr, beta, steps = 0.002, 0.9, 50
    ours, _, lanes = run("nesterov", BEALE, (1.0, 1.6), steps, lr=lr, beta=beta)
    w, v = np.array([1.0, 1.6]), np.zeros(2)
    for t in range(steps):
        ahead = w + beta * v
        np.testing.assert_allclose(ours[t], ahead, rtol=1e-11)
        v = beta * v - lr * evaluate(lanes.problem, ahead.reshape(2, 1))[1][:, 0]
        w = w + v


def test_rprop_forgets_how_steep_it_is() -> None:
    flat, _, _ = run("rprop", BOWL, (1.5, -1.0), 50)
    steep, _, _ = run("rprop", "512*(x^2 + y^2)", (1.5, -1.0), 50)
    assert np.array_equal(flat, steep)


def test_lion_moves_every_coordinate_by_the_rate() -> None:
    path, _, _ = run("lion", BEALE, (1.0, 1.6), 50, lr=0.01, weight_decay=0.0)
    np.testing.assert_allclose(np.abs(np.diff(path, axis=0)), 0.01, rtol=1e-9)


def test_random_search_and_nelder_mead_never_go_up() -> None:
    for key in ("random_search", "nelder_mead"):
        _, losses, _ = run(key, HILLS, (2.0, 1.0), 300, noise=1.0)
        assert np.all(np.diff(losses) <= 0), key


def test_kinds_of_knobs_have_one_name_each() -> None:
    """The names of the field: what is called lr, beta1 or rho is the same thing everywhere."""
    names: dict[str, Knob] = {}
    for optimizer in OPTIMIZERS.values():
        for name, knob in optimizer.knobs.items():
            assert names.setdefault(name, knob).domain == knob.domain, name
    assert set(names) == {
        *("lr", "beta", "beta1", "beta2", "rho", "eps", "weight_decay", "noise"),
        *("eta_minus", "eta_plus", "damping", "history", "restart", "rounds", "size"),
    }


@pytest.mark.parametrize("key", [key for key, item in OPTIMIZERS.items() if item.fused is not None])
def test_the_fused_form_is_the_rule(key: str) -> None:
    optimizer = OPTIMIZERS[key]
    assert optimizer.fused is not None
    rng = np.random.default_rng(11)
    knobs = [knob.default for knob in optimizer.knobs.values()]
    for scale in (1e-8, 1.0, 1e8):
        w, state, other = 0.3, [0.0] * len(optimizer.state), [0.0] * len(optimizer.state)
        for g in scale * rng.normal(size=50):
            one, two = optimizer.rule(w, g, *state, *knobs), optimizer.fused(w, g, *other, *knobs)
            np.testing.assert_allclose(two, one, rtol=1e-13)
            (w, *state), (_, *other) = one, two
