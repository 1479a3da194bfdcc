"""Backpropagation: torch's losses and gradients, central differences, and lanes that do not notice one another."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from descent_lab.networks.kernels.activations import ACTIVATIONS
from descent_lab.networks.kernels.block import sizes_of
from descent_lab.networks.kernels.passes import FEW, MANY, TILE
from tests.networks.blocks import answers, block, score, slope

FILE = Path(__file__).resolve().parents[1] / "references" / "networks.json"
REFERENCE = json.loads(FILE.read_text())
CASES = REFERENCE["cases"]

ENDS = [
    ("mse", "linear", 1),
    ("mse", "sigmoid", 1),
    ("mse", "linear", 4),
    ("mse", "sigmoid", 4),
    ("cross-entropy", "linear", 1),
    ("cross-entropy", "linear", 4),
]
every_activation = pytest.mark.parametrize("activation", ACTIVATIONS)
every_end = pytest.mark.parametrize("end", ENDS, ids=lambda end: f"{end[0]}-{end[1]}-{end[2]}")


def name(case: dict[str, Any]) -> str:
    sizes, kinds = "-".join(map(str, case["sizes"])), "-".join(case["activations"])
    extras = [f"{key} {case[key]:g}" for key in ("l2", "l1", "drop") if case[key]]
    return ", ".join([case["loss"], sizes, kinds, f"{case['samples']} samples", *extras])


def referred(case: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """The block and the weights, (dim,), of a case of the references."""
    sizes, n = case["sizes"], case["samples"]
    inputs = np.array(REFERENCE["inputs"])[:n, : sizes[0]]
    classes = np.array(REFERENCE["classes"])[:n] % max(sizes[-1], 2)
    targets = np.array(REFERENCE["targets"])[:n] if case["targets"] == "numbers" else classes
    masks = None
    if case["drop"]:
        kept = np.array([[int(each) for each in row] for row in REFERENCE["kept"]])
        masks = kept[:n, : sum(sizes[1:-1])] / (1 - case["drop"])
    data = block(sizes, case["activations"], case["loss"], inputs, targets, case["l2"], case["l1"], masks)
    return data, np.array(REFERENCE["weights"])[: sizes_of(sizes)]


def drawn(
    sizes: list[int], activations: list[str], loss: str, samples: int = 7, lanes: int = 1, **more: Any
) -> tuple[np.ndarray, np.ndarray]:
    """A block of random samples, some of their inputs 0, and random weights, (dim, lanes)."""
    dice = np.random.default_rng(17)
    inputs = dice.normal(size=(samples, sizes[0])) * (dice.random((samples, sizes[0])) < 0.8)
    if loss == "mse" and sizes[-1] == 1 and activations[-1] == "linear":
        targets = dice.normal(size=samples)
    else:
        targets = dice.integers(0, max(sizes[-1], 2), samples)
    w = dice.normal(scale=0.6, size=(sizes_of(sizes), lanes))
    return block(sizes, activations, loss, inputs, targets, **more), w


# ---------------------------------------------------------------- references


@pytest.mark.parametrize("case", CASES, ids=map(name, CASES))
@pytest.mark.parametrize("lanes", [1, FEW, MANY], ids=["alone", "four together", "eight together"])
def test_loss_and_gradient_are_those_of_torch(case: dict[str, Any], lanes: int) -> None:
    data, w = referred(case)
    w = np.repeat(w[:, None], lanes, axis=1)
    loss, gradient = slope(data, w)
    size = np.abs(case["gradient"]).max()
    np.testing.assert_allclose(loss, case["value"], rtol=1e-13)
    for lane in gradient.T:
        np.testing.assert_allclose(lane, case["gradient"], rtol=1e-12, atol=1e-14 * size)
    bare, hits = score(data, w)
    np.testing.assert_allclose(bare, case["bare"], rtol=1e-13)
    assert np.all(hits == case["hits"])
    said = answers(data, w, sum(case["sizes"][1:]))
    for lane in said[-1].T:
        np.testing.assert_allclose(lane, case["answers"], rtol=1e-12, atol=1e-14)


def test_the_references_have_every_kind() -> None:
    """Otherwise a kind that is added later would go without."""
    assert {kind for case in CASES for kind in case["activations"]} == set(ACTIVATIONS)
    assert {len(case["sizes"]) for case in CASES} >= {2, 3, 8}
    assert max(case["samples"] for case in CASES) > 2 * TILE


# ---------------------------------------------------------------- central differences

H = 1e-6


def differences(data: np.ndarray, w: np.ndarray) -> np.ndarray:
    """What the gradient should be, by the loss alone. w: (dim, 1) -> (dim,)."""
    moves = H * np.eye(len(w))
    return (slope(data, w + moves)[0] - slope(data, w - moves)[0]) / (2 * H)


@every_activation
@every_end
def test_the_gradient_matches_central_differences(activation: str, end: tuple[str, str, int]) -> None:
    loss, last, outs = end
    data, w = drawn([3, 5, 4, outs], [activation, activation, last], loss)
    np.testing.assert_allclose(slope(data, w)[1][:, 0], differences(data, w), rtol=1e-6, atol=1e-8)


PENALTIES = {
    "l2": {"l2": 0.3},
    "l1": {"l1": 0.2},
    "both": {"l2": 0.05, "l1": 0.1},
    "dropout": {"masks": np.random.default_rng(4).integers(0, 2, (7, 9)) / 0.5},
    "all": {"l2": 0.05, "l1": 0.1, "masks": np.random.default_rng(5).integers(0, 2, (7, 9)) / 0.5},
}


@pytest.mark.parametrize("lanes", [1, FEW, MANY], ids=["alone", "four together", "eight together"])
@pytest.mark.parametrize("more", PENALTIES.values(), ids=PENALTIES)
@every_end
def test_penalties_and_dropout_match_central_differences(
    more: dict[str, Any], end: tuple[str, str, int], lanes: int
) -> None:
    loss, last, outs = end
    data, w = drawn([3, 5, 4, outs], ["tanh", "softplus", last], loss, lanes=lanes, **more)
    gradient = slope(data, w)[1]
    for own, start in zip(gradient.T, w.T, strict=True):
        np.testing.assert_allclose(own, differences(data, start[:, None]), rtol=1e-6, atol=1e-8)


def test_penalties_are_those_of_the_weights_alone() -> None:
    sizes = [3, 5, 2]
    data, w = drawn(sizes, ["tanh", "linear"], "mse", lanes=2, l2=0.3, l1=0.2)
    (bare, _), (loss, _) = score(data, w), slope(data, w)
    at, cost = 0, np.zeros(2)
    for before, after in pairwise(sizes):
        own = w[at : at + before * after]
        cost += 0.3 * (own**2).sum(axis=0) + 0.2 * np.abs(own).sum(axis=0)
        at += (before + 1) * after
    np.testing.assert_allclose(loss - bare, cost, rtol=1e-12)
    np.testing.assert_allclose(bare, slope(drawn(sizes, ["tanh", "linear"], "mse")[0], w)[0], rtol=0)


# ---------------------------------------------------------------- lanes

SHAPES = {
    "no hidden layer": ([5, 3], ["linear"], "cross-entropy", {}),
    "two classes": ([2, 8, 8, 1], ["relu", "gelu", "linear"], "cross-entropy", {"l2": 0.1, "l1": 0.2}),
    "wide": ([9, 17, 11], ["leaky", "linear"], "cross-entropy", {"samples": TILE + 3}),
    "squares": ([3, 19, 5], ["sigmoid", "sigmoid"], "mse", {"samples": 2 * TILE}),
    "dropout": (
        [4, 5, 3, 4],
        ["tanh", "softplus", "linear"],
        "cross-entropy",
        {"masks": np.random.default_rng(5).integers(0, 2, (7, 8)) / 0.5},
    ),
}


@pytest.mark.parametrize("lanes", [2, 5, 7, 8, 9, 12, 17])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_lane_has_the_same_bits_alone_and_among_others(shape: Any, lanes: int) -> None:
    sizes, activations, loss, more = shape
    data, w = drawn(sizes, activations, loss, lanes=lanes, **more)
    w[:, lanes // 2] *= 1e150  # somebody who diverges disturbs nobody
    w[0, lanes - 1] = np.nan
    neurons = sum(sizes[1:])
    together = [*slope(data, w), *score(data, w), answers(data, w, neurons)]
    for j in range(lanes):
        own = w[:, [j]]
        alone = [*slope(data, own), *score(data, own), answers(data, own, neurons)]
        for one, many in zip(alone, together, strict=True):
            assert np.array_equal(one[..., 0], many[..., j], equal_nan=True), f"lane {j}"


# ---------------------------------------------------------------- scores and answers


def test_a_tie_goes_to_the_first_class() -> None:
    """As with every argmax: a network that says the same of all classes is right about the first alone."""
    targets = [0, 1, 2, 0, 2]
    for loss in ("mse", "cross-entropy"):
        data = block([2, 3], ["linear"], loss, np.ones((5, 2)), targets)
        assert score(data, np.zeros((9, 1)))[1] == 2
        almost = np.zeros((9, 1))
        almost[8] = 1e-300  # the bias of the last class
        assert score(data, almost)[1] == 2
        second = np.zeros((9, 1))
        second[7:] = 1.0
        assert score(data, second)[1] == 1


def test_two_classes_part_in_the_middle() -> None:
    targets = [0, 0, 0, 1, 1]
    for loss, middle in (("mse", 0.5), ("cross-entropy", 0.0)):
        data = block([1, 1], ["linear"], loss, np.zeros((5, 1)), targets)
        bias = np.array([middle - 0.25, middle, middle + 0.25])
        assert score(data, np.stack([np.zeros(3), bias]))[1].tolist() == [3, 3, 2]
        assert score(data, np.array([[0.0], [np.nan]]))[1] == 3  # NaN is above nothing


@pytest.mark.parametrize("lanes", [1, FEW, MANY + 4])
@pytest.mark.parametrize("outs", [1, 2, 7])
def test_probabilities_sum_to_one(outs: int, lanes: int) -> None:
    sizes = [4, 6, outs]
    data, w = drawn(sizes, ["tanh", "linear"], "cross-entropy", samples=TILE + 2, lanes=lanes)
    for stretch in (1, 1e3):
        said = answers(data, stretch * w, 6 + outs)[:, 6:]
        assert np.all((said >= 0) & (said <= 1))
        if outs > 1:
            np.testing.assert_allclose(said.sum(axis=1), 1, rtol=1e-14)


@pytest.mark.parametrize("lanes", [1, FEW, MANY + 4])
def test_every_neuron_answers(lanes: int) -> None:
    sizes = [3, 5, 9, 2]
    dice = np.random.default_rng(2)
    inputs = dice.normal(size=(TILE + 1, 3))
    inputs[5] = 0
    data = block(sizes, ["tanh", "relu", "linear"], "mse", inputs, dice.integers(0, 2, TILE + 1))
    w = dice.normal(size=(sizes_of(sizes), lanes))
    said = answers(data, w, 16)
    for j in range(lanes):
        a, at, found = inputs, 0, []
        for (before, after), f in zip(
            pairwise(sizes), (np.tanh, lambda z: np.maximum(z, 0), lambda z: z), strict=True
        ):
            own = w[at : at + before * after, j].reshape(before, after)
            a = f(a @ own + w[at + before * after : at + (before + 1) * after, j])
            at += (before + 1) * after
            found.append(a)
        np.testing.assert_allclose(said[:, :, j], np.concatenate(found, axis=1), rtol=1e-12, atol=1e-13)


# ---------------------------------------------------------------- the ends of the numbers


@every_activation
@every_end
def test_extreme_weights_end_in_a_loss_that_is_no_number_and_in_nothing_worse(
    activation: str, end: tuple[str, str, int]
) -> None:
    loss, last, outs = end
    data, w = drawn([3, 5, outs], [activation, last], loss, lanes=9)
    w[:, :3] *= np.array([1e3, 1e150, 1e300])
    w[:, 3] = np.inf
    w[:, 4] = np.nan
    w[-1, 5] = np.nan
    w[-1, 6] = -np.inf
    for lanes in (w, *(w[:, [j]] for j in range(9))):
        losses, gradient = slope(data, lanes)
        bare, hits = score(data, lanes)
        answers(data, lanes, 5 + outs)
        broken = np.isnan(lanes).any(axis=0)
        assert np.all(np.isnan(losses[broken]))
        assert np.all(np.isnan(gradient[:, broken]).any(axis=0))
        assert np.all((losses >= 0) | np.isnan(losses))
        assert np.array_equal(losses, bare, equal_nan=True)
        assert np.all((hits >= 0) & (hits <= 7))
    if last == "linear":
        assert not np.any(np.isfinite(slope(data, w[:, 3:5])[0]))
    assert np.all(np.isfinite(slope(data, w[:, [0, 7, 8]])[0]))


@pytest.mark.parametrize("lanes", [1, FEW, MANY])
@pytest.mark.parametrize("samples", [1, TILE, TILE + 1])
def test_samples_whose_inputs_are_all_zero(samples: int, lanes: int) -> None:
    """No weight of the first layer has a say; its biases have."""
    sizes = [3, 5, 2]
    targets = np.arange(samples) % 2
    data = block(sizes, ["tanh", "linear"], "cross-entropy", np.zeros((samples, 3)), targets)
    w = np.random.default_rng(3).normal(size=(sizes_of(sizes), lanes))
    loss, gradient = slope(data, w)
    assert np.all(np.isfinite(loss))
    assert np.all(gradient[:15] == 0)
    assert np.all(gradient[15:20] != 0)


def test_many_samples_are_the_mean_of_their_parts() -> None:
    sizes, n = [3, 5, 4], 5 * TILE
    dice = np.random.default_rng(6)
    inputs, targets = dice.normal(size=(n, 3)), dice.integers(0, 4, n)
    w = dice.normal(size=(sizes_of(sizes), 1))

    def of(rows: slice) -> tuple[np.ndarray, np.ndarray]:
        return slope(block(sizes, ["tanh", "linear"], "cross-entropy", inputs[rows], targets[rows]), w)

    parts = [of(slice(k, k + n // 10)) for k in range(0, n, n // 10)]
    loss, gradient = of(slice(None))
    np.testing.assert_allclose(np.mean([part[0] for part in parts], axis=0), loss, rtol=1e-13)
    np.testing.assert_allclose(np.mean([part[1] for part in parts], axis=0), gradient, atol=1e-14)
