"""One weight among all: where in the network it lies."""

from __future__ import annotations

from dataclasses import dataclass

from descent_lab.networks.network import Network
from descent_lab.refusals import Refusal


@dataclass(frozen=True)
class Place:
    """Where a weight lies. layer: the one that it belongs to, 0 for the first after the inputs. source: the neuron (or
    input) that it comes from, None for a bias. target: the neuron that it leads to. All are counted from 0."""

    number: int
    layer: int
    source: int | None
    target: int


def place_of(network: Network, number: int) -> Place:
    """Where weight `number` of the network lies."""
    if not 0 <= number < network.dim:
        raise Refusal("number of a weight", field="weight", last=network.dim - 1, came=number)
    at = number
    for layer, (before, after) in enumerate(zip(network.dims[:-1], network.dims[1:], strict=True)):
        if at < (before + 1) * after:
            source, target = divmod(at, after)
            return Place(number, layer, source if source < before else None, target)
        at -= (before + 1) * after
    raise AssertionError("every weight lies in a layer")
