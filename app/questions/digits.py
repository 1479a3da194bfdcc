"""The question what trained networks say to a drawing, or to any other inputs."""

from __future__ import annotations

from math import isqrt

import numpy as np

from descent_lab import checks
from descent_lab.inside.digits import FRAMES, centred
from descent_lab.inside.one_sample import predicted_class
from descent_lab.networks.network import Network
from descent_lab.refusals import Refusal
from descent_lab.training.training import Training

from ..messages.events import Answer
from ..messages.inside_events import DigitEvent
from ..messages.inside_requests import DigitRequest
from ..settings import Settings
from .answers import Report

DRAWN = 256
"""Pixels along a side of a drawing that is yet to be framed."""


def digit_answer(request: DigitRequest, training: Training, _settings: Settings, _report: Report) -> Answer:
    """What everybody says to a drawing or to other inputs."""
    network = training.setup.network
    arrays: dict[str, np.ndarray] = {}
    if network.samples.inputs.dtype == np.uint8:
        picture = _picture(request, network)
        inputs = picture.ravel() * (1 / 255)
        arrays["picture"] = picture
    else:
        if request.centred:
            raise Refusal("no picture to centre", field="centred")
        inputs = np.array(checks.numbers(request.pixels, "pixels", network.dims[0]))
    outputs = network.answers(training.weights(request.step), inputs[None])[0, -network.outputs :]
    told = [predicted_class(network, lane) for lane in outputs.T]
    if len(network.samples.classes) == 2 and network.outputs == 1:
        outputs = np.concatenate([1 - outputs, outputs])
    arrays["probabilities"] = np.ascontiguousarray(outputs.T)
    return Answer(DigitEvent(id=request.id, step=request.step, said=told), arrays)


def _picture(request: DigitRequest, network: Network) -> np.ndarray:
    """The pixels as a picture of the set's shape, uint8, framed if that is asked for."""
    shape, count = network.samples.shape, len(request.pixels)
    assert shape is not None
    side = isqrt(count)
    frame = FRAMES.get(shape) if request.centred else None
    if request.centred and (frame is None or side * side != count or not 1 <= side <= DRAWN):
        raise Refusal("square drawing", field="pixels", most=DRAWN, count=count)
    if not request.centred and count != network.dims[0]:
        raise Refusal(
            "pixels", field="pixels", expected=network.dims[0], rows=shape[0], columns=shape[1], count=count
        )
    pixels = np.array([checks.number(each, f"pixels.{i}", 0, 255) for i, each in enumerate(request.pixels)])
    if frame is not None:
        return centred(pixels.reshape(side, side), frame)
    return np.rint(pixels).astype(np.uint8).reshape(shape)
