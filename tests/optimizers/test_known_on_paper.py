"""Optimizers against what is known of them on paper."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from descent_lab.knobs import Knob
from descent_lab.machine.lanes import evaluate
from descent_lab.optimizers import OPTIMIZERS
from tests.optimizers.test_optimizers import BEALE, BOWL, HILLS, run


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
