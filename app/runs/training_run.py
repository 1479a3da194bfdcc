"""The training of a connection, as far as the client has granted."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from descent_lab.setups.setup import AnyChange, Setup
from descent_lab.training.training import Training

from ..messages import training_events as events
from ..messages.events import Answer
from ..messages.race_events import OutcomeOf, ReadyEvent, Starter, StepsEvent
from .credit import CreditedRun

PIECE = 0.012
"""Seconds of training between two frames: others who share the cores wait no longer, and a screen shows 60 a second."""

PRODUCTS = 2e9
"""Products that a core forms in a second, roughly."""

MOST_STEPS = 2_000
"""Steps of one frame, however fast they are."""


class TrainingRun(CreditedRun):
    """The training of a connection: how far it may go, and what of it has been sent."""

    def __init__(self, id: int, setup: Setup, credit: int, after: int | None) -> None:
        super().__init__(id, setup, credit, after)
        self.training = Training(setup)
        self._pace = setup.cost / max(setup.steps, 1) / PRODUCTS  # seconds a step, until it is measured

    @property
    def setup(self) -> Setup:
        """The setup with all changes that were made."""
        return self.training.setup

    def ready(self) -> Answer:
        """What the client needs to know before the first step."""
        training, network = self.training, self.training.setup.network
        names = [entrant.name for entrant in training.setup.entrants]
        return Answer(
            ReadyEvent(
                id=self.id,
                steps=training.setup.steps,
                goal=None,
                goals=[None] * len(names),
                entrants=[Starter(start=(0.0, 0.0), name=name) for name in names],
                network=events.NetworkFacts(
                    dims=list(network.dims),
                    weights=network.dim,
                    outputs=network.outputs,
                    loss=network.loss,
                    classes=list(network.samples.classes),
                    every=training.every,
                    epoch=network.epoch,
                    sets=_sizes(network.rows),
                    measured=_sizes(network.measured),
                ),
            )
        )

    def change(self, change: AnyChange) -> None:
        """Go back to the step of the change. One that takes the place of another leaves nothing of it behind."""
        self.training.change(change)
        # What was measured at the step itself may be another now: a setting acts from there on.
        self.send_again(change.at - 1)

    def advance(self) -> Answer | None:
        """Compute a moment's worth of steps. None while those were sent before and are only gone through again."""
        training = self.training
        piece = min(MOST_STEPS, max(1, int(PIECE / max(self._pace, 1e-6))))
        last = min(self.credit, training.have + piece)
        if training.have < self.sent:
            last = min(self.sent, training.have + piece)
        begun, before = time.perf_counter(), training.have
        training.advance(last)
        if training.have > before:
            seconds = (time.perf_counter() - begun) / (training.have - before)
            self._pace = 0.5 * self._pace + 0.5 * seconds
        if training.have <= self.sent and not self.due:
            return None
        first, last = self.sent + 1, max(training.have, self.sent)
        self.sent, self.due = last, False
        records = training.records(first, last)
        return Answer(
            StepsEvent(
                id=self.id,
                first=first,
                to=last,
                last=last == training.setup.steps,
                outcomes=[
                    OutcomeOf(kind="running" if step is None else "diverged", step=step, where=None)
                    for step in training.diverged()
                ],
                reached=[None] * len(training.setup.entrants),
                stopped=training.stopped(),
            ),
            {
                "losses": training.losses(first, last),
                "records": np.array([record.step for record in records], dtype=np.int32),
                **training.measured(first, last),
            },
        )


def _sizes(sets: Sequence[np.ndarray]) -> tuple[int, int, int]:
    """How many rows training, validation and test set have."""
    training, validation, test = (len(rows) for rows in sets)
    return training, validation, test
