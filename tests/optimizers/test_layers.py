"""Muon: torch's steps, layer by layer, and what it promises of every matrix."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from descent_lab.machine.batches import Batches, always
from descent_lab.machine.lanes import PLAIN_LEVEL, Lanes, evaluate
from descent_lab.networks.kernels import compiled
from descent_lab.networks.kernels.block import sizes_of
from descent_lab.optimizers import OPTIMIZERS
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup
from tests.networks.blocks import block

FILE = Path(__file__).resolve().parents[1] / "references" / "muon.json"
REFERENCE = json.loads(FILE.read_text())
CASES = REFERENCE["cases"]
MUON = OPTIMIZERS["muon"]


@dataclass(frozen=True, eq=False)
class Layers:
    """A network over one block of samples, as the loop wants it."""

    dim: int
    data: np.ndarray
    stride: int = 1000
    scale: float = 1.0
    level: tuple[float, float] = PLAIN_LEVEL
    hessian: None = None

    @property
    def field(self) -> Any:
        return compiled.field()

    def batches(self, first: int, count: int) -> Batches:
        return always(self.data, count)

    def joined(self, optimizer: Any) -> None: ...


def network(sizes: list[int], inputs: Any, targets: Any) -> Layers:
    kinds = [*("tanh" for _ in sizes[2:]), "linear"]
    return Layers(sizes_of(sizes), block(sizes, kinds, "cross-entropy", inputs, targets))


def some(sizes: list[int]) -> Layers:
    dice = np.random.default_rng(9)
    return network(sizes, dice.normal(size=(20, sizes[0])), dice.integers(0, max(2, sizes[-1]), 20))


def train(problem: Layers, start: np.ndarray, steps: int, **knobs: float) -> tuple[np.ndarray, Lanes]:
    """The path, (steps + 1, dim, lanes), of lanes with the same knobs. start: (dim, lanes)."""
    values = np.array(list(MUON.knob_values(knobs).values()))[:, None]
    lanes = Lanes.start(problem, MUON, start, np.repeat(values, start.shape[1], axis=1))
    return lanes.advance(np.ones(steps), np.zeros((steps, problem.dim)), record=True)[0], lanes


def matrices(sizes: list[int], w: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
    """Weights (inputs, neurons) and biases of each layer. w: (dim,)."""
    found, at = [], 0
    for before, after in pairwise(sizes):
        end = at + before * after
        found.append((w[at:end].reshape(before, after), w[end : end + after]))
        at = end + after
    return found


def name(case: dict[str, Any]) -> str:
    return "-".join(map(str, case["sizes"])) + ", " + ", ".join(f"{k} {v}" for k, v in case["knobs"].items())


@pytest.mark.parametrize("case", CASES, ids=map(name, CASES))
def test_steps_are_those_of_torch(case: dict[str, Any]) -> None:
    problem = network(case["sizes"], case["inputs"], case["targets"])
    kept = REFERENCE["kept"]
    path, _ = train(problem, np.array(case["start"])[:, None], kept[-1], **case["knobs"])
    for step, expected in zip(kept, case["weights"], strict=True):
        own = path[step, :, 0]
        assert np.linalg.norm(own - expected) <= 1e-12 * np.linalg.norm(expected), f"step {step}"


def test_the_defaults_are_those_of_torch() -> None:
    assert MUON.knob_values({}) == {"lr": 1e-3, "beta": 0.95, "weight_decay": 0.1, "rounds": 5}


@pytest.mark.parametrize("sizes", [[3, 5, 4, 3], [20, 1], [1, 20, 1], [6, 6, 6], [30, 9, 2]])
def test_every_direction_of_a_layer_moves_alike(sizes: list[int]) -> None:
    """All singular values of a step are the rate but for what the polynomial leaves, from 0.68 to 1.21."""
    problem = some(sizes)
    start = np.random.default_rng(4).normal(scale=0.5, size=(problem.dim, 1))
    path, _ = train(problem, start, 1, lr=0.01, weight_decay=0.0, rounds=12)
    moves = matrices(sizes, path[1, :, 0] - path[0, :, 0])
    slopes = matrices(sizes, evaluate(problem, start)[1][:, 0])
    starts = matrices(sizes, start[:, 0])
    for (move, moved), (slope, g), (_, biases) in zip(moves, slopes, starts, strict=True):
        inputs, neurons = move.shape
        known = np.linalg.svd(slope, compute_uv=False)
        values = np.linalg.svd(move, compute_uv=False) / (0.01 * np.sqrt(max(1, neurons / inputs)))
        felt = values[known > 1e-3 * known[0]]  # what is in the slope at all
        assert np.all((felt > 0.68) & (felt < 1.21))
        assert np.sum(move * slope) < 0
        np.testing.assert_allclose(moved, -0.01 * (g / (np.abs(g) + 1e-8) + 0.01 * biases), rtol=1e-12)


def test_without_rounds_the_average_has_length_one() -> None:
    sizes = [3, 5, 4]
    problem = some(sizes)
    start = np.random.default_rng(4).normal(size=(problem.dim, 1))
    path, _ = train(problem, start, 1, lr=0.01, weight_decay=0.0, rounds=0)
    for move, _ in matrices(sizes, path[1, :, 0] - path[0, :, 0]):
        inputs, neurons = move.shape
        assert np.linalg.norm(move) == pytest.approx(0.01 * np.sqrt(max(1, neurons / inputs)), rel=1e-12)


def test_a_lane_has_the_same_bits_alone_and_among_others() -> None:
    problem = some([3, 9, 4])
    start = np.random.default_rng(4).normal(size=(problem.dim, 7))
    start[-2:, 3] = 1e308, -1e308
    together, lanes = train(problem, start, 20, lr=0.05)
    for j in range(7):
        alone, own = train(problem, start[:, [j]], 20, lr=0.05)
        assert np.array_equal(together[:, :, j], alone[:, :, 0])
        assert lanes.diverged[j] == own.diverged[0]
    assert lanes.diverged[3] >= 0
    assert np.all(np.isfinite(together))


def test_a_silent_network_stands_still() -> None:
    """No slope, no step: a matrix of zeros has no directions to even out."""
    problem = network([3, 4, 2], np.zeros((2, 3)), [0, 1])
    start = np.zeros((problem.dim, 1))
    path, _ = train(problem, start, 5, lr=0.1)
    assert np.all(path[-1] == 0)


def test_it_learns() -> None:
    problem = some([3, 16, 16, 4])
    start = np.random.default_rng(4).normal(scale=0.3, size=(problem.dim, 1))
    path, _ = train(problem, start, 200, lr=0.03)
    first, last = evaluate(problem, path[[0, -1], :, 0].T)[0]
    assert last < 0.1 * first


# ---------------------------------------------------------------- where it is offered


@pytest.mark.parametrize("problem", [{"surface": "beale"}, {"preset": "seven"}], ids=["surface", "points"])
def test_it_is_refused_where_there_are_no_layers(problem: dict[str, Any]) -> None:
    with pytest.raises(Refusal, match="Muon moves the layers of a network") as caught:
        read_setup({**problem, "steps": 5, "entrants": [{"optimizer": "gd"}, {"optimizer": "muon"}]})
    assert caught.value.field == "entrants.1.optimizer"


@pytest.mark.parametrize("key", ["newton", "nelder_mead"])
def test_what_is_for_few_weights_is_refused_by_a_network(key: str) -> None:
    with pytest.raises(Refusal, match="is for a few weights, not for a network") as caught:
        read_setup({"data": "moons", "steps": 5, "entrants": [{"optimizer": key}]})
    assert caught.value.field == "entrants.0.optimizer"


def test_what_is_for_whom_follows_from_what_it_needs() -> None:
    assert {key for key, each in OPTIMIZERS.items() if not each.for_races} == {"muon"}
    assert {key for key, each in OPTIMIZERS.items() if not each.for_networks} == {"newton", "nelder_mead"}
    entrants = [{"optimizer": key} for key, each in OPTIMIZERS.items() if each.for_networks]
    assert len(read_setup({"data": "moons", "steps": 5, "entrants": entrants}).entrants) == len(entrants)


@pytest.mark.parametrize("key", [key for key, each in OPTIMIZERS.items() if each.for_networks])
def test_what_is_for_networks_keeps_no_square_of_the_weights(key: str) -> None:
    rows = OPTIMIZERS[key].state_rows
    assert rows(20_000) <= 2 * rows(10_000)
