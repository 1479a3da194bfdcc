"""The question for a file of a training: weights, a script, curves."""

from __future__ import annotations

import numpy as np

from descent_lab.inside import export
from descent_lab.training.training import Training

from ..messages.events import Answer
from ..messages.inside_events import ExportedEvent
from ..messages.inside_requests import ExportRequest
from ..settings import Settings
from .answers import Report, entrant_of

ENDINGS = {
    "safetensors": ("safetensors", "application/octet-stream"),
    "pytorch": ("py", "text/x-python"),
    "csv": ("csv", "text/csv"),
}
"""Of each kind of file, how its name ends, and its media type."""


def export_answer(request: ExportRequest, training: Training, _settings: Settings, _report: Report) -> Answer:
    """A file to take home."""
    entrant, step = entrant_of(request.entrant, training.setup), request.step
    if request.kind == "safetensors":
        file = export.weights_file(training, step, entrant)
    elif request.kind == "pytorch":
        file = export.script(training, step, entrant).encode()
    else:
        file = export.curves(training, step).encode()
    ending, media = ENDINGS[request.kind]
    event = ExportedEvent(
        id=request.id,
        step=step,
        entrant=entrant,
        kind=request.kind,
        name=export.file_name(training, step, entrant, ending),
        media=media,
    )
    return Answer(event, {"file": np.frombuffer(file, dtype=np.uint8)})
