"""Libraries that ours is compared with. Some take seconds to load: each is loaded where a test first asks it."""

from importlib import import_module
from typing import Any


class Peer:
    """A module that is loaded when something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)


sklearn_datasets = Peer("sklearn.datasets")
linear_model = Peer("sklearn.linear_model")
model_selection = Peer("sklearn.model_selection")
pipeline = Peer("sklearn.pipeline")
preprocessing = Peer("sklearn.preprocessing")
