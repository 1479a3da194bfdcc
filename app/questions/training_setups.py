"""The setup of a question that only a network can answer."""

from __future__ import annotations

from typing import Any

from descent_lab.networks.network import Network
from descent_lab.refusals import Refusal
from descent_lab.setups.reading import read_setup
from descent_lab.setups.setup import Setup

from ..settings import Settings


def network_of(data: dict[str, Any], settings: Settings) -> Network:
    """The network of a setup; a race's is refused."""
    return training_of(data, settings).network


def training_of(data: dict[str, Any], settings: Settings) -> Setup:
    """The setup, if it is a network's; a race's is refused."""
    setup = read_setup(data, settings)
    if not isinstance(setup.problem, Network):
        raise Refusal("not a network", field="setup")
    return setup
