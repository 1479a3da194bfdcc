"""Someone who asks about the inside of networks that have been trained to the end."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from app.messages.events import Answer
from app.messages.frames import unpack
from app.settings import Settings
from app.stream.session import Session
from descent_lab.training.training import Training

ENTRANTS = [{"optimizer": "adam"}, {"optimizer": "gd", "knobs": {"lr": 0.1}}]
MOONS: dict[str, Any] = {"data": "moons", "samples": 120, "steps": 60, "entrants": ENTRANTS}
CURVE: dict[str, Any] = {"data": "curve", "hidden": [6], "steps": 20, "entrants": ENTRANTS}
IRIS: dict[str, Any] = {"data": "iris", "hidden": [6], "steps": 20, "entrants": ENTRANTS}
DIGITS: dict[str, Any] = {"data": "digits", "hidden": [10], "steps": 60, "entrants": ENTRANTS}


class Client:
    """Someone who has trained to the end, without a socket between."""

    def __init__(self, setup: dict[str, Any], **settings: Any) -> None:
        self.session = Session(Settings.model_validate(settings))
        self.say(type="race", id=1, setup=setup, credit=setup["steps"])
        while self.session.busy:
            self.session.advance()
        self.steps: int = setup["steps"]

    @property
    def training(self) -> Training:
        running: Any = self.session.running
        return running.training

    def say(self, **message: Any) -> Answer:
        request = self.session.read(json.dumps({"id": 9, **message}))
        answer = request if isinstance(request, Answer) else self.session.follow(request)
        assert answer is not None
        return answer

    def ask(self, type: str, **message: Any) -> tuple[Any, dict[str, np.ndarray]]:
        """The answer as it comes from the wire."""
        packed = self.say(type=type, race=1, **{"step": self.steps, **message}).packed()
        text, arrays = unpack(packed) if isinstance(packed, bytes) else (packed, {})
        return json.loads(text), arrays
