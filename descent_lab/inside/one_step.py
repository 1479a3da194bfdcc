"""The step of one weight: the update rule of an optimizer with the numbers that it has at that moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from descent_lab.formulas.latex import measured
from descent_lab.inside.one_weight import Place, place_of
from descent_lab.machine.lanes import Lanes, evaluate
from descent_lab.machine.random_draws import standard_normal
from descent_lab.machine.rules import Optimizer
from descent_lab.networks.network import Network
from descent_lab.races.explain import ExplainedLine, quantity, rate_at
from descent_lab.training.training import Training


@dataclass(frozen=True)
class WeightStep:
    """What one step does to one weight.

    was, now: the weight before and after. loss: of the step's mini-batch, of so many `samples`, penalties counted.
    gradient: what the rule saw of it, penalties and noise included; None for a rule that sees none. lines: how the
    gradient comes about, the rule, and what comes out. frozen: the entrant takes no step, it has diverged or been
    stopped early; of the latter nothing is computed.
    """

    optimizer: Optimizer
    place: Place
    was: float
    now: float
    gradient: float | None
    loss: float
    samples: int
    lines: Sequence[ExplainedLine]
    frozen: bool


def one_step(training: Training, entrant: int, step: int, number: int) -> WeightStep:
    """What the step after `step` steps does to weight `number`; after the last, the step that it would take. The
    optimizer's memory is that of this very step: it is computed again from the nearest state that was kept."""
    setup = training.setup
    chosen = setup.entrants[entrant]
    blocks = training.state(step)  # a copy of our own
    network, lane = blocks.network, blocks.lane(entrant)
    place = place_of(network, number)
    stands = training.weights(step)[:, entrant]
    if not np.array_equal(stands, lane.w[:, 0], equal_nan=True):
        return _stopped(network, lane, place, stands, step)
    lane = replace(lane, w=lane.w.copy())
    point, memory = lane.w.copy(), lane.state[:, 0].copy()
    loss, slope = evaluate(network, point, step)
    frozen = 0 <= int(lane.diverged[0]) <= step
    rate, draw = rate_at(chosen, setup.steps, step), standard_normal(setup.seed, step, 1, network.dim)
    lane.advance(np.array([rate]), draw)
    was, now = float(point[number, 0]), float(lane.w[number, 0])
    gradient, lines = None, list[ExplainedLine]()
    if "gradient" in chosen.optimizer.needs:
        jolt = float(lane.noise[0] * draw[0, number])
        gradient = float(slope[number, 0]) + jolt
        terms = _terms(network, place, was, float(slope[number, 0]))
        lines.append(_sum([*terms, (r"\text{noise}", jolt)] if lane.noise[0] != 0.0 else terms, gradient))
    if chosen.optimizer.whole_point:
        lines += _point_lines(lane, place, was, now)
    else:
        knobs = dict(zip(chosen.optimizer.knobs, lane.knobs[:, 0].tolist(), strict=True))
        knobs |= {name: rate * value for name, value in knobs.items() if name == "lr"}
        kept = memory[number :: network.dim].tolist()
        values = {
            "w": was,
            "g": gradient or 0.0,
            **dict(zip(chosen.optimizer.state, kept, strict=True)),
            **knobs,
        }
        lines += [ExplainedLine(line.formula, line.numbers(values)) for line in chosen.optimizer.lines]
    return WeightStep(
        chosen.optimizer, place, was, now, gradient, float(loss[0]), _samples(network, step), lines, frozen
    )


def _stopped(network: Network, lane: Lanes, place: Place, w: np.ndarray, step: int) -> WeightStep:
    """Of an entrant that early stopping has put back to its best weights, (dim,): it stays there."""
    optimizer, own = lane.optimizer, float(w[place.number])
    loss = float(evaluate(network, w[:, None], step)[0][0])
    lines = [ExplainedLine(line.formula) for line in optimizer.lines] or [ExplainedLine(optimizer.mathml)]
    return WeightStep(optimizer, place, own, own, None, loss, _samples(network, step), lines, True)


def _samples(network: Network, step: int) -> int:
    batches = network.batches(step, 1)
    return int(batches.numbers[batches.offsets[0]])


def _terms(network: Network, place: Place, w: float, slope: float) -> list[tuple[str, float]]:
    """What the gradient is the sum of, in LaTeX and as numbers: the slope of the mini-batch's mean loss, and those of
    the penalties, which biases do not pay."""
    penalties: list[tuple[str, float]] = []
    if place.source is not None and network.l2:
        penalties.append((r"2 \lambda_{2} w", 2.0 * network.l2 * w))
    if place.source is not None and network.l1:
        penalties.append((r"\lambda_{1} \operatorname{sign} w", network.l1 * float(np.sign(w))))
    own = slope - sum(value for _, value in penalties)
    return [(r"\frac{\partial L}{\partial w}", own), *penalties]


def _sum(terms: Sequence[tuple[str, float]], gradient: float) -> ExplainedLine:
    formula = "g = " + " + ".join(latex for latex, _ in terms)
    first, *others = (measured(value)[0] for _, value in terms)
    numbers = " + ".join([first, *map(_bracketed, others)])
    return quantity(formula, f"{numbers} = {measured(gradient)[0]}" if others else numbers)


def _bracketed(written: str) -> str:
    return rf"\left({written}\right)" if written.startswith("-") else written


def _point_lines(lane: Lanes, place: Place, was: float, now: float) -> list[ExplainedLine]:
    """The formula of a rule over the whole point, what it remembers of this weight, and what comes out. Of a rule for
    layers the formula is that of a matrix, and a bias is none: it says only what comes out."""
    optimizer, dim = lane.optimizer, lane.w.shape[0]
    lines: list[ExplainedLine] = []
    if not ("layers" in optimizer.needs and place.source is None):
        lines.append(ExplainedLine(optimizer.mathml))
        for latex, value in optimizer.recalls(lane.state[:, 0], dim) if optimizer.recalls else ():
            own = np.asarray(value)
            lines.append(quantity(latex, measured(float(own[place.number] if own.ndim else own))[0]))
    return [*lines, quantity("w", rf"{measured(was)[0]} \to {measured(now)[0]}")]
