"""A training: several optimizers on one network, from the same weights and over the same mini-batches.

Unlike a race it keeps not every step but every `every`-th: the weights of all, and how well they do on each set. What
lies between is computed again when it is asked for, from the nearest step at which everything was kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from descent_lab.machine.lanes import evaluate
from descent_lab.machine.random_draws import standard_normal
from descent_lab.networks.network import TRAINING, Network, SettingChange, measured_names
from descent_lab.setups.setup import AnyChange, Change, Setup
from descent_lab.training.block_set import BlockSet
from descent_lab.training.early_stopping import EarlyStopping

KEPT = 48_000_000
"""Bytes that the recorded weights of a training may take."""

CHECKPOINTS = 24
"""So many whole states, optimizers' memories too, are kept at the most, the start among them."""

LONG = 16
"""Records of a stretch, between which one core need not wait for the other."""

SHARE = 0.35
"""Measuring may take so much of the time that the steps themselves take."""


HEAVY = 20_000_000
"""Products of a step over all samples from which on it is so long that it must be possible to end it on the way."""

UPDATED = 300
"""Weights that are updated in the time that a sample takes there and back."""


def every_of(setup: Setup) -> int:
    """Steps between two records: a 1, 2 or 5 with zeros, such that memory and time suffice."""
    network = setup.network
    samples = sum(map(len, network.measured))
    step = network.size + network.dim / UPDATED  # in samples: the passes, then the update
    time = samples / 3 / (SHARE * step)  # a forward pass is a third of both
    memory = setup.steps * network.dim * len(setup.entrants) * 8 / KEPT
    wanted = max(1.0, time, memory)
    nice = (digit * 10**power for power in range(6) for digit in (1, 2, 5))
    return next((each for each in nice if each >= wanted), 10**6)


@dataclass(frozen=True, eq=False)
class Record:
    """All racers after `step` steps, those that early stopping has stopped at their best. w: (dim, lanes). measured:
    name -> (lanes,), NaN where a lane is dead."""

    step: int
    w: np.ndarray
    measured: dict[str, np.ndarray]


