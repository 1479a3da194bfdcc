"""The question for a needle in the haystack: random search over a network's weights."""

from __future__ import annotations

import numpy as np

from descent_lab import checks
from descent_lab.checks import within
from descent_lab.inside.random_search import grid_points, search
from descent_lab.networks.network import TRAINING
from descent_lab.refusals import Refusal
from descent_lab.results import finite

from ..messages.events import Answer
from ..messages.search_messages import NeedleEvent, NeedleRequest, SeekingEvent
from ..questions.training_setups import network_of
from ..settings import Settings
from .answers import Report, StillToGo

SCALES = 1e-6, 1e3


def needle_answer(request: NeedleRequest, settings: Settings, report: Report) -> Answer:
    """The best of many random weights."""
    network = network_of(request.setup, settings)
    tries = within(request.tries, 1, settings.max_tries, "tries")
    scale = None if request.scale is None else checks.number(request.scale, "scale", *SCALES)
    work = tries * network.dim * len(network.measured[TRAINING])
    if work > settings.max_training:
        raise Refusal(
            "too much random search",
            field="tries",
            most=settings.max_training,
            tries=tries,
            weights=network.dim,
            samples=len(network.measured[TRAINING]),
        )

    still = StillToGo()

    def progress(done: int, loss: float, accuracy: float | None) -> None:
        event = SeekingEvent(
            id=request.id,
            done=done,
            total=tries,
            seconds=still.seconds(done, tries),
            loss=finite(loss),
            accuracy=accuracy,
        )
        report(Answer(event))

    found = search(network, tries, request.seed, scale, progress)
    arrays = {"at": found.at.astype(np.int32), "losses": found.losses}
    if found.accuracy is not None:
        arrays["accuracy"] = found.accuracy
    best = len(found.losses) > 0
    event = NeedleEvent(
        id=request.id,
        tries=tries,
        samples=found.samples,
        scale=scale,
        loss=float(found.losses[-1]) if best else None,
        accuracy=float(found.accuracy[-1]) if best and found.accuracy is not None else None,
        weights=network.dim,
        grid=grid_points(network),
    )
    return Answer(event, arrays)