class Training:
    """A training of `len(setup.entrants)` lanes, computed from the start to step `have`."""

    def __init__(self, setup: Setup) -> None:
        network = setup.network
        if 3 * network.dim * len(network.rows[TRAINING]) >= HEAVY:  # whatever mini-batch is chosen on the way
            setup = replace(setup, problem=network.own())
        self.setup = setup
        self.have: int = 0
        self.every = every_of(setup)
        network, entrants = setup.network, setup.entrants
        self._blocks = started(setup)
        self._losses = np.empty((setup.steps + 1, len(entrants)))
        self._records: list[Record] = []
        self._stopping = EarlyStopping(len(entrants), network.patience)
        self._kept: list[BlockSet] = [self._blocks.copy()]
        self._rates = np.array([e.schedule.rates(setup.steps, e.schedule_knobs) for e in entrants])
        self._turn_all(0)
        self._look()
        self._note(0, self._blocks.w, self._blocks.measure())

    # ------------------------------------------------------------ what is known

    @property
    def network(self) -> Network:
        """The network with the settings that hold after `have` steps."""
        return self._blocks.network

    def losses(self, first: int, last: int) -> np.ndarray:
        """Losses of steps first .. last, each on its own mini-batch, penalties counted: (entrants, steps); NaN where a
        lane is dead or has stopped. That of the last step of all is not known before the step is taken."""
        at = self._stopping.at
        gone = (at >= 0) & (np.arange(first, last + 1)[:, None] > at)
        return np.where(gone, np.nan, self._losses[first : last + 1]).T

    def records(self, first: int, last: int) -> list[Record]:
        """Those of steps first .. last."""
        return [record for record in self._records if first <= record.step <= last]

    def measured(self, first: int, last: int) -> dict[str, np.ndarray]:
        """What was measured at the records of these steps, (entrants, records) each."""
        found = self.records(first, last)
        names = measured_names(self.setup.network)
        return {
            name: np.array([each.measured[name] for each in found]).reshape(-1, len(self.setup.entrants)).T
            for name in names
        }

    def diverged(self) -> list[int | None]:
        """The step at which each lane died; None for those that live."""
        return [step if step >= 0 else None for step in self._blocks.died.tolist()]

    def stopped(self) -> list[int | None]:
        """The step whose weights early stopping has put each lane back to, that of its best recorded validation loss;
        None for those that still learn."""
        stopping = self._stopping
        return [
            best if at >= 0 else None
            for best, at in zip(stopping.best.tolist(), stopping.at.tolist(), strict=True)
        ]

    def weights(self, step: int) -> np.ndarray:
        """All weights after so many steps, (dim, lanes); of lanes that have stopped the best. step: 0 to `have`."""
        record = self._records[bisect_right([record.step for record in self._records], step) - 1]
        if record.step == step:
            return record.w
        at = self._stopping.at
        return np.where((at >= 0) & (at <= step), record.w, self.state(step).w)

    def state(self, step: int) -> BlockSet:
        """The lanes after so many steps, the changes of that step made: for whoever goes on from there. Those that have
        stopped are where they would be without early stopping."""
        begin = max((blocks for blocks in self._kept if blocks.step <= step), key=lambda blocks: blocks.step)
        again = Training.__new__(Training)
        again.__dict__.update(self.__dict__)
        again._blocks, again._losses = begin.copy(), self._losses.copy()
        again._kept = [begin]
        again.have = begin.step
        again._turn_all(begin.step)
        again._run(step, quiet=True)
        return again._blocks

    # ------------------------------------------------------------ how it goes on

    def advance(self, to: int) -> None:
        """Compute up to step `to`, or to the end of the training if that comes first."""
        self._run(min(to, self.setup.steps), quiet=False)

    def end(self) -> None:
        """End what is being computed on another thread as soon as may be, for nobody wants it any more. What the
        training says from then on is worth nothing."""
        over = self.setup.network.over
        if over is not None:
            over[0] = 1.0

    def change(self, change: AnyChange) -> None:
        """Add a change, and go back to its step; the steps before it stand."""
        self.setup = self.setup.with_change(change)
        have = min(change.at, self.have)
        self._kept = [blocks for blocks in self._kept if blocks.step <= have]
        self._blocks = self._kept[-1].copy()
        self.have = self._blocks.step
        # The record of that very step stands: no setting has a part in what is measured.
        self._records = [record for record in self._records if record.step <= self.have]
        self._stopping = EarlyStopping(len(self.setup.entrants), self.network.patience)
        for record in self._records:
            self._stopping.note(record.step, record.w, record.measured)
        self._turn_all(self.have)
        self._look()
        self.advance(have)

    def _run(self, to: int, quiet: bool) -> None:
        for ends in self._stretches(to):
            begin, end = self.have, ends[-1]
            draws = random_draws(self.setup, begin, end - begin)
            noted = [] if quiet else [each for each in ends if self._recorded(each)]
            rates = self._rates[:, begin:end]
            seen = self._blocks.advance(noted, rates, draws, self._losses[begin : end + 1])
            self.have = end
            for step, (w, measured) in zip(noted, seen, strict=True):
                self._note(step, w, measured)
            if not quiet and self._recorded(end) and end >= self._kept[-1].step + self._gap:
                self._kept.append(self._blocks.copy())

    def _stretches(self, to: int) -> Iterator[list[int]]:
        """From `have` to `to`, cut where changes fall due, which are made after the stretch that ends there; of each
        stretch the records within, and its end."""
        while (first := self.have) < to:
            end = min([to, *(change.at for change in self.setup.due(first + 1, to))])
            after = first // self.every + 1
            ends = [*range(after * self.every, end, self.every)][:LONG] or [end]
            if ends[-1] + self.every > end:
                ends += [end] if ends[-1] < end else []
            yield ends[:1] if draws(self.setup) else ends
            if self._turn_all(self.have):
                self._look()

    def _recorded(self, step: int) -> bool:
        return step % self.every == 0 or step == self.setup.steps

    def _turn_all(self, step: int) -> bool:
        """Make the changes of that step; whether the loss there is another now."""
        due = self.setup.due(step, step + 1)
        for change in due:
            self._turn(change)
        return any(isinstance(change, SettingChange) for change in due)

    def _look(self) -> None:
        """The loss where everybody stands, on the mini-batch that comes next."""
        loss = evaluate(self.network, self._blocks.w, at=self.have)[0]
        self._losses[self.have] = np.where(self._blocks.died >= 0, np.nan, loss)

    def _turn(self, change: AnyChange) -> None:
        if isinstance(change, SettingChange):
            self._blocks.network = self.network.changed(change)
        elif isinstance(change, Change):
            lane, names = self._blocks.lane(change.entrant), list(self.setup.entrants[change.entrant].knobs)
            lane.knobs[names.index(change.knob)] = change.value
            if change.knob == "noise":
                lane.noise[:] = self.setup.noise + change.value

    def _note(self, step: int, w: np.ndarray, measured: dict[str, np.ndarray]) -> None:
        """Keep where everybody stood after so many steps, and what was measured there."""
        if self._records and self._records[-1].step >= step:
            return
        died = self._blocks.died
        dead = (died >= 0) & (died <= step)
        known = {name: np.where(dead, np.nan, row) for name, row in measured.items()}
        self._records.append(Record(step, *self._stopping.note(step, w, known)))

    @property
    def _gap(self) -> int:
        """Steps between two whole states."""
        return -(-self.setup.steps // CHECKPOINTS)


def started(setup: Setup) -> BlockSet:
    """All racers before their first step."""
    network, entrants = setup.network, setup.entrants
    starts = np.repeat(np.array(network.start)[:, None], len(entrants), axis=1)
    return BlockSet.start(
        network,
        [entrant.optimizer for entrant in entrants],
        starts,
        [list(entrant.knobs.values()) for entrant in entrants],
        [setup.noise_of(entrant) for entrant in entrants],
        evaluate(network, starts)[0],
    )


def draws(setup: Setup) -> bool:
    """Whether any racer needs random numbers at its steps, now or after a change."""
    later = any(isinstance(change, Change) and change.knob == "noise" for change in setup.changes)
    return later or any(
        "draws" in each.optimizer.needs or setup.noise_of(each) != 0.0 for each in setup.entrants
    )


def random_draws(setup: Setup, first: int, count: int) -> np.ndarray:
    """The random numbers of so many steps, the same for all racers: (count, dim), or (count, 1) if nobody needs any."""
    if not draws(setup):
        return np.zeros((count, 1))
    return standard_normal(setup.seed, first, count, setup.network.dim)


def alone(setup: Setup, entrant: int) -> Setup:
    """The same training with one entrant only: nobody's path depends on the others."""
    changes = (each for each in setup.changes if not isinstance(each, Change) or each.entrant == entrant)
    own = tuple(replace(each, entrant=0) if isinstance(each, Change) else each for each in changes)
    return replace(setup, entrants=(setup.entrants[entrant],), changes=own)
